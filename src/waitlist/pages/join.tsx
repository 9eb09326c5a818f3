import { z } from 'zod';
import { findOffice } from '../../booking/actions/find-office.ts';
import { findService } from '../../booking/actions/find-service.ts';
import { matchComuni } from '../../booking/actions/match-comuni.ts';
import { links } from '../../booking/pages/links.ts';
import { channelErrors, PersonFields, personLabels } from '../../booking/pages/person-fields.tsx';
import type { Service } from '../../booking/service.ts';
import { readOwnPerson } from '../../identity/actions/read-own-person.ts';
import { ALSO_BY, offeredBesides } from '../../identity/also-by.ts';
import { passOf } from '../../identity/pass.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { email, familyName, givenName, phone, taxCode } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import {
  errorsByField,
  type FormState,
  formValues,
  isShownAgain,
  refusalOf,
  TYPED_FORM,
  zodErrors,
} from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type FreeNow, findFreeNow } from '../actions/find-free-now.ts';
import { joinList, type Where } from '../actions/join-list.ts';
import { waitlistStrings } from '../strings.ts';
import { Rules, WhenFields } from './parts.tsx';
import { keepPass } from './pass.ts';
import { parseWhen, RADII, usualValues } from './wish-form.ts';

export const joinPages = createApi();

const blank = (value: unknown) => (value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());
const strangerForm = z.object({
  nome: givenName,
  cognome: familyName,
  email,
  telefono: optional(phone),
  canale: optional(z.enum(ALSO_BY)),
  codice_fiscale: optional(taxCode),
});
/** A signed-in jobseeker's name is known: only contact details are read. */
const knownForm = strangerForm.partial({ nome: true, cognome: true });

/** What the address and the form say of service and place. */
interface Choice {
  readonly service: Service;
  readonly office: OfficeSummary | undefined;
}

joinPages.get('/attesa', async (c) => {
  // Without a service somebody looks for the place they have.
  if (c.req.query('servizio') === undefined) return c.redirect('/attesa/posto', 303);
  const call = callOf(c);
  const choice = await choiceFrom(c, c.req.query());
  const asked = (c.req.query('comune') ?? '').slice(0, 100);
  // Links carry the code of the comune; people read its name.
  const [comune, ...others] = asked === '' ? [] : await matchComuni(call, asked);
  const values = {
    ...usualValues(call.clock.now()),
    comune: comune && others.length === 0 ? comune.name : asked,
    raggio: '30',
  };
  return joinPage(c, choice, { values, errors: {} });
});

joinPages.post('/attesa', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const values = await formValues(c);
  const choice = await choiceFrom(c, values);
  if (isShownAgain(c)) return joinPage(c, choice, { values, errors: {} });
  const refuse = (errors: Record<string, string>, status: 409 | 422 = 422) =>
    joinPage(c, choice, { values, errors }, status);

  const where = await whereFrom(c, choice, values);
  if ('errors' in where) return refuse(where.errors);
  const parsedWhen = parseWhen(values, call.clock.now(), locale);
  if ('errors' in parsedWhen) return refuse(parsedWhen.errors);
  const known = call.actor.kind === 'jobseeker';
  const parsed = (known ? knownForm : strangerForm).safeParse(values);
  if (!parsed.success) return refuse(zodErrors(parsed.error, locale));
  const { data } = parsed;
  const wanted = {
    serviceId: choice.service.id,
    where: where.where,
    when: parsedWhen.when,
    person: {
      givenName: data.nome ?? '',
      familyName: data.cognome ?? '',
      email: data.email,
      phone: data.telefono,
      alsoBy: data.canale,
      taxCode: data.codice_fiscale,
      domicile: 'comune' in where.where ? where.where.comune : undefined,
    },
  };
  try {
    const free = values.comunque === 'si' ? [] : await findFreeNow(call, wanted);
    if (free.length > 0) return freePage(c, choice, values, free);
    const { entry } = await joinList(call, wanted);
    await keepPass(c, passOf(entry));
    return c.redirect('/attesa/posto?nuova=1', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind.slug === 'already-waiting') return alreadyPage(c, choice);
    if (error.status === 403) return refuse({ comune: waitlistStrings(locale)('notForYou') });
    if (error.status !== 409 && error.kind.slug !== 'invalid-request') throw error;
    const faults = errorsByField(error.extra.errors ?? []);
    const known = {
      ...channelErrors(error, locale),
      ...('person.tax_code' in faults && { codice_fiscale: faults['person.tax_code'] ?? '' }),
      ...('where.comune' in faults && { comune: waitlistStrings(locale)('comuneUnknown') }),
      ...('where.office_ids' in faults && { comune: waitlistStrings(locale)('noOffices') }),
    };
    return refuse(Object.keys(known).length > 0 ? known : refusalOf(error, locale));
  }
});

async function choiceFrom(
  c: AppContext,
  fields: Record<string, string | string[] | undefined>,
): Promise<Choice> {
  const call = callOf(c);
  const one = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const service = await findService(call, one('servizio'));
  const code = one('ufficio');
  return { service, office: code ? await findOffice(call, code) : undefined };
}

async function whereFrom(
  c: AppContext,
  { office }: Choice,
  values: Record<string, string | string[]>,
): Promise<{ readonly where: Where } | { readonly errors: Record<string, string> }> {
  const call = callOf(c);
  const t = waitlistStrings(call.locale);
  const typed = typeof values.comune === 'string' ? values.comune.slice(0, 100) : '';
  if (office && typed === '') return { where: { officeIds: [office.id] } };
  const [comune, ...others] = typed === '' ? [] : await matchComuni(call, typed);
  if (!comune) return { errors: { comune: t('comuneUnknown') } };
  if (others.length > 0) return { errors: { comune: t('comuneMany') } };
  const radius = RADII.find((km) => String(km) === values.raggio) ?? 0;
  return { where: { comune: comune.istatCode, withinKm: radius } };
}

async function joinPage(
  c: AppContext,
  choice: Choice,
  form: FormState,
  status: 200 | 409 | 422 = 200,
) {
  const call = callOf(c);
  const { locale } = call;
  const t = waitlistStrings(locale);
  const { service } = choice;
  if (!service.waitingList) return noListPage(c, service);
  const known = call.actor.kind === 'jobseeker' ? await readOwnPerson(call) : undefined;
  return page(
    c,
    {
      title: t('joinTitle'),
      lead: t('joinLead', { service: service.name[locale] }),
      active: 'book',
      status,
      showsAgain: '/attesa',
      breadcrumbs: crumbs(c, choice),
    },
    <form id={TYPED_FORM} method="post" action="/attesa" class="form-block" novalidate>
      <ErrorSummary form={form} labels={personLabels(locale)} />
      <input type="hidden" name="servizio" value={service.code} />
      <h2 class="h4">{t('whereTitle')}</h2>
      <WhereFields office={choice.office} form={form} />
      <h2 class="h4">{t('whenTitle')}</h2>
      <WhenFields form={form} />
      <h2 class="h4">{t('whoTitle')}</h2>
      <PersonFields
        form={form}
        known={known}
        signedInAs={
          known ? t('signedInAs', { name: `${known.givenName} ${known.familyName}` }) : ''
        }
        emailHint={t('emailHint')}
        phoneHint={t('optional')}
        channels={offeredBesides(call.config, known !== undefined)}
        taxCode={{
          required: service.taxCodeRequired,
          hint: service.taxCodeRequired ? undefined : t('optional'),
        }}
      />
      <Rules />
      <p class="mt-4">
        {t('privacy')}
        <a href="/privacy">{t('privacyLink')}</a>.
      </p>
      <div class="actions">
        <SubmitButton>{t('join')}</SubmitButton>
      </div>
    </form>,
  );
}

function WhereFields({ office, form }: { office: OfficeSummary | undefined; form: FormState }) {
  const t = waitlistStrings(useLocale());
  return (
    <>
      {office && (
        <>
          <p>
            <strong>{t('officeNamed', { office: office.name })}</strong>
          </p>
          <input type="hidden" name="ufficio" value={office.code} />
          <p>{t('otherPlace')}</p>
        </>
      )}
      <div class="field-row">
        <TextField
          name="comune"
          label={t('comune')}
          hint={office ? t('optional') : t('comuneHint')}
          required={!office}
          form={form}
          maxlength={100}
        />
        <SelectField
          name="raggio"
          label={t('radius')}
          form={form}
          empty={false}
          width="narrow"
          options={RADII.map((km) => ({ value: String(km), label: t('km', { km }) }))}
        />
      </div>
    </>
  );
}

/** Nobody has to wait for what they can book at once. */
function freePage(
  c: AppContext,
  choice: Choice,
  values: Record<string, string | string[]>,
  free: readonly FreeNow[],
) {
  const locale = c.get('locale');
  const t = waitlistStrings(locale);
  return page(
    c,
    {
      title: t('freeTitle'),
      lead: t('freeLead'),
      active: 'book',
      breadcrumbs: crumbs(c, choice),
    },
    <>
      <ul class="list-unstyled">
        {free.map(({ office, startsAt }) => (
          <li class="mb-3">
            <LinkButton
              look="outline"
              href={links.person({
                servizio: choice.service.code,
                ufficio: office.code,
                inizio: toRfc3339(startsAt),
              })}
            >
              {t('take', { when: formatDateTime(startsAt, locale), office: office.name })}
            </LinkButton>
          </li>
        ))}
      </ul>
      <form method="post" action="/attesa">
        {Object.entries(values).flatMap(([name, value]) =>
          [value].flat().map((one) => <input type="hidden" name={name} value={one} />),
        )}
        <input type="hidden" name="comunque" value="si" />
        <SubmitButton look="plain">{t('joinAnyway')}</SubmitButton>
      </form>
    </>,
  );
}

function alreadyPage(c: AppContext, choice: Choice) {
  const t = waitlistStrings(c.get('locale'));
  return page(
    c,
    { title: t('joinTitle'), active: 'book', status: 409, breadcrumbs: crumbs(c, choice) },
    <>
      <Alert kind="info">{t('already')}</Alert>
      <LinkButton href="/attesa/posto">{t('openMine')}</LinkButton>
    </>,
  );
}

function noListPage(c: AppContext, service: Service) {
  const t = waitlistStrings(c.get('locale'));
  return page(
    c,
    { title: t('joinTitle'), active: 'book' },
    <EmptyState title={t('noList')}>
      <p>{t('noListHelp')}</p>
      <LinkButton href={links.place({ servizio: service.code })}>{t('seeTimes')}</LinkButton>
    </EmptyState>,
  );
}

function crumbs(c: AppContext, { service }: Choice) {
  const locale = c.get('locale');
  const t = waitlistStrings(locale);
  return [
    { label: service.name[locale], href: links.place({ servizio: service.code }) },
    { label: t('joinTitle') },
  ];
}
