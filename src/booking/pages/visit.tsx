import { DateTime } from 'luxon';
import { z } from 'zod';
import { ALSO_BY, offeredBesides } from '../../identity/also-by.ts';
import { findCompetentOffice } from '../../network/actions/find-competent-office.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate, midnight, toRfc3339, ZONE } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { email, familyName, givenName, phone, taxCode } from '../../reference/fields.ts';
import { LinkButton, PrintButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import {
  EMPTY_FORM,
  type FormState,
  formValues,
  isShownAgain,
  refusalOf,
  TYPED_FORM,
  zodErrors,
} from '../../web/form.ts';
import { formatDateTime, formatDay, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { bookVisit } from '../actions/book-visit.ts';
import { findOffice } from '../actions/find-office.ts';
import { listOfficesToVisit } from '../actions/list-offices.ts';
import { listVisitServices } from '../actions/list-services.ts';
import { listVisitStarts } from '../actions/list-visit-starts.ts';
import { lookUpAppointment } from '../actions/look-up-appointment.ts';
import { formatCode } from '../rules/code.ts';
import { LONGEST_WAIT_MINUTES } from '../rules/visit.ts';
import type { Service } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import { visitStrings } from '../visit-strings.ts';
import { addressOf, knownDomicile } from './domicile.ts';
import { Chosen, instantFrom, WhatToBring } from './parts.tsx';
import { ChannelField, channelErrors } from './person-fields.tsx';

/** Several appointments of one coming: of one person, or of a family. */
export const visitPages = createApi();

/** Appointments that the page offers to put together; the API takes more. */
const MOST = 4;
/** Days of the calendar that are looked through, and visits shown. */
const DAYS = 28;
const SHOWN = 24;

interface Plan {
  readonly office: OfficeSummary | undefined;
  readonly services: readonly Service[];
  readonly form: FormState;
  readonly from: IsoDate;
}

async function planFrom(c: AppContext, fields: Record<string, unknown>): Promise<Plan> {
  const call = callOf(c);
  const known = await listVisitServices(call);
  const one = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const names = Array.from({ length: MOST }, (_, index) => `servizio${index + 1}`);
  const services = names.flatMap((name) => known.find(({ code }) => code === one(name)) ?? []);
  const code = one('ufficio');
  const from = one('dal');
  const today = dayOf(call.clock.now());
  const valid = from !== undefined && DateTime.fromISO(from).isValid && from > today;
  return {
    office: code ? await findOffice(call, code) : undefined,
    services,
    form: {
      values: Object.fromEntries([...names, 'ufficio', 'dal'].map((name) => [name, one(name)])),
      errors: {},
    },
    from: valid ? from : today,
  };
}

const carried = ({ office, services }: Plan): [string, string][] => [
  ['ufficio', office?.code ?? ''],
  ...services.map(({ code }, index): [string, string] => [`servizio${index + 1}`, code]),
];

visitPages.get('/prenota/insieme', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = visitStrings(locale);
  const plan = await planFrom(c, c.req.query());
  const { office, services, form, from } = plan;
  const [offices, known, domicile] = await Promise.all([
    listOfficesToVisit(call),
    listVisitServices(call),
    knownDomicile(c),
  ]);
  const own =
    office || !domicile
      ? undefined
      : (await findCompetentOffice(call, domicile.comune, addressOf(domicile))).office;
  const to = DateTime.fromISO(from, { zone: ZONE }).plus({ days: DAYS });
  const found =
    office && services.length > 1
      ? await listVisitStarts(call, {
          officeId: office.id,
          serviceIds: services.map(({ id }) => id),
          window: { start: midnight(from), end: to.toMillis() },
        })
      : undefined;
  const shown = found?.slice(0, SHOWN) ?? [];
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead', { minutes: LONGEST_WAIT_MINUTES }),
      active: 'book',
      breadcrumbs: [{ label: t('book'), href: '/prenota' }, { label: t('title') }],
    },
    <>
      {c.req.query('preso') !== undefined && (
        <Alert kind="warning" live>
          {t('taken')}
        </Alert>
      )}
      <form method="get" action="/prenota/insieme#visite" class="form-block">
        {Array.from({ length: MOST }, (_, index) => (
          <SelectField
            name={`servizio${index + 1}`}
            label={t('appointment', { n: index + 1 })}
            hint={index === 1 ? t('sameForFamily') : undefined}
            form={form}
            empty={false}
            options={[
              ...(index < 2 ? [] : [{ value: '', label: t('none') }]),
              ...known.map(({ code, name }) => ({ value: code, label: name[locale] })),
            ]}
          />
        ))}
        <SelectField
          name="ufficio"
          label={t('office')}
          form={form}
          value={own?.code}
          empty={false}
          options={offices.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <TextField name="dal" type="date" label={t('from')} form={form} width="narrow" />
        <div class="actions">
          <SubmitButton icon="it-search">{t('search')}</SubmitButton>
        </div>
      </form>
      {found && (
        <section aria-labelledby="visite" class="mt-5">
          <h2 id="visite" class="h3">
            {t('results')}
          </h2>
          {shown.length === 0 ? (
            <EmptyState title={t('nothing')}>
              <p>{t('nothingHelp', { days: DAYS })}</p>
            </EmptyState>
          ) : (
            <ul class="choice-list">
              {shown.map((starts) => (
                <li>
                  <a
                    href={`/prenota/insieme/dati?${new URLSearchParams([
                      ...carried(plan),
                      ['inizi', starts.map(toRfc3339).join(',')],
                    ])}`}
                  >
                    {formatDay(dayOf(starts[0]!), locale)}{' '}
                    <span class="choice-note">
                      {starts.map((start) => formatTime(start, locale)).join(' · ')}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>,
  );
});

const startsFrom = (fields: Record<string, unknown>) =>
  String(fields.inizi ?? '')
    .split(',')
    .slice(0, MOST)
    .map(instantFrom);

visitPages.get('/prenota/insieme/dati', async (c) => {
  const plan = await planFrom(c, c.req.query());
  return peoplePage(c, plan, startsFrom(c.req.query()), EMPTY_FORM);
});

const blank = (value: unknown) => (value === '' ? undefined : value);
const contacts = z.object({
  email,
  telefono: z.preprocess(blank, phone.optional()),
  canale: z.preprocess(blank, z.enum(ALSO_BY).optional()),
});

/** The people of a visit: the second and later ones are the first, when left empty. */
function peopleForm(services: readonly Service[]) {
  const shape = services.map((service, index) => {
    const own = (schema: z.ZodType) =>
      index === 0 ? schema : z.preprocess(blank, schema.optional());
    return [
      [`nome${index + 1}`, own(givenName)],
      [`cognome${index + 1}`, own(familyName)],
      [
        `codice_fiscale${index + 1}`,
        index === 0 && service.taxCodeRequired ? taxCode : z.preprocess(blank, taxCode.optional()),
      ],
    ] as const;
  });
  return contacts.extend(Object.fromEntries(shape.flat()));
}

visitPages.post('/prenota/insieme/conferma', async (c) => {
  const call = callOf(c);
  const values = await formValues(c);
  const plan = await planFrom(c, values);
  const starts = startsFrom(values);
  if (isShownAgain(c)) return peoplePage(c, plan, starts, { values, errors: {} });
  const parsed = peopleForm(plan.services).safeParse(values);
  if (!parsed.success) {
    const form = { values, errors: zodErrors(parsed.error, call.locale) };
    return peoplePage(c, plan, starts, form, 422);
  }
  const said = parsed.data as Record<string, string | undefined> & z.infer<typeof contacts>;
  const of = (name: string, index: number) => said[`${name}${index + 1}`] ?? said[`${name}1`];
  try {
    const booked = await bookVisit(call, {
      officeId: plan.office?.id ?? '',
      parts: plan.services.map((service, index) => ({
        serviceId: service.id,
        start: starts[index] ?? Number.NaN,
        forAnother: true,
        person: {
          givenName: of('nome', index) ?? '',
          familyName: of('cognome', index) ?? '',
          email: said.email,
          phone: said.telefono,
          alsoBy: said.canale,
          // A name of their own comes with a codice fiscale of their own, or none.
          taxCode: said[`nome${index + 1}`]
            ? said[`codice_fiscale${index + 1}`]
            : said.codice_fiscale1,
          domicile: undefined,
        },
      })),
    });
    await keepSealed(c, COOKIE, { codes: booked.map(({ code }) => code), email: said.email }, 7200);
    return c.redirect('/prenota/insieme/confermato', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { slug } = error.kind;
    if (slug === 'slot-taken' || slug === 'slot-not-offered')
      return c.redirect(`/prenota/insieme?${new URLSearchParams([...carried(plan)])}&preso`, 303);
    if (error.status !== 409 && slug !== 'invalid-request') throw error;
    const faults = channelErrors(error, call.locale);
    const known = Object.keys(faults).length > 0;
    const form = { values, errors: known ? faults : refusalOf(error, call.locale) };
    return peoplePage(c, plan, starts, form, error.status === 409 ? 409 : 422);
  }
});

const COOKIE = '__Host-visita';
const keptVisit = z.object({ codes: z.array(z.string().max(20)).max(MOST), email: z.string() });

visitPages.get('/prenota/insieme/confermato', async (c) => {
  const kept = await readSealed(c, COOKIE, keptVisit);
  if (!kept) return c.redirect('/appuntamento', 303);
  const t = visitStrings(c.get('locale'));
  const call = callOf(c);
  const { email } = kept;
  const booked = await Promise.all(
    kept.codes.map((code) => lookUpAppointment(call, { code, contact: email })),
  );
  return page(
    c,
    { title: t('doneTitle'), lead: t('doneLead', { email }), active: 'book' },
    <>
      {booked.map(({ code, service, office, startsAt, person }) => (
        <div class="mb-3">
          <Card title={formatCode(code)}>
            <Chosen
              service={service}
              office={office}
              start={startsAt}
              who={person && `${person.givenName} ${person.familyName}`}
            />
            <WhatToBring service={service} level={3} />
          </Card>
        </div>
      ))}
      <p class="mt-4">{t('doneHelp')}</p>
      <div class="actions">
        <LinkButton href="/appuntamento">{t('manage')}</LinkButton>
        <PrintButton look="outline">{t('print')}</PrintButton>
      </div>
    </>,
  );
});

/** What the fields are called, each with the appointment it belongs to. */
function labelsOf(services: readonly Service[], locale: Locale): Record<string, string> {
  const t = visitStrings(locale);
  const names = [
    ['nome', t('givenName')],
    ['cognome', t('familyName')],
    ['codice_fiscale', t('taxCode')],
  ] as const;
  const each = services.flatMap((_, index) =>
    names.map(([name, label]) => [
      `${name}${index + 1}`,
      `${t('appointment', { n: index + 1 })}, ${label}`,
    ]),
  );
  return {
    ...Object.fromEntries(each),
    email: t('email'),
    telefono: t('phone'),
    canale: bookingStrings(locale)('channel'),
  };
}

function peoplePage(
  c: AppContext,
  plan: Plan,
  starts: readonly number[],
  form: FormState,
  status: 200 | 409 | 422 = 200,
) {
  const { locale } = callOf(c);
  const t = visitStrings(locale);
  const { office, services } = plan;
  if (!office || services.length < 2 || starts.length !== services.length)
    return c.redirect('/prenota/insieme', 303);
  return page(
    c,
    {
      title: t('whoTitle'),
      lead: t('whoLead'),
      active: 'book',
      status,
      showsAgain: '/prenota/insieme/conferma',
      breadcrumbs: [
        { label: t('book'), href: '/prenota' },
        {
          label: t('title'),
          href: `/prenota/insieme?${new URLSearchParams([...carried(plan)])}`,
        },
        { label: t('whoTitle') },
      ],
    },
    <form
      id={TYPED_FORM}
      method="post"
      action="/prenota/insieme/conferma"
      class="form-block"
      novalidate
    >
      <ErrorSummary form={form} labels={labelsOf(services, locale)} />
      {[...carried(plan), ['inizi', starts.map(toRfc3339).join(',')] as const].map(
        ([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ),
      )}
      {services.map((service, index) => (
        <fieldset class="mt-4">
          <legend class="h5">{t('appointment', { n: index + 1 })}</legend>
          <DefinitionList
            items={[
              [t('service'), service.name[locale]],
              [t('when'), formatDateTime(starts[index]!, locale)],
              [t('office'), office.name],
            ]}
          />
          {index > 0 && <p class="field-hint">{t('sameIfEmpty')}</p>}
          <div class="field-row">
            <TextField
              name={`nome${index + 1}`}
              label={t('givenName')}
              required={index === 0}
              form={form}
              autocomplete={index === 0 ? 'given-name' : 'off'}
              maxlength={100}
            />
            <TextField
              name={`cognome${index + 1}`}
              label={t('familyName')}
              required={index === 0}
              form={form}
              autocomplete={index === 0 ? 'family-name' : 'off'}
              maxlength={100}
            />
          </div>
          <TextField
            name={`codice_fiscale${index + 1}`}
            label={t('taxCode')}
            required={index === 0 && service.taxCodeRequired}
            form={form}
            code
            maxlength={32}
            width="narrow"
          />
        </fieldset>
      ))}
      <fieldset class="mt-4">
        <legend class="h5">{t('contacts')}</legend>
        <TextField
          name="email"
          type="email"
          label={t('email')}
          hint={t('emailHint')}
          required
          form={form}
          autocomplete="email"
          maxlength={254}
        />
        <TextField
          name="telefono"
          type="tel"
          label={t('phone')}
          form={form}
          autocomplete="tel"
          maxlength={26}
          width="narrow"
        />
        <ChannelField form={form} channels={offeredBesides(callOf(c).config, false)} />
      </fieldset>
      <p>
        {t('privacy')} <a href="/privacy">{t('privacyLink')}</a>.
      </p>
      <div class="actions">
        <SubmitButton icon="it-check">{t('confirm')}</SubmitButton>
      </div>
    </form>,
  );
}
