import type { Locale } from '../../platform/locale.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import type { otherWays } from '../actions/send-otherwise.ts';
import { deskStrings } from '../desk-strings.ts';
import type { Trouble } from '../rules/trouble.ts';
import type { FollowedNotice, Told } from '../store/deliveries.ts';
import { troubleStrings } from '../trouble-strings.ts';
import { StandingTag } from './parts.tsx';

/** What went wrong, and what to do next. */
export function TroubleAlert(props: { trouble: Trouble; phone: string | undefined }) {
  const t = troubleStrings(useLocale());
  const { cause } = props.trouble;
  return (
    <Alert
      kind={cause === 'late' ? 'info' : 'danger'}
      title={t(cause === 'late' ? 'lateTitle' : 'trouble')}
    >
      <p>{t(`cause_${cause}`)}</p>
      <p>{t(`next_${cause}`)}</p>
      {props.phone && (
        <p>
          {t('call')} <a href={`tel:${props.phone.replace(/[^+\d]/g, '')}`}>{props.phone}</a>
        </p>
      )}
    </Alert>
  );
}

/** The same message by another channel, or to another address. */
export function OtherWayForm(props: {
  notice: FollowedNotice['notice'];
  ways: Awaited<ReturnType<typeof otherWays>>;
  form: FormState;
}) {
  const locale = useLocale();
  const t = troubleStrings(locale);
  const desk = deskStrings(locale);
  const { notice, ways, form } = props;
  if (ways.channels.length === 0) return null;
  return (
    <form
      method="post"
      action={`/operatore/messaggi/${notice.id}/altra-via`}
      class="form-block"
      novalidate
    >
      <h2>{t('other')}</h2>
      <p>{t('otherHelp')}</p>
      <div class="field-row">
        <SelectField
          name="channel"
          label={t('channel')}
          required
          form={form}
          value={ways.channels.find((channel) => channel !== notice.channel) ?? ways.channels[0]}
          options={ways.channels.map((value) => ({ value, label: desk(`channel_${value}`) }))}
        />
        <TextField
          name="recipient"
          label={t('recipient')}
          hint={t('recipientHelp')}
          required
          form={form}
          maxlength={320}
          value={ways.phone}
        />
      </div>
      <SubmitButton look="outline" icon="it-mail">
        {t('send')}
      </SubmitButton>
    </form>
  );
}

/** What was told of a message, the oldest first, with the receipts that are kept. */
export function History({ followed: { notice, told } }: { followed: FollowedNotice }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  if (told.length === 0) return <p>{t('historyEmpty')}</p>;
  return (
    <Table caption={t('history')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('event')}</th>
          <th scope="col">{t('changedAt')}</th>
          <th scope="col">{t('reference')}</th>
        </tr>
      </thead>
      <tbody>
        {told.map((event) => (
          <tr>
            <td>
              <StandingTag standing={event.status} />
            </td>
            <td>{formatDateTime(event.at, locale)}</td>
            <td>
              {eventWords(event, locale)}
              {event.providerId && (
                <div>
                  <code>{event.providerId}</code>
                </div>
              )}
              {event.kept && (
                <div>
                  <LinkButton
                    look="plain"
                    icon="it-download"
                    href={`/operatore/messaggi/${notice.id}/ricevute/${event.id}`}
                    download
                  >
                    {troubleStrings(locale)('receipt')}
                  </LinkButton>
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const RECEIPTS = [
  'accettazione',
  'non-accettazione',
  'avvenuta-consegna',
  'errore-consegna',
  'rilevazione-virus',
  'preavviso-errore-consegna',
] as const;

function eventWords({ evidence }: Told, locale: Locale): string {
  const t = troubleStrings(locale);
  const receipt = RECEIPTS.find((kind) => kind === evidence.receipt);
  const words = [
    receipt && t(`event_${receipt}`),
    evidence.code,
    evidence.error,
    evidence.reason,
    evidence.detail,
  ];
  return words.filter(Boolean).join(' · ');
}
