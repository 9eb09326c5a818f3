import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { isoDate, uuid } from '../../reference/fields.ts';
import { SubmitButton, SurePostButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, RadioGroup, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import {
  byWholeList,
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { cancelTransfer } from '../actions/cancel-transfer.ts';
import type { HoursChange } from '../actions/change-network.ts';
import { changeStaffMember } from '../actions/change-staff-member.ts';
import { findOffices } from '../actions/find-offices.ts';
import { listStaff } from '../actions/list-staff.ts';
import { readOffice } from '../actions/read-office.ts';
import { readTransfer } from '../actions/read-transfer.ts';
import { transferOperator } from '../actions/transfer-operator.ts';
import { staffChangeSchema } from '../hours-schemas.ts';
import type { StaffMember } from '../staff-store.ts';
import { networkStrings } from '../strings.ts';
import type { Transfer } from '../transfer-store.ts';
import type { CarryOnPage } from './carry.ts';
import { fullName } from './means.tsx';
import { Saved, withSaved } from './saved.tsx';
import { SkillFields, skillsTyped } from './skill-fields.tsx';

const PATH = '/uffici/:code/mezzi/operatori/:id{[0-9a-f-]{36}}';

const transferForm = z.object({
  to_office_id: uuid,
  from_day: isoDate,
  own_hours: z.enum(['own', 'office']),
});

/** One operator: what they can do, whether they receive, and the office they work at. */
export function memberPages(carry: CarryOnPage) {
  const pages = createApi();

  pages.get(PATH, (c) => memberPage(c, EMPTY_FORM));

  pages.post(PATH, async (c) => {
    const { locale } = callOf(c);
    const values = await formValues(c);
    const parsed = staffChangeSchema.safeParse(skillsTyped(values));
    if (!parsed.success) {
      return memberPage(c, { values, errors: byWholeList(zodErrors(parsed.error, locale)) });
    }
    const change = parsed.data;
    const leaves = change.bookable === false;
    return carried(c, carry, values, (member) => ({
      whose: async () => [{ officeId: member.officeId, operatorId: member.id }],
      leaves,
      make: (call, follow) => changeStaffMember(call, member.id, change, follow),
    }));
  });

  pages.post(`${PATH}/trasferimento`, async (c) => {
    const { locale } = callOf(c);
    const values = await formValues(c);
    const parsed = transferForm.safeParse(values);
    if (!parsed.success) return memberPage(c, { values, errors: zodErrors(parsed.error, locale) });
    const { to_office_id: toOfficeId, from_day: fromDay, own_hours } = parsed.data;
    return carried(c, carry, values, (member) => ({
      whose: async () => [{ officeId: member.officeId, operatorId: member.id }],
      leaves: true,
      goesTo: toOfficeId,
      make: (call, follow) =>
        transferOperator(
          call,
          { operatorId: member.id, toOfficeId, fromDay, ownHours: own_hours === 'own' },
          follow,
        ),
    }));
  });

  pages.post(`${PATH}/trasferimento/annulla`, async (c) => {
    const values = await formValues(c);
    const { toOfficeId } = await readTransfer(callOf(c), c.req.param('id'));
    return carried(c, carry, values, (member) => ({
      whose: async () => [{ officeId: toOfficeId, operatorId: member.id }],
      leaves: true,
      goesTo: member.officeId,
      make: (call, follow) => cancelTransfer(call, member.id, follow),
    }));
  });

  return pages;
}

async function memberOf(c: AppContext) {
  const call = callOf(c);
  const office = await readOffice(call, { code: c.req.param('code') ?? '' });
  const member = (await listStaff(call, office.id)).find(({ id }) => id === c.req.param('id'));
  if (!member) throw notFound();
  return { office, member, path: `/uffici/${office.code}/mezzi` };
}

async function carried(
  c: AppContext,
  carry: CarryOnPage,
  values: Readonly<Record<string, string | string[]>>,
  changeOf: (member: StaffMember) => HoursChange,
) {
  const { member, path } = await memberOf(c);
  const back = { label: fullName(member), href: `${path}/operatori/${member.id}` };
  try {
    const answer = await carry(c, changeOf(member), { action: c.req.path, values, back });
    return answer ?? c.redirect(withSaved(back.href), 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return memberPage(c, { values, errors: errorsByField(error.extra.errors ?? []) });
  }
}

async function memberPage(c: AppContext, form: FormState) {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const { office, member, path } = await memberOf(c);
  const own = `${path}/operatori/${member.id}`;
  const ahead = await readTransfer(call, member.id).catch((error) => {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  });
  const others = (await findOffices(call, {})).map((one) => one.office);
  return page(
    c,
    {
      title: fullName(member),
      lead: t('memberLead'),
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('meansTitle'), href: path },
        { label: fullName(member) },
      ],
    },
    <>
      <ErrorSummary form={form} />
      <Saved c={c} />
      <form method="post" action={own} class="form-block">
        <SkillFields form={form} member={member} />
        <SubmitButton>{t('save')}</SubmitButton>
      </form>
      {ahead ? (
        <TransferAhead transfer={ahead} path={own} />
      ) : (
        <TransferForm
          path={own}
          form={form}
          today={dayOf(call.clock.now())}
          offices={others.filter(({ id }) => id !== office.id)}
        />
      )}
    </>,
  );
}

function TransferAhead({ transfer, path }: { transfer: Transfer; path: string }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  return (
    <section class="mt-5">
      <h2>{t('transfer')}</h2>
      <Alert kind="info">
        <p>
          {t('transferAhead', {
            office: transfer.toOfficeName,
            day: formatDay(transfer.fromDay, locale),
          })}
        </p>
      </Alert>
      <SurePostButton
        action={`${path}/trasferimento/annulla`}
        ask={t('transferCancel')}
        sure={t('transferCancelSure')}
      />
    </section>
  );
}

function TransferForm(props: {
  path: string;
  form: FormState;
  today: string;
  offices: readonly { readonly id: string; readonly name: string }[];
}) {
  const t = networkStrings(useLocale());
  const { path, form, today, offices } = props;
  return (
    <form method="post" action={`${path}/trasferimento`} class="form-block">
      <h2>{t('transfer')}</h2>
      <p>{t('transferHelp')}</p>
      <SelectField
        name="to_office_id"
        label={t('transferTo')}
        form={form}
        options={offices.map(({ id, name }) => ({ value: id, label: name }))}
        required
      />
      <TextField
        name="from_day"
        label={t('transferFrom')}
        type="date"
        form={form}
        min={today}
        required
      />
      <RadioGroup
        name="own_hours"
        label={t('transferHours')}
        form={form}
        value="office"
        options={[
          { value: 'office', label: t('transferHoursOffice') },
          { value: 'own', label: t('transferHoursOwn') },
        ]}
      />
      <SubmitButton>{t('transferPreview')}</SubmitButton>
    </form>
  );
}
