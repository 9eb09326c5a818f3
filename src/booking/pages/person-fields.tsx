import type { AlsoBy } from '../../identity/also-by.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Problem } from '../../platform/problem.ts';
import { RadioGroup, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { errorsByField, type FormState } from '../../web/form.ts';
import { bookingStrings } from '../strings.ts';

/** What the fields are called, for the summary of what to put right. */
export function personLabels(locale: Locale): Record<string, string> {
  const t = bookingStrings(locale);
  return {
    nome: t('givenName'),
    cognome: t('familyName'),
    email: t('email'),
    telefono: t('phone'),
    canale: t('channel'),
    codice_fiscale: t('taxCode'),
    codice: t('code'),
    note: t('note'),
  };
}

/** What was wrong with the channel asked for, or with the number it needs, by field. */
export function channelErrors(error: Problem, locale: Locale): Record<string, string> {
  const t = bookingStrings(locale);
  const found = errorsByField(error.extra.errors ?? []);
  return {
    ...('person.phone' in found && { telefono: t('phoneForSms') }),
    ...('person.also_by' in found && { canale: t('channelNotOffered') }),
  };
}

/**
 * Who comes and how to reach them. Of a signed-in person the name is known already: `signedInAs` says
 * so, and only contacts are asked for.
 */
export function PersonFields(props: {
  form: FormState;
  known: { readonly email: string | undefined; readonly phone: string | undefined } | undefined;
  signedInAs: string;
  emailHint: string;
  phoneHint: string;
  /** What may be chosen besides e-mail for messages; nothing is asked where there is nothing. */
  channels?: readonly AlsoBy[];
  /** Left out where no codice fiscale is asked for. */
  taxCode?: { readonly required: boolean; readonly hint: string | undefined };
}) {
  const t = bookingStrings(useLocale());
  const { form, known, taxCode, channels = [] } = props;
  return (
    <>
      {known ? (
        <p>{props.signedInAs}</p>
      ) : (
        <div class="field-row">
          <TextField
            name="nome"
            label={t('givenName')}
            required
            form={form}
            autocomplete="given-name"
            maxlength={100}
          />
          <TextField
            name="cognome"
            label={t('familyName')}
            required
            form={form}
            autocomplete="family-name"
            maxlength={100}
          />
        </div>
      )}
      <TextField
        name="email"
        type="email"
        label={t('email')}
        hint={props.emailHint}
        required
        form={form}
        value={known?.email}
        autocomplete="email"
        maxlength={254}
      />
      <TextField
        name="telefono"
        type="tel"
        label={t('phone')}
        hint={props.phoneHint}
        form={form}
        value={known?.phone}
        autocomplete="tel"
        maxlength={26}
        width="narrow"
      />
      <ChannelField form={form} channels={channels} />
      {!known && taxCode && (
        <TextField
          name="codice_fiscale"
          label={t('taxCode')}
          hint={taxCode.hint}
          required={taxCode.required}
          form={form}
          code
          maxlength={32}
          width="narrow"
        />
      )}
    </>
  );
}

/** By what else than e-mail messages go; nothing is asked where there is nothing to choose. */
export function ChannelField(props: { form: FormState; channels: readonly AlsoBy[] }) {
  const t = bookingStrings(useLocale());
  const { form, channels } = props;
  if (channels.length === 0) return null;
  return (
    <RadioGroup
      name="canale"
      label={t('channel')}
      form={form}
      value=""
      options={[
        { value: '', label: t('channelEmail') },
        ...channels.map((one) => ({ value: one, label: t(`channel_${one}`) })),
      ]}
    />
  );
}
