import { CheckboxGroup, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { waitlistStrings } from '../strings.ts';
import type { OfferState } from '../table.ts';

const DAYS = ['day1', 'day2', 'day3', 'day4', 'day5', 'day6', 'day7'] as const;

/** Name of an ISO weekday. */
export const dayName = (weekday: number) => DAYS[weekday - 1] ?? 'day1';

/** Which days, weekdays and parts of the day suit. */
export function WhenFields({ form }: { form: FormState }) {
  const t = waitlistStrings(useLocale());
  return (
    <>
      <div class="field-row">
        <TextField name="dal" type="date" label={t('from')} required form={form} width="narrow" />
        <TextField name="al" type="date" label={t('to')} required form={form} width="narrow" />
      </div>
      <CheckboxGroup
        name="giorni"
        label={t('weekdays')}
        form={form}
        inline
        options={[1, 2, 3, 4, 5, 6].map((day) => ({
          value: String(day),
          label: t(dayName(day)),
        }))}
      />
      <CheckboxGroup
        name="momenti"
        label={t('parts')}
        form={form}
        inline
        options={[
          { value: 'morning', label: t('morning') },
          { value: 'afternoon', label: t('afternoon') },
        ]}
      />
    </>
  );
}

/** The rules by which the list is kept, said before one joins and whenever one looks. */
export function Rules() {
  const t = waitlistStrings(useLocale());
  return (
    <details class="mt-4">
      <summary>{t('rulesTitle')}</summary>
      <ul>
        <li>{t('rule1')}</li>
        <li>{t('rule2')}</li>
        <li>{t('rule3')}</li>
        <li>{t('rule4')}</li>
      </ul>
    </details>
  );
}

export const OFFER_STATE_NAMES = {
  open: 'offerOpen',
  accepted: 'offerAccepted',
  declined: 'offerDeclined',
  lapsed: 'offerLapsed',
  withdrawn: 'offerWithdrawn',
} as const satisfies Record<OfferState, string>;

export const OFFER_STATES_IN_ORDER = [
  'open',
  'accepted',
  'declined',
  'lapsed',
  'withdrawn',
] as const;
