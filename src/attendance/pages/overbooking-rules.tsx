import { z } from 'zod';
import type { Service } from '../../booking/service.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { uuid } from '../../reference/fields.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Checkbox, SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatPercent } from '../../web/format.ts';
import { presenceStrings } from '../presence-strings.ts';
import type { NamedRule } from '../store/overbooking.ts';

export function Rules({ rules }: { rules: readonly NamedRule[] }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  return (
    <section aria-labelledby="regole" class="mt-4">
      <h2 id="regole" class="h4">
        {t('rules')}
      </h2>
      <Table caption={t('rules')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('active')}</th>
            <th scope="col" class="numeric">
              {t('tolerance')}
            </th>
            <th scope="col" class="numeric">
              {t('maxRisk')}
            </th>
            <th scope="col">{t('public')}</th>
            <th scope="col">{t('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr>
              <th scope="row">{rule.serviceName[locale]}</th>
              <td>{t(rule.active ? 'on' : 'off')}</td>
              <td class="numeric">{rule.tolerance}</td>
              <td class="numeric">{formatPercent(rule.risk, locale, 1)}</td>
              <td>{t(rule.public ? 'yes' : 'no')}</td>
              <td>{rule.reason}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

export function RuleForm(props: {
  action: string;
  office: OfficeSummary;
  form: FormState;
  services: readonly Service[];
}) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const { office, form, services } = props;
  return (
    <form method="post" action={props.action} class="form-block mt-4" novalidate>
      <h2 class="h4">{t('save')}</h2>
      <input type="hidden" name="ufficio" value={office.id} />
      <SelectField
        name="servizio"
        label={t('service')}
        required
        form={form}
        options={services.map(({ id, name }) => ({ value: id, label: name[locale] }))}
      />
      <Checkbox name="acceso" label={t('active')} form={form} />
      <Checkbox name="pubblico" label={t('public')} form={form} />
      <TextField
        name="tolleranza"
        type="number"
        label={t('tolerance')}
        value="0"
        min="0"
        max="5"
        width="short"
        form={form}
      />
      <TextField
        name="rischio"
        type="number"
        label={`${t('maxRisk')} (%)`}
        value="5"
        min="1"
        max="50"
        width="short"
        form={form}
      />
      <TextArea name="motivo" label={t('reason')} required form={form} maxlength={500} rows={2} />
      <div class="actions">
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </form>
  );
}

export const ruleForm = z.object({
  ufficio: uuid,
  servizio: uuid,
  acceso: z.string().optional(),
  pubblico: z.string().optional(),
  tolleranza: z.coerce.number().int().min(0).max(5),
  rischio: z.coerce.number().min(0.1).max(50),
  motivo: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^\0]*$/u),
});
