import { readOwnPerson } from '../../identity/actions/read-own-person.ts';
import { offeredBesides } from '../../identity/also-by.ts';
import { passOf } from '../../identity/pass.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import { type Instant, toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea } from '../../web/components/fields.tsx';
import {
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  refusalOf,
  TYPED_FORM,
  zodErrors,
} from '../../web/form.ts';
import { formatDateTime, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { asWished } from '../actions/as-wished.ts';
import { bookAppointment } from '../actions/book-appointment.ts';
import { confirmHold } from '../actions/confirm-hold.ts';
import { findOffice } from '../actions/find-office.ts';
import { findService } from '../actions/find-service.ts';
import { appointmentOfHold } from '../actions/look-up-appointment.ts';
import type { Service } from '../service.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import {
  confirmExtras,
  type Details,
  detailsForm,
  hiddenFields,
  knownDetailsForm,
  toPersonDetails,
} from './details-form.ts';
import { addressOf, entitlingDomicile } from './domicile.ts';
import { forgetHold, heldFor, readHold } from './kept-start.ts';
import { asked, links, type Wishes, wishesFrom } from './links.ts';
import { notServedHere } from './own-office.tsx';
import { Chosen, instantFrom, Steps, WhatToBring } from './parts.tsx';
import { keepPass } from './pass.ts';
import { channelErrors, PersonFields, personLabels } from './person-fields.tsx';

export const confirmPages = createApi();

interface Choice {
  readonly service: Service;
  readonly office: OfficeSummary;
  readonly start: Instant;
  readonly wishes: Wishes;
}

confirmPages.get('/prenota/dati', async (c) => {
  const choice = await choiceFrom(c, c.req.query());
  const elsewhere = await notServedHere(c, choice.service, choice.office);
  if (elsewhere) return elsewhere;
  return personPage(c, choice, EMPTY_FORM);
});

/** Back from the summary, or in another language, with everything that was typed. */
confirmPages.post('/prenota/dati', async (c) => {
  const values = await formValues(c);
  return personPage(c, await choiceFrom(c, values), { values, errors: {} });
});

/** Asked for again by address, as when the language is changed: back to the form of the kept start. */
for (const path of ['/prenota/riepilogo', '/prenota/conferma']) {
  confirmPages.get(path, async (c) => {
    const held = await readHold(c);
    if (!held) return c.redirect('/prenota', 303);
    const { servizio, ufficio, start } = held;
    return c.redirect(links.person({ servizio, ufficio, inizio: toRfc3339(start) }), 303);
  });
}

confirmPages.post('/prenota/riepilogo', async (c) => {
  const values = await formValues(c);
  const choice = await choiceFrom(c, values);
  const parsed = parseDetails(c, choice, values);
  if ('errors' in parsed) return personPage(c, choice, { values, errors: parsed.errors }, 422);
  return reviewPage(c, choice, parsed.details);
});

confirmPages.post('/prenota/conferma', async (c) => {
  const values = await formValues(c);
  const choice = await choiceFrom(c, values);
  const parsed = parseDetails(c, choice, values);
  if ('errors' in parsed) return personPage(c, choice, { values, errors: parsed.errors }, 422);
  const { details } = parsed;
  try {
    const booked = await confirmOrBook(c, choice, details, values);
    forgetHold(c);
    await keepPass(c, passOf(booked));
    return c.redirect('/prenota/confermato', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    switch (error.kind.slug) {
      case 'slot-taken':
      case 'slot-not-offered':
        return takenPage(c, choice, details, alternativesOf(error));
      case 'already-booked':
        return alreadyPage(c);
      case 'invalid-request':
        return personPage(c, choice, { values, errors: fieldErrors(error, c.get('locale')) }, 422);
      default:
        // Whatever else refuses it, what was typed stays.
        if (error.status !== 409) throw error;
        return personPage(c, choice, { values, errors: refusalOf(error, c.get('locale')) }, 409);
    }
  }
});

/**
 * Confirms the start kept for this device. Without one, or when it lapsed, the time is booked as
 * anybody would: whoever took long over the form loses it only if somebody else wanted it.
 */
async function confirmOrBook(
  c: AppContext,
  choice: Choice,
  details: Details,
  values: Record<string, unknown>,
): Promise<AppointmentView> {
  const call = callOf(c);
  const person = toPersonDetails(details, await livesFor(c, choice.service));
  const held = await heldFor(c, choice);
  if (held) {
    try {
      return await confirmHold(call, {
        ...held,
        note: details.note,
        person,
        ownOperator: choice.wishes.mio === 'si',
      });
    } catch (error) {
      const refused = error instanceof Problem ? error.kind.slug : undefined;
      // Sent twice: the appointment is there already, and its details open it.
      if (refused === 'hold-already-confirmed') {
        const confirmed = await appointmentOfHold(call, held.id, details.email);
        if (confirmed) return confirmed;
      } else if (refused !== 'hold-expired') throw error;
    }
  }
  return bookAppointment(call, {
    id: confirmExtras.safeParse(values).data?.id,
    serviceId: choice.service.id,
    officeId: choice.office.id,
    start: choice.start,
    ...asked(choice.wishes),
    note: details.note,
    person,
  });
}

/** Where the reader lives, for a service that only their own Cpi gives; of others nobody asks. */
async function livesFor(c: AppContext, service: Service) {
  if (service.audience !== 'own_cpi') return undefined;
  const domicile = await entitlingDomicile(c);
  return domicile && { domicile: domicile.comune, address: addressOf(domicile) };
}

async function choiceFrom(
  c: AppContext,
  fields: Record<string, string | string[] | undefined>,
): Promise<Choice> {
  const call = callOf(c);
  const one = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const [service, office] = await Promise.all([
    findService(call, one('servizio')),
    findOffice(call, one('ufficio')),
  ]);
  const wishes = wishesFrom(fields);
  return {
    // Shown and checked with the length that was asked for.
    service: asWished(service, asked(wishes)),
    office,
    start: instantFrom(one('inizio')),
    wishes,
  };
}

type Parsed = { readonly details: Details } | { readonly errors: Record<string, string> };

function parseDetails(c: AppContext, { service }: Choice, values: Record<string, unknown>): Parsed {
  const schema = c.get('actor').kind === 'jobseeker' ? knownDetailsForm : detailsForm;
  const parsed = schema.safeParse(values);
  if (!parsed.success) return { errors: zodErrors(parsed.error, c.get('locale')) };
  if (
    service.taxCodeRequired &&
    parsed.data.codice_fiscale === undefined &&
    c.get('actor').kind !== 'jobseeker'
  ) {
    return { errors: { codice_fiscale: bookingStrings(c.get('locale'))('needsTaxCode') } };
  }
  if (service.mode === 'phone' && parsed.data.telefono === undefined)
    return { errors: { telefono: bookingStrings(c.get('locale'))('phoneForCall') } };
  if (parsed.data.canale === 'sms' && parsed.data.telefono === undefined)
    return { errors: { telefono: bookingStrings(c.get('locale'))('phoneForSms') } };
  return { details: parsed.data };
}

/** The faults that an action found, by field of the form. */
function fieldErrors(error: Problem, locale: Locale): Record<string, string> {
  const found = errorsByField(error.extra.errors ?? []);
  const t = bookingStrings(locale);
  const known = {
    ...channelErrors(error, locale),
    ...('person.tax_code' in found && { codice_fiscale: t('needsTaxCode') }),
    ...('person.email' in found && { email: t('emailHint') }),
  };
  return Object.keys(known).length > 0 ? known : refusalOf(error, locale);
}

async function personPage(
  c: AppContext,
  choice: Choice,
  form: FormState,
  status: 200 | 404 | 409 | 422 = 200,
) {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const known = call.actor.kind === 'jobseeker' ? await readOwnPerson(call) : undefined;
  const { service, office, start, wishes } = choice;
  const held = await heldFor(c, choice);
  return page(
    c,
    {
      title: t('personTitle'),
      lead: t('personLead'),
      active: 'book',
      status,
      breadcrumbs: crumbs(c, choice, t('stepPerson')),
      showsAgain: '/prenota/dati',
    },
    <>
      <Steps current={4} />
      <ErrorSummary form={form} labels={personLabels(locale)} />
      <Card title={t('chosen')}>
        <Chosen service={service} office={office} start={start} />
        {held && held.expiresAt > call.clock.now() && (
          <p>{t('keptUntil', { time: formatTime(held.expiresAt, locale) })}</p>
        )}
        <LinkButton
          look="plain"
          small
          href={links.time({ servizio: service.code, ufficio: office.code, ...wishes })}
        >
          {t('otherTimes')}
        </LinkButton>
      </Card>
      <form
        id={TYPED_FORM}
        method="post"
        action="/prenota/riepilogo"
        class="form-block mt-4"
        novalidate
      >
        <ChoiceFields choice={choice} />
        <PersonFields
          form={form}
          known={known}
          signedInAs={
            known ? t('signedInAs', { name: `${known.givenName} ${known.familyName}` }) : ''
          }
          emailHint={t('emailHint')}
          phoneHint={
            service.mode === 'phone' ? t('phoneForCall') : `${t('optional')} ${t('phoneHint')}`
          }
          channels={offeredBesides(call.config, known !== undefined)}
          taxCode={{
            required: service.taxCodeRequired,
            hint: service.taxCodeRequired
              ? t('taxCodeHint')
              : `${t('optional')} ${t('taxCodeHint')}`,
          }}
        />
        <TextArea
          name="note"
          label={t('note')}
          hint={`${t('optional')} ${t('noteHint')}`}
          form={form}
          maxlength={500}
          rows={3}
        />
        <p>
          {t('privacy')}
          <a href="/privacy">{t('privacyLink')}</a>.
        </p>
        <div class="actions">
          <SubmitButton>{t('goOn')}</SubmitButton>
        </div>
      </form>
    </>,
  );
}

function reviewPage(c: AppContext, choice: Choice, details: Details) {
  const call = callOf(c);
  const t = bookingStrings(call.locale);
  const carried = { ...hiddenFields(details), ...choice.wishes };
  const who = [details.nome ?? c.get('viewer')?.name, details.cognome, `(${details.email})`]
    .filter(Boolean)
    .join(' ');
  return page(
    c,
    {
      title: t('reviewTitle'),
      lead: t('reviewLead'),
      active: 'book',
      breadcrumbs: crumbs(c, choice, t('stepReview')),
      showsAgain: '/prenota/riepilogo',
    },
    <>
      <Steps current={5} />
      <Card>
        <Chosen
          {...choice}
          who={who}
          more={[
            [t('phone'), details.telefono],
            [t('channel'), details.canale && t(`channel_${details.canale}`)],
            [t('taxCode'), details.codice_fiscale],
            [t('noteShort'), details.note || undefined],
          ]}
        />
        <WhatToBring service={choice.service} />
      </Card>
      <div class="actions mt-4">
        {/* The id travels with the form: sent twice, it is still one appointment. */}
        <PostButton
          action="/prenota/conferma"
          fields={{ ...carried, id: call.ids() }}
          icon="it-check"
        >
          {t('confirm')}
        </PostButton>
        <PostButton id={TYPED_FORM} action="/prenota/dati" fields={carried} look="outline">
          {t('change')}
        </PostButton>
      </div>
    </>,
  );
}

function takenPage(c: AppContext, choice: Choice, details: Details, starts: readonly Instant[]) {
  const locale = c.get('locale');
  const t = bookingStrings(locale);
  const carried = { ...hiddenFields(details), ...choice.wishes };
  return page(
    c,
    {
      title: t('takenTitle'),
      lead: t('takenLead'),
      active: 'book',
      status: 409,
      breadcrumbs: crumbs(c, choice, t('stepTime')),
    },
    <>
      <Steps current={3} />
      {starts.length === 0 && <Alert kind="info">{t('takenNone')}</Alert>}
      <div class="actions">
        {starts.map((start) => (
          <PostButton
            action="/prenota/riepilogo"
            fields={{ ...carried, inizio: toRfc3339(start) }}
            look="outline"
          >
            {t('take', { when: formatDateTime(start, locale) })}
          </PostButton>
        ))}
        <LinkButton
          look="plain"
          href={links.time({
            servizio: choice.service.code,
            ufficio: choice.office.code,
            ...choice.wishes,
          })}
        >
          {t('otherTimes')}
        </LinkButton>
      </div>
    </>,
  );
}

function alreadyPage(c: AppContext) {
  const t = bookingStrings(c.get('locale'));
  return page(
    c,
    { title: t('alreadyTitle'), active: 'book', status: 409 },
    <>
      <p>{t('alreadyHelp')}</p>
      <LinkButton href="/appuntamento">{t('openMine')}</LinkButton>
    </>,
  );
}

function ChoiceFields({ choice }: { choice: Choice }) {
  return (
    <>
      <input type="hidden" name="servizio" value={choice.service.code} />
      <input type="hidden" name="ufficio" value={choice.office.code} />
      <input type="hidden" name="inizio" value={toRfc3339(choice.start)} />
      {Object.entries(choice.wishes).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function crumbs(c: AppContext, { service, office }: Choice, here: string) {
  const t = bookingStrings(c.get('locale'));
  return [
    { label: t('book'), href: '/prenota' },
    { label: t('stepPlace'), href: links.place({ servizio: service.code }) },
    { label: t('stepTime'), href: links.time({ servizio: service.code, ufficio: office.code }) },
    { label: here },
  ];
}

function alternativesOf(problem: Problem): Instant[] {
  const given = problem.extra.members?.['alternatives'];
  return Array.isArray(given)
    ? given.map((one: { starts_at: string }) => Date.parse(one.starts_at))
    : [];
}
