import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { ErrorSummary, RadioGroup, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { errorsByField, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { computeProfile } from '../actions/compute-profile.ts';
import type { AssessmentFile } from '../actions/read-assessment.ts';
import { readAssessment } from '../actions/read-assessment.ts';
import { savePersonData } from '../actions/save-person-data.ts';
import { fromPersonData, personDataSchema, toPersonData } from '../schemas.ts';
import { profilingStrings } from '../strings.ts';
import { FORM_FIELDS, type FormField, SCORED_FIELDS, UNSCORED_FIELDS } from './data-form-fields.ts';
import { filePath, personIdOf } from './path.ts';

export const dataFormPages = createApi();

dataFormPages.get('/operatore/persone/:person/dati', async (c) => {
  const file = await readAssessment(callOf(c), personIdOf(c));
  return show(c, file, { values: valuesOf(file), errors: {} });
});

dataFormPages.post('/operatore/persone/:person/dati', async (c) => {
  const call = callOf(c);
  const file = await readAssessment(call, personIdOf(c));
  const values = await formValues(c);
  const parsed = personDataSchema.safeParse(typed(values));
  if (!parsed.success) {
    const errors = inOrder({
      ...zodErrors(parsed.error, call.locale),
      ...unanswered(values, call.locale),
    });
    return show(c, file, { values, errors }, 422);
  }
  try {
    await savePersonData(call, { personId: file.person.id, data: toPersonData(parsed.data) });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return show(c, file, { values, errors: errorsByField(error.extra.errors ?? []) }, 422);
  }
  const trigger = file.profiles.length > 0 ? 'DATA_CHANGE' : 'DID';
  await computeProfile(call, { personId: file.person.id, trigger });
  return c.redirect(filePath(file.person.id, '/profilo'), 303);
});

function show(c: AppContext, file: AssessmentFile, form: FormState, status?: 422) {
  const t = profilingStrings(c.get('locale'));
  const name = `${file.person.givenName} ${file.person.familyName}`;
  return page(
    c,
    {
      title: t('dataForm'),
      lead: `${name}. ${t('dataFormLead')}`,
      active: 'persons',
      status,
      breadcrumbs: [
        { label: t('persons'), href: '/operatore/persone' },
        { label: name, href: filePath(file.person.id) },
        { label: t('dataForm') },
      ],
    },
    <form method="post" class="form-block" novalidate>
      <ErrorSummary form={form} />
      <h2>{t('formScored')}</h2>
      {SCORED_FIELDS.map((field) => (
        <Asked field={field} form={form} />
      ))}
      <h2>{t('formUnscored')}</h2>
      <p>{t('formUnscoredLead')}</p>
      {UNSCORED_FIELDS.map((field) => (
        <Asked field={field} form={form} />
      ))}
      <div class="actions">
        <SubmitButton>{t('saveData')}</SubmitButton>
      </div>
    </form>,
  );
}

function Asked({ field, form }: { field: FormField; form: FormState }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const common = {
    name: field.name,
    label: field.label[locale],
    hint: field.hint?.[locale],
    form,
    required: true,
  };
  switch (field.kind) {
    case 'date':
      return <TextField {...common} type="date" width="narrow" />;
    case 'number':
      return (
        <TextField
          {...common}
          type="number"
          inputmode="numeric"
          width="short"
          min={field.min}
          max={field.max}
        />
      );
    case 'yes_no':
      return (
        <RadioGroup
          {...common}
          inline
          options={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      );
    default:
      return (
        <SelectField
          {...common}
          options={(field.options ?? []).map(({ value, label }) => ({
            value,
            label: label[locale],
          }))}
        />
      );
  }
}

/** What the last confirmed data look like in the form's fields. */
function valuesOf(file: AssessmentFile): Record<string, string> {
  if (!file.dataForm) return {};
  return Object.fromEntries(
    Object.entries(fromPersonData(file.dataForm.data)).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value),
    ]),
  );
}

/** Numbers and yes/no answers out of the form's words; what cannot be read stays as typed. */
function typed(values: Record<string, string | string[]>): Record<string, unknown> {
  return Object.fromEntries(
    FORM_FIELDS.map(({ name, kind }) => {
      const value = values[name];
      if (kind === 'number' && typeof value === 'string' && /^\d{1,3}$/.test(value)) {
        return [name, Number(value)];
      }
      if (kind === 'yes_no' && (value === 'yes' || value === 'no')) return [name, value === 'yes'];
      return [name, value];
    }),
  );
}

/** Kinder words than a schema's for what was left empty. */
function unanswered(
  values: Record<string, string | string[]>,
  locale: Locale,
): Record<string, string> {
  const t = profilingStrings(locale);
  return Object.fromEntries(
    FORM_FIELDS.filter(({ name }) => !values[name]).map(({ name, kind, label }) => {
      const asked = label[locale].replace(/…$/, '');
      const missing = t(kind === 'yes_no' ? 'missing_choice' : `missing_${kind}`);
      return [name, `${asked}${asked.endsWith('?') ? '' : ':'} ${missing}.`];
    }),
  );
}

/** Errors as the form asks, from the top. */
function inOrder(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    FORM_FIELDS.flatMap(({ name }) => (errors[name] ? [[name, errors[name]]] : [])),
  );
}
