import { z } from 'zod';
import { CLOSURE_KINDS, type ClosureKind } from '../../network/rules/absence.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { isoDate } from '../../reference/fields.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { RadioGroup, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { disruptionStrings } from '../strings.ts';

export const PATH = '/operatore/chiusure';

const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/)
  .default('');

/** The words for why somebody is away. */
export const ABSENCES = {
  closure: 'absence_closure',
  leave: 'absence_leave',
  illness: 'absence_illness',
  training: 'absence_training',
  duty: 'absence_duty',
  other: 'absence_else',
} as const satisfies Record<ClosureKind, string>;

/** What whoever closes an office typed. */
export const closureForm = z.object({
  ufficio: z.uuid(),
  tipo: z.enum(['closure', 'cancellation']),
  chi: z.union([z.uuid(), z.literal('')]).default(''),
  dal: isoDate,
  dalle: time,
  al: isoDate,
  alle: time,
  assenza: z.enum(CLOSURE_KINDS).default('closure'),
  motivo: z.string().max(200).default(''),
});
export type ClosureForm = z.infer<typeof closureForm>;

export function ClosureFields(props: {
  officeId: string;
  operators: readonly { readonly id: string; readonly name: string }[];
  today: IsoDate;
  form: FormState;
}) {
  const t = disruptionStrings(useLocale());
  const { officeId, operators, today, form } = props;
  return (
    <form method="post" action={`${PATH}/anteprima`} class="form-block">
      <h2>{t('new')}</h2>
      <input type="hidden" name="ufficio" value={officeId} />
      <RadioGroup
        name="tipo"
        label={t('kind')}
        form={form}
        value="closure"
        required
        options={(['closure', 'cancellation'] as const).map((kind) => ({
          value: kind,
          label: t(`kind_${kind}`),
        }))}
      />
      <SelectField
        name="chi"
        label={t('whose')}
        form={form}
        empty={t('wholeOffice')}
        options={operators.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        name="assenza"
        label={t('absence')}
        hint={t('absenceHint')}
        form={form}
        value="closure"
        empty={false}
        options={CLOSURE_KINDS.map((kind) => ({ value: kind, label: t(ABSENCES[kind]) }))}
      />
      <div class="field-row">
        <TextField name="dal" label={t('fromDay')} type="date" form={form} min={today} required />
        <TextField
          name="dalle"
          label={t('fromTime')}
          hint={t('wholeDayHint')}
          type="time"
          form={form}
        />
      </div>
      <div class="field-row">
        <TextField name="al" label={t('toDay')} type="date" form={form} min={today} required />
        <TextField
          name="alle"
          label={t('toTime')}
          hint={t('wholeDayHint')}
          type="time"
          form={form}
        />
      </div>
      <TextField
        name="motivo"
        label={t('reason')}
        hint={t('reasonOptional')}
        form={form}
        maxlength={200}
      />
      <SubmitButton>{t('preview')}</SubmitButton>
    </form>
  );
}
