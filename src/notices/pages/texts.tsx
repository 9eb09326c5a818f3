import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { LOCALES, type Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import {
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import type { ServiceDirectory } from '../actions/choose-reminders.ts';
import { listTexts, previewText, readText, saveText } from '../actions/edit-texts.ts';
import { deskStrings } from '../desk-strings.ts';
import type { Letter } from '../letters/letter.ts';
import { templateSchema } from '../schemas.ts';
import type { TemplateKey } from '../store/templates.ts';
import { type Services, TextEditor } from './text-editor.tsx';

const PATH = '/operatore/messaggi/testi';

export function textPages(services: ServiceDirectory) {
  const pages = createApi();

  pages.get(PATH, async (c) => {
    const call = callOf(c);
    const t = deskStrings(call.locale);
    const [texts, all] = await Promise.all([listTexts(call), services(call)]);
    return page(
      c,
      {
        title: t('texts'),
        lead: t('textsLead'),
        active: 'operator',
        wide: true,
        breadcrumbs: [
          { label: t('desk'), href: '/operatore' },
          { label: t('title'), href: '/operatore/messaggi' },
          { label: t('texts') },
        ],
      },
      <Texts texts={texts} services={all} />,
    );
  });

  pages.get(`${PATH}/:kind`, (c) => editorPage(c, services, keyOf(c, c.req.query()), {}));

  pages.post(`${PATH}/:kind`, async (c) => {
    const call = callOf(c);
    const values = await formValues(c);
    const key = keyOf(c, values);
    const version = Number(values.version);
    const wanted = values.action;
    const done = () => c.redirect(`${hrefOf(key)}&salvato`, 303);
    try {
      if (wanted === 'default') {
        await saveText(call, key, version, undefined);
        return done();
      }
      const parsed = templateSchema.safeParse(typed(values));
      if (!parsed.success) {
        const errors = ofFields(zodErrors(parsed.error, call.locale));
        return await editorPage(c, services, key, { form: { values, errors }, status: 422 });
      }
      const template = parsed.data;
      if (wanted !== 'save') {
        const letter = previewText(call, { kind: key.kind, locale: key.locale, template });
        return await editorPage(c, services, key, { form: { values, errors: {} }, letter });
      }
      await saveText(call, key, version, template);
      return done();
    } catch (error) {
      if (!(error instanceof Problem) || (error.status !== 422 && error.status !== 412))
        throw error;
      const errors =
        error.status === 412
          ? { '': deskStrings(call.locale)('editedMeanwhile') }
          : ofFields(errorsByField(error.extra.errors ?? []));
      return editorPage(c, services, key, { form: { values, errors }, status: error.status });
    }
  });

  return pages;
}

/** A text's address; anything unknown in it counts as not said. */
function keyOf(c: AppContext, given: Readonly<Record<string, unknown>>): TemplateKey {
  const service = given.servizio;
  return {
    kind: c.req.param('kind') ?? '',
    locale: LOCALES.find((locale) => locale === given.lingua) ?? 'it',
    serviceId:
      typeof service === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(service)
        ? service
        : null,
  };
}

function hrefOf({ kind, locale, serviceId }: TemplateKey): string {
  const query = new URLSearchParams({ lingua: locale, ...(serviceId && { servizio: serviceId }) });
  return `${PATH}/${kind}?${query}`;
}

/** What was typed, as a template: empty lines part paragraphs. */
function typed(values: Readonly<Record<string, string | string[]>>) {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const paragraphs = text('paragraphs')
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return { subject: text('subject'), paragraphs, ...(text('short') && { short: text('short') }) };
}

/** A fault of the third paragraph is one of the field they are all typed in. */
function ofFields(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([name, sentence]) => [name.split('.')[0] ?? '', sentence]),
  );
}

async function editorPage(
  c: AppContext,
  services: ServiceDirectory,
  key: TemplateKey,
  shown: {
    readonly form?: FormState;
    readonly letter?: Letter;
    readonly status?: 412 | 422;
  },
) {
  const call = callOf(c);
  const t = deskStrings(call.locale);
  const [text, all] = await Promise.all([readText(call, key), services(call)]);
  const title = text.kind.title[call.locale];
  const reused = text.versions.find(({ version }) => String(version) === c.req.query('versione'));
  return page(
    c,
    {
      title,
      lead: t(`language_${key.locale}`),
      active: 'operator',
      wide: true,
      status: shown.status ?? 200,
      breadcrumbs: [
        { label: t('desk'), href: '/operatore' },
        { label: t('title'), href: '/operatore/messaggi' },
        { label: t('texts'), href: PATH },
        { label: title },
      ],
    },
    <TextEditor
      address={{ key, path: `${PATH}/${key.kind}`, href: hrefOf(key) }}
      text={text}
      services={all}
      start={reused?.template ?? (reused ? text.default : text.current)}
      form={shown.form ?? EMPTY_FORM}
      letter={shown.letter}
      saved={c.req.query('salvato') !== undefined}
      config={call.config}
    />,
  );
}

function Texts(props: { texts: Awaited<ReturnType<typeof listTexts>>; services: Services }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <Table caption={t('texts')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          {LOCALES.map((language) => (
            <th scope="col">{t(`language_${language}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.texts.map(({ kind, edited }) => (
          <tr>
            <th scope="row">{kind.title[locale]}</th>
            {LOCALES.map((language) => (
              <td>
                <a
                  href={hrefOf({ kind: kind.name, locale: language, serviceId: null })}
                  aria-label={t('edit', {
                    title: kind.title[locale],
                    language: t(`language_${language}`),
                  })}
                >
                  {t('change')}
                </a>{' '}
                <EditedTags
                  keys={edited.filter((key) => key.locale === language)}
                  services={props.services}
                  locale={locale}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function EditedTags(props: { keys: readonly TemplateKey[]; services: Services; locale: Locale }) {
  const t = deskStrings(props.locale);
  return (
    <>
      {props.keys.map((key) => {
        const service = props.services.find(({ id }) => id === key.serviceId);
        return (
          <>
            <Tag tone="info">
              {service ? (
                <a href={hrefOf(key)}>{t('editedFor', { service: service.name[props.locale] })}</a>
              ) : (
                t('edited')
              )}
            </Tag>{' '}
          </>
        );
      })}
    </>
  );
}
