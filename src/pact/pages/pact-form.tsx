import type { IsoDate } from '../../platform/clock.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import {
  Checkbox,
  ErrorSummary,
  SelectField,
  TextArea,
  TextField,
} from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { LEGAL_LETTERS } from '../rules/content.ts';
import type { Pact } from '../store.ts';
import { pactStrings } from '../strings.ts';
import { letterWords } from './document.tsx';

type Values = Record<string, string | string[]>;

const ACTION_FIELDS = ['who', 'what', 'due_on', 'proof', 'legal_letter', 'measure', 'lep'] as const;
const MAX_ACTIONS = 40;

/** The draft of a patto as a form; the last block, left empty, adds nothing. */
export function PactForm({ form, revision }: { form: FormState; revision: number }) {
  const t = pactStrings(useLocale());
  const count = countOf(form.values);
  return (
    <form method="post" class="form-block" novalidate>
      <ErrorSummary form={form} />
      <input type="hidden" name="revision" value={revision} />
      <TextField
        name="content.target_job"
        label={t('targetJob')}
        form={form}
        required
        maxlength={300}
      />
      <div class="field-row">
        <TextField
          name="starts_on"
          type="date"
          label={t('startsOn')}
          form={form}
          required
          width="narrow"
        />
        <TextField
          name="ends_on"
          type="date"
          label={t('endsOn')}
          form={form}
          required
          width="narrow"
        />
      </div>
      <TextArea
        name="content.search_acts"
        label={t('searchActs')}
        form={form}
        required
        maxlength={2000}
      />
      <TextField
        name="content.contact_every_days"
        type="number"
        inputmode="numeric"
        min={1}
        max={180}
        label={t('contactEvery')}
        form={form}
        required
        width="short"
      />
      <TextArea
        name="content.search_proof"
        label={t('searchProof')}
        form={form}
        required
        maxlength={2000}
      />
      <fieldset id="campo-content-availability" tabindex={-1}>
        <legend>{t('availability')}</legend>
        {form.errors['content.availability'] && (
          <p class="field-error">{form.errors['content.availability']}</p>
        )}
        <Checkbox name="content.availability.search_skills" label={t('availSkills')} form={form} />
        <Checkbox name="content.availability.training" label={t('availTraining')} form={form} />
        <Checkbox
          name="content.availability.suitable_offers"
          label={t('availOffers')}
          form={form}
        />
      </fieldset>
      <h2 id="campo-actions" tabindex={-1}>
        {t('actions')}
      </h2>
      {Array.from({ length: Math.min(count + 1, MAX_ACTIONS) }, (_, i) => (
        <ActionFields form={form} index={i} isNew={i === count} />
      ))}
      <div class="actions">
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </form>
  );
}

function ActionFields(props: { form: FormState; index: number; isNew: boolean }) {
  const t = pactStrings(useLocale());
  const { form, index, isNew } = props;
  const name = (field: string) => `actions.${index}.${field}`;
  const hidden = (field: string) => (
    <input type="hidden" name={name(field)} value={String(form.values[name(field)] ?? '')} />
  );
  return (
    <fieldset class="panel">
      <legend>{isNew ? t('actionNew') : t('actionN', { n: String(index + 1) })}</legend>
      {hidden('measure')}
      {hidden('lep')}
      <TextArea name={name('what')} label={t('what')} form={form} rows={2} maxlength={500} />
      <div class="field-row">
        <SelectField
          name={name('who')}
          label={t('who')}
          form={form}
          value="person"
          empty={false}
          options={(['person', 'cpi', 'provider'] as const).map((value) => ({
            value,
            label: t(`who_${value}`),
          }))}
        />
        <TextField name={name('due_on')} type="date" label={t('due')} form={form} width="narrow" />
      </div>
      <TextArea name={name('proof')} label={t('proof')} form={form} rows={2} maxlength={500} />
      <SelectField
        name={name('legal_letter')}
        label={t('letter')}
        form={form}
        empty={t('letterNone')}
        options={LEGAL_LETTERS.map((value) => ({ value, label: letterWords(value) }))}
      />
      {!isNew && <Checkbox name={name('remove')} label={t('remove')} form={form} />}
    </fieldset>
  );
}

/** What the draft looks like in the form's fields. */
export function valuesOf(pact: Pact): Values {
  const { content } = pact;
  const values: Values = {
    starts_on: pact.startsOn,
    ends_on: pact.endsOn,
    'content.target_job': content.targetJob,
    'content.search_acts': content.searchActs,
    'content.contact_every_days': String(content.contactEveryDays),
    'content.search_proof': content.searchProof,
    ...(content.availability.searchSkills && { 'content.availability.search_skills': 'si' }),
    ...(content.availability.training && { 'content.availability.training': 'si' }),
    ...(content.availability.suitableOffers && { 'content.availability.suitable_offers': 'si' }),
  };
  for (const [i, action] of pact.actions.entries()) {
    values[`actions.${i}.who`] = action.who;
    values[`actions.${i}.what`] = action.what;
    values[`actions.${i}.due_on`] = action.dueOn;
    values[`actions.${i}.proof`] = action.proof;
    values[`actions.${i}.legal_letter`] = action.legalLetter ?? '';
    values[`actions.${i}.measure`] = action.measure ?? '';
    values[`actions.${i}.lep`] = action.lep ?? '';
  }
  return values;
}

/** The typed form without the actions taken away or left empty, numbered anew. */
export function compacted(values: Values): Values {
  const kept: Values = Object.fromEntries(
    Object.entries(values).filter(([name]) => !name.startsWith('actions.')),
  );
  let next = 0;
  for (let i = 0; i < MAX_ACTIONS; i++) {
    const what = values[`actions.${i}.what`];
    const proof = values[`actions.${i}.proof`];
    if ((!what && !proof) || values[`actions.${i}.remove`]) continue;
    for (const field of ACTION_FIELDS) {
      const value = values[`actions.${i}.${field}`];
      if (value !== undefined) kept[`actions.${next}.${field}`] = value;
    }
    next++;
  }
  return kept;
}

/** The form's words in the shape of the API's body, to be checked by its schema. */
export function toBody(values: Values): unknown {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const days = text('content.contact_every_days');
  return {
    starts_on: text('starts_on') as IsoDate,
    ends_on: text('ends_on') as IsoDate,
    content: {
      target_job: text('content.target_job'),
      search_acts: text('content.search_acts'),
      contact_every_days: /^\d{1,4}$/.test(days) ? Number(days) : days,
      search_proof: text('content.search_proof'),
      availability: {
        search_skills: values['content.availability.search_skills'] !== undefined,
        training: values['content.availability.training'] !== undefined,
        suitable_offers: values['content.availability.suitable_offers'] !== undefined,
      },
    },
    actions: Array.from({ length: countOf(values) }, (_, i) => {
      const filled = ACTION_FIELDS.filter((field) => text(`actions.${i}.${field}`) !== '');
      return Object.fromEntries([
        ['what', ''],
        ['proof', ''],
        ...filled.map((field) => [field, text(`actions.${i}.${field}`)]),
      ]);
    }),
  };
}

function countOf(values: FormState['values']): number {
  let count = 0;
  while (values[`actions.${count}.what`] !== undefined) count++;
  return count;
}
