import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import {
  LinkButton,
  PostButton,
  PrintButton,
  SubmitButton,
} from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Qr } from '../../web/components/qr.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime, formatDuration } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { cancelAppointment } from '../actions/cancel-appointment.ts';
import {
  listOwnAppointments,
  lookUpAppointment,
  readAppointment,
} from '../actions/look-up-appointment.ts';
import { videoRoom } from '../actions/video-room.ts';
import { appointmentFile, willBeReminded } from '../notices.ts';
import { formatCode } from '../rules/code.ts';
import { isImposed, judgeCancellation, LATE_CANCELLATION_HOURS } from '../rules/lifecycle.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import { whereWords } from '../where.ts';
import { forgetWhereabouts } from './domicile.ts';
import { links } from './links.ts';
import { Chosen, Steps, stateName, WhatToBring } from './parts.tsx';
import { forgetPass, keepOwn, keepPass, openedAppointment, readPass } from './pass.ts';
import { PassFields, passLabels, typedPass } from './pass-form.tsx';

export const myAppointmentPages = createApi();

myAppointmentPages.get('/prenota/confermato', async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  const { locale } = callOf(c);
  const t = bookingStrings(locale);
  return page(
    c,
    {
      title: t('confirmedTitle'),
      lead: t('confirmedLead', { when: formatDateTime(opened.startsAt, locale) }),
      active: 'book',
    },
    <>
      <Steps current={6} />
      {opened.contactEmail && (
        <Alert kind="success" live>
          {t('confirmedMail', { email: opened.contactEmail })}{' '}
          {(await willBeReminded(callOf(c), opened)) && t('confirmedReminder')}{' '}
          {c.get('demo') && <a href="/posta-demo">{t('demoMail')}</a>}
        </Alert>
      )}
      <AppointmentCard appointment={opened} room={await videoRoom(callOf(c), opened)} />
      <Actions c={c} appointment={opened} />
    </>,
  );
});

myAppointmentPages.get('/appuntamento', async (c) => {
  const opened = await openedAppointment(c);
  if (opened) return appointmentPage(c, opened);
  return lookupPage(c, EMPTY_FORM);
});

myAppointmentPages.post(
  '/appuntamento',
  rateLimit({ scope: 'lookup', perMinute: 20 }),
  async (c) => {
    const typed = await typedPass(
      c,
      (pass) => lookUpAppointment(callOf(c), pass),
      bookingStrings(c.get('locale'))('notFound'),
    );
    if ('form' in typed) return lookupPage(c, typed.form, typed.status);
    await keepPass(c, typed.pass);
    return c.redirect('/appuntamento', 303);
  },
);

myAppointmentPages.post('/appuntamento/chiudi', (c) => {
  forgetPass(c);
  if (c.get('actor').kind === 'jobseeker') return c.redirect('/appuntamento', 303);
  forgetWhereabouts(c);
  return c.redirect('/', 303);
});

myAppointmentPages.get('/appuntamento/calendario', async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  return c.body(appointmentFile(callOf(c), opened), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="appuntamento.ics"',
    'Cache-Control': 'no-store',
  });
});

myAppointmentPages.get('/appuntamento/annulla', async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  const { locale, clock } = callOf(c);
  const t = bookingStrings(locale);
  const verdict = judgeCancellation(opened, clock.now());
  if (verdict.kind !== 'allowed' || isImposed(opened)) return appointmentPage(c, opened);
  return page(
    c,
    {
      title: t('cancelTitle'),
      lead: t('cancelLead'),
      active: 'appointment',
      breadcrumbs: [{ label: t('mineTitle'), href: '/appuntamento' }, { label: t('cancel') }],
    },
    <>
      <Card>
        <Chosen service={opened.service} office={opened.office} start={opened.startsAt} />
      </Card>
      {verdict.late && (
        <Alert kind="warning">{t('cancelLate', { hours: LATE_CANCELLATION_HOURS })}</Alert>
      )}
      <form method="post" action="/appuntamento/annulla" class="form-block mt-4">
        <input type="hidden" name="id" value={opened.id} />
        <TextArea
          name="motivo"
          label={t('cancelReason')}
          hint={t('optional')}
          maxlength={500}
          rows={3}
        />
        <div class="actions">
          <SubmitButton look="danger">{t('cancelYes')}</SubmitButton>
          <LinkButton look="outline" href="/appuntamento">
            {t('cancelNo')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
});

myAppointmentPages.post('/appuntamento/annulla', async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  const { id, motivo } = await formValues(c);
  // The form names the appointment: one opened meanwhile in another tab is left alone.
  if (id === opened.id) {
    const reason = typeof motivo === 'string' && motivo !== '' ? motivo.slice(0, 500) : undefined;
    const pass = await readPass(c);
    await cancelAppointment(callOf(c), { id: opened.id, pass, reason });
  }
  return c.redirect('/appuntamento', 303);
});

/** The page of one of the signed-in jobseeker's own appointments. */
myAppointmentPages.post('/appuntamento/apri', async (c) => {
  const { id } = await formValues(c);
  const parsed = z.uuid().safeParse(id);
  if (!parsed.success) return c.redirect('/appuntamento', 303);
  const found = await readAppointment(callOf(c), parsed.data);
  await keepOwn(c, found.id);
  return c.redirect('/appuntamento', 303);
});

async function lookupPage(c: AppContext, form: FormState, status: 200 | 404 | 422 = 200) {
  const call = callOf(c);
  const t = bookingStrings(call.locale);
  const own = call.actor.kind === 'jobseeker' ? await listOwnAppointments(call) : undefined;
  return page(
    c,
    { title: t('mineTitle'), lead: t('mineLead'), active: 'appointment', status },
    <>
      {own && <OwnAppointments appointments={own} />}
      <form method="post" action="/appuntamento" class="form-block" novalidate>
        <ErrorSummary form={form} labels={passLabels(c.get('locale'), t('code'))} />
        <PassFields form={form} code={t('code')} codeHint={t('codeHint')} />
        <div class="actions">
          <SubmitButton>{t('open')}</SubmitButton>
        </div>
      </form>
      <section aria-labelledby="altri-codici" class="mt-5">
        <h2 id="altri-codici" class="h4">
          {t('otherCodes')}
        </h2>
        <ul>
          <li>
            <a href="/attesa/posto">{t('codeOfPlace')}</a>
          </li>
          <li>
            <a href="/incontri/iscrizione">{t('codeOfSession')}</a>
          </li>
          <li>
            <a href="/invito">{t('codeOfInvitation')}</a>
          </li>
        </ul>
        <p>{t('codeLost')}</p>
      </section>
    </>,
  );
}

function OwnAppointments({ appointments }: { appointments: readonly AppointmentView[] }) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  return (
    <section aria-labelledby="miei" class="mb-5">
      <h2 id="miei" class="h4">
        {t('yourAppointments')}
      </h2>
      {appointments.length === 0 && (
        <EmptyState title={t('noneYet')}>
          <p>{t('noneYetHelp')}</p>
          <LinkButton href="/prenota">{t('book')}</LinkButton>
        </EmptyState>
      )}
      <div class="cards">
        {appointments.map((one) => (
          <Card
            level={3}
            title={one.service.name[locale]}
            footer={
              <PostButton action="/appuntamento/apri" fields={{ id: one.id }} look="outline" small>
                {t('details')}
                <span class="visually-hidden">: {formatDateTime(one.startsAt, locale)}</span>
              </PostButton>
            }
          >
            <p>
              {formatDateTime(one.startsAt, locale)}, {one.office.name}
            </p>
            <StateTag appointment={one} />
          </Card>
        ))}
      </div>
    </section>
  );
}

async function appointmentPage(c: AppContext, appointment: AppointmentView) {
  const t = bookingStrings(c.get('locale'));
  const room = await videoRoom(callOf(c), appointment);
  return page(
    c,
    { title: t('mineTitle'), active: 'appointment' },
    <>
      {appointment.state === 'cancelled' && (
        <Alert kind="success" live>
          {t('cancelled')}
        </Alert>
      )}
      {appointment.state === 'displaced' && <Alert kind="warning">{t('displacedHelp')}</Alert>}
      {appointment.state === 'confirmed' && isImposed(appointment) && (
        <Alert kind="info">
          {t('imposed')} <a href="/convocazione">{t('askPostponement')}</a>
        </Alert>
      )}
      <AppointmentCard appointment={appointment} room={room} />
      <Actions c={c} appointment={appointment} />
    </>,
  );
}

function AppointmentCard(props: { appointment: AppointmentView; room: string | undefined }) {
  const { appointment, room } = props;
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { service, office, person } = appointment;
  return (
    <Card>
      <DefinitionList
        items={[
          [t('state'), <StateTag appointment={appointment} />],
          [
            t('code'),
            <div class="code-to-show">
              <div>
                <strong class="booking-code">{formatCode(appointment.code)}</strong>
                {appointment.state === 'confirmed' && (
                  <p class="small">
                    {t('codeHelp')} {t('codeShow')}
                  </p>
                )}
              </div>
              {appointment.state === 'confirmed' && <Qr text={appointment.code} />}
            </div>,
          ],
          [t('service'), service.name[locale]],
          [t('when'), <strong>{formatDateTime(appointment.startsAt, locale)}</strong>],
          [
            t('duration'),
            formatDuration((appointment.endsAt - appointment.startsAt) / MINUTE, locale),
          ],
          [t('where'), whereWords(service.mode, office, locale, appointment.contactPhone)],
          [t('phone'), office.phone],
          [t('who'), person && `${person.givenName} ${person.familyName}`],
        ]}
      />
      {room && (
        <p>
          <a href={room} rel="noreferrer" target="_blank">
            {t('enterVideo')}
          </a>
          <br />
          {t('enterVideoHelp')}
        </p>
      )}
      {appointment.state === 'confirmed' && <WhatToBring service={service} />}
    </Card>
  );
}

function StateTag({ appointment }: { appointment: AppointmentView }) {
  const locale = useLocale();
  const { state, late } = appointment;
  return (
    <Tag tone={state === 'confirmed' ? 'success' : 'neutral'}>
      {stateName(state, locale)}
      {late && ` (${bookingStrings(locale)('late')})`}
    </Tag>
  );
}

function Actions({ c, appointment }: { c: AppContext; appointment: AppointmentView }) {
  const t = bookingStrings(useLocale());
  const now = c.get('services').clock.now();
  const open = judgeCancellation(appointment, now).kind === 'allowed';
  const changeable = open && !isImposed(appointment);
  return (
    <div class="actions mt-4 no-print">
      {open && (
        <LinkButton href="/appuntamento/calendario" icon="it-calendar" download>
          {t('addToCalendar')}
        </LinkButton>
      )}
      <PrintButton look="outline">{t('print')}</PrintButton>
      {changeable && (
        <LinkButton look="outline" href="/appuntamento/sposta">
          {t('move')}
        </LinkButton>
      )}
      {changeable && appointment.service.waitingList && (
        <LinkButton
          look="plain"
          href={links.wait({
            servizio: appointment.service.code,
            ufficio: appointment.office.code,
          })}
        >
          {t('comeEarlier')}
        </LinkButton>
      )}
      {(appointment.state === 'absent' ||
        (appointment.state === 'confirmed' && appointment.startsAt <= now)) && (
        <LinkButton look="outline" href="/appuntamento/giustifica">
          {t('justify')}
        </LinkButton>
      )}
      {changeable && (
        <LinkButton look="danger" href="/appuntamento/annulla">
          {t('cancel')}
        </LinkButton>
      )}
      {!open && (
        <LinkButton
          href={links.time({
            servizio: appointment.service.code,
            ufficio: appointment.office.code,
          })}
        >
          {t('bookAgain')}
        </LinkButton>
      )}
      <PostButton action="/appuntamento/chiudi" look="plain">
        {t(c.get('actor').kind === 'jobseeker' ? 'toMine' : 'forget')}
      </PostButton>
    </div>
  );
}
