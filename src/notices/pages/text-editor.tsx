import type { Config } from '../../platform/config.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Card, Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import type { ServiceDirectory } from '../actions/choose-reminders.ts';
import type { Text } from '../actions/edit-texts.ts';
import { deskStrings } from '../desk-strings.ts';
import { type Letter, letterText } from '../letters/letter.ts';
import { LetterBody } from '../letters/letter-body.tsx';
import { fillLine, type Template } from '../rules/fill.ts';
import type { TemplateKey } from '../store/templates.ts';
import { PhoneMessage } from './parts.tsx';

export type Services = Awaited<ReturnType<ServiceDirectory>>;

interface EditorProps {
  readonly address: { readonly key: TemplateKey; readonly path: string; readonly href: string };
  readonly text: Text;
  readonly services: Services;
  /** What the fields hold before anybody types. */
  readonly start: Template;
  readonly form: FormState;
  /** What the typed text makes of invented facts, once it was asked for. */
  readonly letter: Letter | undefined;
  readonly saved: boolean;
  readonly config: Config;
}

/** The text of a kind of message, to be edited, tried out, and taken back. */
export function TextEditor(props: EditorProps) {
  const t = deskStrings(useLocale());
  return (
    <>
      {props.saved && (
        <Alert kind="success" live>
          {t('saved')}
        </Alert>
      )}
      <ErrorSummary form={props.form} />
      <WhichService {...props} />
      <div class="two-columns">
        <Fields {...props} />
        <Placeholders {...props} />
      </div>
      {props.letter && <Preview letter={props.letter} locale={props.address.key.locale} />}
      <Versions {...props} />
    </>
  );
}

function WhichService({ address, services }: EditorProps) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <form method="get" action={address.path} class="form-block">
      <input type="hidden" name="lingua" value={address.key.locale} />
      <SelectField
        name="servizio"
        label={t('service')}
        value={address.key.serviceId ?? ''}
        empty={t('allServices')}
        submits
        options={services.map(({ id, name }) => ({ value: id, label: name[locale] }))}
      />
      <SubmitButton look="outline" small>
        {t('show')}
      </SubmitButton>
    </form>
  );
}

function Fields({ address, text, start, form }: EditorProps) {
  const t = deskStrings(useLocale());
  const { key } = address;
  const [latest] = text.versions;
  return (
    <form method="post" action={address.path} class="form-block">
      <input type="hidden" name="lingua" value={key.locale} />
      <input type="hidden" name="servizio" value={key.serviceId ?? ''} />
      <input type="hidden" name="version" value={String(latest?.version ?? 0)} />
      <TextField
        name="subject"
        label={t('subject')}
        value={start.subject}
        form={form}
        maxlength={200}
        required
      />
      <TextArea
        name="paragraphs"
        label={t('paragraphs')}
        hint={t('paragraphsHelp')}
        value={start.paragraphs.join('\n\n')}
        form={form}
        rows={18}
        required
      />
      <TextArea
        name="short"
        label={t('short')}
        hint={t('shortHelp')}
        value={start.short ?? ''}
        form={form}
        rows={3}
        maxlength={480}
      />
      <div class="actions">
        <SubmitButton look="outline" name="action" value="preview" icon="it-search">
          {t('preview')}
        </SubmitButton>
        <SubmitButton name="action" value="save">
          {t('save')}
        </SubmitButton>
        {latest?.template && (
          <SubmitButton look="plain" name="action" value="default">
            {t('takeBack')}
          </SubmitButton>
        )}
      </div>
    </form>
  );
}

function Placeholders({ text, address, config }: EditorProps) {
  const t = deskStrings(useLocale());
  const words = text.kind.words(text.kind.sample, address.key.locale, config);
  return (
    <Table caption={t('placeholders')}>
      <thead>
        <tr>
          <th scope="col">{t('placeholder')}</th>
          <th scope="col">{t('example')}</th>
        </tr>
      </thead>
      <tbody>
        {text.placeholders.map((name) => (
          <tr>
            <th scope="row">
              <code>{`{{${name}}}`}</code>{' '}
              {text.kind.mandatory?.includes(name) && <Tag tone="warning">{t('mandatory')}</Tag>}
            </th>
            <td>{fillLine(`{{${name}}}`, words)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Preview({ letter, locale }: { letter: Letter; locale: string }) {
  const t = deskStrings(useLocale());
  return (
    <section aria-labelledby="anteprima" tabindex={-1} data-focus="load">
      <h2 id="anteprima">{t('previewOf')}</h2>
      <div class="cards" lang={locale}>
        <Card title={letter.subject} level={3}>
          <LetterBody letter={letter} />
        </Card>
        <Card title={t('asText')} level={3}>
          <pre class="plain-letter">{letterText(letter)}</pre>
        </Card>
        <Card title={t('asSms')} level={3}>
          <PhoneMessage short={letter.short} />
        </Card>
      </div>
    </section>
  );
}

function Versions({ text, address }: EditorProps) {
  const locale = useLocale();
  const t = deskStrings(locale);
  if (text.versions.length === 0) return null;
  return (
    <>
      <h2>{t('versions')}</h2>
      <Table caption={t('versions')} hideCaption>
        <thead>
          <tr>
            <th scope="col" class="numeric">
              {t('version')}
            </th>
            <th scope="col">{t('changedAt')}</th>
            <th scope="col">{t('subject')}</th>
          </tr>
        </thead>
        <tbody>
          {text.versions.map(({ version, editedAt, template }) => (
            <tr>
              <td class="numeric">{version}</td>
              <td>{formatDateTime(editedAt, locale)}</td>
              <td>
                <a
                  href={`${address.href}&versione=${version}`}
                  aria-label={t('versionReuse', { version })}
                >
                  {template ? template.subject : t('versionDefault')}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
