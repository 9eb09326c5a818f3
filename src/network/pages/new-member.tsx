import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { ErrorSummary, TextField } from '../../web/components/fields.tsx';
import {
  byWholeList,
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { addStaffMember } from '../actions/add-staff-member.ts';
import type { NetworkChanged } from '../actions/change-network.ts';
import { readOffice } from '../actions/read-office.ts';
import { newStaffMemberSchema, toNewStaffMember } from '../hours-schemas.ts';
import { networkStrings } from '../strings.ts';
import { SkillFields, skillsTyped } from './skill-fields.tsx';

const PATH = '/uffici/:code/mezzi/operatori/nuovo';

/** Somebody who joins an office. */
export function newMemberPages(changed: NetworkChanged) {
  const pages = createApi();

  pages.get(PATH, (c) => newMemberPage(c, EMPTY_FORM));

  pages.post(PATH, async (c) => {
    const call = callOf(c);
    authorise(call.actor, 'administrator');
    const office = await readOffice(call, { code: c.req.param('code') });
    const values = await formValues(c);
    const parsed = newStaffMemberSchema.safeParse({
      office_id: office.id,
      staff_number: values.staff_number,
      given_name: values.given_name,
      family_name: values.family_name,
      category: values.category,
      ...skillsTyped(values),
    });
    if (!parsed.success) {
      return newMemberPage(c, {
        values,
        errors: byWholeList(zodErrors(parsed.error, call.locale)),
      });
    }
    try {
      const member = await addStaffMember(call, toNewStaffMember(parsed.data), changed);
      return c.redirect(`/uffici/${office.code}/mezzi/operatori/${member.id}?fatto=`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422))
        throw error;
      const errors =
        error.status === 409
          ? { staff_number: error.kind.explanation[call.locale] }
          : errorsByField(error.extra.errors ?? []);
      return newMemberPage(c, { values, errors });
    }
  });

  return pages;
}

async function newMemberPage(c: AppContext, form: FormState) {
  const call = callOf(c);
  authorise(call.actor, 'administrator');
  const t = networkStrings(call.locale);
  const office = await readOffice(call, { code: c.req.param('code') ?? '' });
  const means = `/uffici/${office.code}/mezzi`;
  const typed = Object.keys(form.values).length > 0;
  return page(
    c,
    {
      title: t('newMember'),
      lead: t('newMemberLead', { office: office.name }),
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('meansTitle'), href: means },
        { label: t('newMember') },
      ],
    },
    <>
      <ErrorSummary form={form} />
      <form method="post" action={`${means}/operatori/nuovo`} class="form-block" novalidate>
        <div class="field-row">
          <TextField
            name="given_name"
            label={t('givenName')}
            form={form}
            maxlength={100}
            required
          />
          <TextField
            name="family_name"
            label={t('familyName')}
            form={form}
            maxlength={100}
            required
          />
        </div>
        <TextField
          name="staff_number"
          label={t('staffNumber')}
          hint={t('staffNumberHint')}
          form={form}
          maxlength={60}
          width="narrow"
          required
        />
        <TextField
          name="category"
          label={t('category')}
          form={form}
          maxlength={40}
          width="short"
          required
        />
        <SkillFields
          form={form}
          member={{
            skills: [],
            languages: ['it'],
            bookable: !typed || form.values.bookable !== undefined,
          }}
        />
        <SubmitButton>{t('add')}</SubmitButton>
      </form>
    </>,
  );
}
