import { troubleStrings } from '../../notices/trouble-strings.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import type { JudgedConvocation } from '../actions/read-convocation.ts';
import { deliveryStrings } from '../delivery-strings.ts';
import { CHANNELS } from '../rules/kinds.ts';
import type { ProofView } from '../store/convocations.ts';
import { deskStrings } from '../strings.ts';

const didNotArrive = ({ state, trouble }: JudgedConvocation) =>
  state === 'open' && trouble !== undefined && trouble.cause !== 'late';

/** How many did not arrive, above the list. */
export function UndeliveredCount({ list }: { list: readonly JudgedConvocation[] }) {
  const t = deliveryStrings(useLocale());
  const count = list.filter(didNotArrive).length;
  if (count === 0) return null;
  return (
    <Alert kind="danger" title={t('undeliveredCount', { count })}>
      <p>{t('undeliveredHelp')}</p>
    </Alert>
  );
}

export function DeliveryTag({ one }: { one: JudgedConvocation }) {
  const t = deliveryStrings(useLocale());
  if (one.state !== 'open' || !one.trouble) return null;
  return (
    <div>
      <Tag tone={didNotArrive(one) ? 'danger' : 'warning'}>
        {t(didNotArrive(one) ? 'undelivered' : 'late')}
      </Tag>
    </div>
  );
}

/** Why the message did not arrive, and what to do next. */
export function DeliveryTrouble({ one }: { one: JudgedConvocation }) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  const words = troubleStrings(locale);
  if (one.state !== 'open' || !one.trouble || !one.message) return null;
  const { cause } = one.trouble;
  return (
    <Alert
      kind={didNotArrive(one) ? 'danger' : 'warning'}
      title={t(didNotArrive(one) ? 'undelivered' : 'late')}
    >
      <p>{words(`cause_${cause}`)}</p>
      <p>{words(`next_${cause}`)}</p>
      <p>
        <a href={`/operatore/messaggi/${one.message.id}`}>{t('messageShow')}</a>
      </p>
    </Alert>
  );
}

/** The receipt that by itself became a proof. */
export function ProofReceipt({ proof }: { proof: ProofView }) {
  const t = deliveryStrings(useLocale());
  if (proof.noticeId === null || proof.eventId === null) return null;
  return (
    <>
      {' '}
      ({t('bySelf')};{' '}
      <a href={`/operatore/messaggi/${proof.noticeId}/ricevute/${proof.eventId}`} download>
        {t('receipt')}
      </a>
      )
    </>
  );
}

/** The same date by another channel, or to another address. */
export function OtherwiseForm(props: {
  one: JudgedConvocation;
  form: FormState;
  action: string;
  now: number;
}) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  const formats = deskStrings(locale);
  const { one, form } = props;
  if (one.state !== 'open' || one.startsAt === null || one.startsAt <= props.now) return null;
  return (
    <details class="no-print mb-4" open={didNotArrive(one) || form.values.channel !== undefined}>
      <summary>{t('otherwise')}</summary>
      <form method="post" action={props.action} class="form-block" novalidate>
        <p>{t('otherwiseHelp')}</p>
        <SelectField
          name="channel"
          label={t('channel')}
          required
          form={form}
          value={one.channel === 'pec' ? 'registered' : 'pec'}
          options={CHANNELS.map((value) => ({ value, label: formats(`format_${value}`) }))}
        />
        <TextField name="pec" type="email" label={t('pec')} hint={t('pecHint')} form={form} />
        <TextArea
          name="postal_address"
          label={t('postal')}
          hint={t('postalHint')}
          form={form}
          maxlength={300}
          rows={3}
          value={one.postalAddress ?? ''}
        />
        <SubmitButton look="outline">{t('convoke')}</SubmitButton>
      </form>
    </details>
  );
}
