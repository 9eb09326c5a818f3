import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { readPerson } from '../../profiling/actions/person.ts';
import { filePath, personIdOf } from '../../profiling/pages/path.ts';
import type { PersonSummary } from '../../profiling/store.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import {
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { registerDid } from '../actions/register-did.ts';
import { BENEFITS } from '../rules/benefits.ts';
import { didInputSchema } from '../schemas.ts';
import { pactStrings } from '../strings.ts';

export const didPages = createApi();

didPages.get('/operatore/persone/:person/did', async (c) =>
  show(c, await readPerson(callOf(c), personIdOf(c)), EMPTY_FORM),
);

didPages.post('/operatore/persone/:person/did', async (c) => {
  const call = callOf(c);
  const person = await readPerson(call, personIdOf(c));
  const values = await formValues(c);
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const parsed = didInputSchema.safeParse({ ...given, person_id: person.id });
  if (!parsed.success) {
    return show(c, person, { values, errors: zodErrors(parsed.error, call.locale) }, 422);
  }
  const { data } = parsed;
  try {
    await registerDid(call, {
      personId: person.id,
      declaredOn: data.declared_on,
      benefit: data.benefit,
      ...(data.benefit_claimed_on && { benefitClaimedOn: data.benefit_claimed_on }),
      ...(data.contacted_on && { contactedOn: data.contacted_on }),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return show(c, person, { values, errors: errorsByField(error.extra.errors ?? []) }, 422);
  }
  return c.redirect(filePath(person.id), 303);
});

function show(c: AppContext, person: PersonSummary, form: FormState, status?: 422) {
  const t = pactStrings(c.get('locale'));
  const name = `${person.givenName} ${person.familyName}`;
  const benefits = BENEFITS.map((value) => ({ value, label: t(`benefit_${value}`) }));
  return page(
    c,
    {
      title: t('didRegister'),
      lead: `${name}. ${t('didLead')}`,
      active: 'persons',
      status,
      breadcrumbs: [
        { label: t('persons'), href: '/operatore/persone' },
        { label: name, href: filePath(person.id) },
        { label: t('did') },
      ],
    },
    <form method="post" class="form-block" novalidate>
      <ErrorSummary form={form} />
      <TextField
        name="declared_on"
        type="date"
        label={t('didDeclared')}
        form={form}
        required
        width="narrow"
      />
      <SelectField
        name="benefit"
        label={t('didBenefit')}
        form={form}
        value="none"
        empty={false}
        options={benefits}
      />
      <TextField
        name="benefit_claimed_on"
        type="date"
        label={t('didClaimed')}
        hint={t('didClaimedHint')}
        form={form}
        width="narrow"
      />
      <TextField
        name="contacted_on"
        type="date"
        label={t('didContacted')}
        hint={t('didContactedHint')}
        form={form}
        width="narrow"
      />
      <div class="actions">
        <SubmitButton>{t('didRegister')}</SubmitButton>
      </div>
    </form>,
  );
}
