import { z } from 'zod';
import { listBookableServices } from '../../booking/actions/list-services.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { email, familyName, givenName, isoDate, phone, uuid } from '../../reference/fields.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { formatDateTime, formatDay, formatNumber, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { bookOverbooked } from '../actions/book-overbooked.ts';
import { findDeskOffice } from '../actions/find-desk-office.ts';
import { forecastDay, type HalfDayForecast } from '../actions/forecast-day.ts';
import { listOverbooking, setOverbooking } from '../actions/set-overbooking.ts';
import { presenceStrings } from '../presence-strings.ts';
import { HALVES } from '../rules/half-day.ts';
import { mayOverbook } from '../rules/overbooking.ts';
import { RuleForm, Rules, ruleForm } from './overbooking-rules.tsx';

export const overbookingPages = createApi();

const PATH = '/operatore/oltre-i-posti';

interface Shown {
  readonly form?: FormState;
  readonly notice?: string;
  readonly day?: IsoDate;
  readonly status?: 200 | 409 | 422;
}

overbookingPages.get(PATH, async (c) => overbookingPage(c, {}));

async function overbookingPage(c: AppContext, shown: Shown) {
  const call = callOf(c);
  const t = presenceStrings(call.locale);
  const office = await findDeskOffice(callOf(c), c.req.query('ufficio'));
  const asked = isoDate.safeParse(c.req.query('giorno'));
  const day = shown.day ?? (asked.success ? asked.data : dayOf(call.clock.now()));
  const forecasts = await forecastDay(call, { officeId: office.id, day });
  const rules = await listOverbooking(call, office.id);
  const form = shown.form ?? EMPTY_FORM;
  return page(
    c,
    {
      title: t('overbooking'),
      lead: `${office.name}. ${t('overbookingLead')}`,
      active: 'operator',
      wide: true,
      status: shown.status,
    },
    <>
      {shown.notice && (
        <Alert kind="success" live>
          {shown.notice}
        </Alert>
      )}
      <ErrorSummary form={form} />
      <DayForm office={office} day={day} />
      {forecasts.length === 0 ? (
        <EmptyState title={t('overbookingOffHere')}>
          <p>{t('overbookingOffHelp')}</p>
        </EmptyState>
      ) : (
        <Forecasts forecasts={forecasts} day={day} />
      )}
      {forecasts.some(({ room }) => room > 0) && (
        <AddForm office={office} day={day} forecasts={forecasts} form={form} />
      )}
      {rules.length > 0 && <Rules rules={rules} />}
      {call.actor.kind === 'administrator' && (
        <RuleForm
          action={`${PATH}/regole`}
          office={office}
          form={form}
          services={(await listBookableServices(call)).filter(mayOverbook)}
        />
      )}
    </>,
  );
}

function DayForm({ office, day }: { office: OfficeSummary; day: IsoDate }) {
  const t = presenceStrings(useLocale());
  return (
    <form method="get" action={PATH} class="form-block mb-4">
      <input type="hidden" name="ufficio" value={office.code} />
      <TextField name="giorno" type="date" label={t('day')} value={day} width="narrow" />
      <div class="actions">
        <SubmitButton look="outline">{t('show')}</SubmitButton>
      </div>
    </form>
  );
}

function Forecasts(props: { forecasts: readonly HalfDayForecast[]; day: IsoDate }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const heads = ['places', 'beyond', 'expectedToCome', 'risk', 'free', 'room'] as const;
  return (
    <Table caption={formatDay(props.day, locale)}>
      <thead>
        <tr>
          <th scope="col">{t('service')}</th>
          <th scope="col">{t('half')}</th>
          {heads.map((head) => (
            <th scope="col" class="numeric">
              {t(head)}
            </th>
          ))}
          <th scope="col">{t('beyondList')}</th>
        </tr>
      </thead>
      <tbody>
        {props.forecasts.map((one) => (
          <tr>
            <th scope="row">{one.rule.serviceName[locale]}</th>
            <td>{t(`half_${one.half}`)}</td>
            <td class="numeric">{one.places}</td>
            <td class="numeric">{one.beyond}</td>
            <td class="numeric">{formatNumber(one.expected, locale, 1)}</td>
            <td class="numeric">{formatPercent(one.risk, locale, 1)}</td>
            <td class="numeric">{one.free}</td>
            <td class="numeric">{one.room}</td>
            <td>
              {one.beyondThem.map((them) => (
                <div>
                  {formatDateTime(them.startsAt, locale)}: {them.familyName} {them.givenName}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function AddForm(props: {
  office: OfficeSummary;
  day: IsoDate;
  forecasts: readonly HalfDayForecast[];
  form: FormState;
}) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const { office, day, form } = props;
  const open = props.forecasts.filter(({ room }) => room > 0);
  return (
    <form method="post" action={PATH} class="form-block mt-4" novalidate>
      <h2 class="h4">{t('add')}</h2>
      <input type="hidden" name="ufficio" value={office.id} />
      <input type="hidden" name="giorno" value={day} />
      <SelectField
        name="quando"
        label={t('half')}
        required
        form={form}
        options={open.map(({ rule, half }) => ({
          value: `${rule.serviceId} ${half}`,
          label: `${rule.serviceName[locale]}, ${t(`half_${half}`)}`,
        }))}
      />
      <TextField name="nome" label={t('givenName')} required form={form} maxlength={100} />
      <TextField name="cognome" label={t('familyName')} required form={form} maxlength={100} />
      <TextField name="email" type="email" label={t('email')} form={form} maxlength={254} />
      <TextField name="telefono" label={t('phone')} form={form} maxlength={30} />
      <div class="actions">
        <SubmitButton>{t('book')}</SubmitButton>
      </div>
    </form>
  );
}

const blank = (value: unknown) => (value === '' ? undefined : value);
const addForm = z.object({
  ufficio: uuid,
  giorno: isoDate,
  quando: z.templateLiteral([z.uuid(), ' ', z.enum(HALVES)]),
  nome: givenName,
  cognome: familyName,
  email: z.preprocess(blank, email.optional()),
  telefono: z.preprocess(blank, phone.optional()),
});

overbookingPages.post(PATH, async (c) => {
  const call = callOf(c);
  const values = await formValues(c);
  const parsed = addForm.safeParse(values);
  if (!parsed.success) {
    const day = isoDate.safeParse(values.giorno).data;
    const errors = zodErrors(parsed.error, call.locale);
    return overbookingPage(c, { form: { values, errors }, day, status: 422 });
  }
  const { ufficio, giorno, quando, nome, cognome, ...contact } = parsed.data;
  const [serviceId, half] = quando.split(' ') as [string, (typeof HALVES)[number]];
  try {
    const booked = await bookOverbooked(call, {
      officeId: ufficio,
      serviceId,
      day: giorno,
      half,
      person: {
        givenName: nome,
        familyName: cognome,
        email: contact.email,
        phone: contact.telefono,
        taxCode: undefined,
        domicile: undefined,
      },
    });
    const notice = presenceStrings(call.locale)('booked', {
      when: formatDateTime(booked.startsAt, call.locale),
      code: booked.code,
    });
    return overbookingPage(c, { notice, day: giorno });
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422)) throw error;
    const errors = { '': error.kind.explanation[call.locale] };
    return overbookingPage(c, { form: { values, errors }, day: giorno, status: error.status });
  }
});

overbookingPages.post(`${PATH}/regole`, async (c) => {
  const call = callOf(c);
  const values = await formValues(c);
  const parsed = ruleForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, call.locale);
    return overbookingPage(c, { form: { values, errors }, status: 422 });
  }
  const { ufficio, servizio, acceso, pubblico, tolleranza, rischio, motivo } = parsed.data;
  await setOverbooking(call, {
    officeId: ufficio,
    serviceId: servizio,
    active: acceso !== undefined,
    public: pubblico !== undefined,
    tolerance: tolleranza,
    risk: rischio / 100,
    reason: motivo,
  });
  return overbookingPage(c, {});
});
