import { PassFields, passLabels, typedPass } from '../../booking/pages/pass-form.tsx';
import { formatCode } from '../../booking/rules/code.ts';
import { callOf } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import {
  LinkButton,
  PostButton,
  PrintButton,
  SubmitButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { acceptSeat } from '../actions/accept-seat.ts';
import { cancelRegistration } from '../actions/cancel-registration.ts';
import { lookUpRegistration, type OpenedRegistration } from '../actions/look-up-registration.ts';
import { sessionFile } from '../notices.ts';
import { stands } from '../rules/registration.ts';
import { workshopStrings } from '../strings.ts';
import { SessionFacts, stateName } from './parts.tsx';
import { forgetPass, keepPass, openedRegistration } from './pass.ts';

export const myRegistrationPages = createApi();

const HERE = '/incontri/iscrizione';

myRegistrationPages.get(HERE, async (c) => {
  const opened = await openedRegistration(c);
  return opened ? registrationPage(c, opened) : lookupPage(c, EMPTY_FORM);
});

myRegistrationPages.post(HERE, rateLimit({ scope: 'lookup', perMinute: 20 }), async (c) => {
  const typed = await typedPass(
    c,
    (pass) => lookUpRegistration(callOf(c), pass),
    workshopStrings(c.get('locale'))('notFound'),
  );
  if ('form' in typed) return lookupPage(c, typed.form, typed.status);
  await keepPass(c, typed.pass);
  return c.redirect(HERE, 303);
});

myRegistrationPages.post(`${HERE}/chiudi`, (c) => {
  forgetPass(c);
  return c.redirect('/incontri', 303);
});

myRegistrationPages.get(`${HERE}/calendario`, async (c) => {
  const opened = await openedRegistration(c);
  if (!opened) return c.redirect(HERE, 303);
  return c.body(sessionFile(callOf(c), opened.session, opened.registration), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="incontro.ics"',
    'Cache-Control': 'no-store',
  });
});

myRegistrationPages.post(`${HERE}/annulla`, async (c) => {
  const opened = await openedRegistration(c);
  const { id } = await formValues(c);
  // The form names the registration: one opened meanwhile in another tab is left alone.
  if (opened && id === opened.registration.id) {
    await cancelRegistration(callOf(c), { id: opened.registration.id, pass: opened.pass });
  }
  return c.redirect(HERE, 303);
});

myRegistrationPages.post(`${HERE}/accetta`, async (c) => {
  const opened = await openedRegistration(c);
  const { id } = await formValues(c);
  if (!opened || id !== opened.registration.id) return c.redirect(HERE, 303);
  try {
    await acceptSeat(callOf(c), { id: opened.registration.id, pass: opened.pass });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.slug !== 'seat-offer-over') throw error;
    return registrationPage(c, opened, true);
  }
  return c.redirect(HERE, 303);
});

function lookupPage(c: AppContext, form: FormState, status: 200 | 404 | 422 = 200) {
  const t = workshopStrings(c.get('locale'));
  return page(
    c,
    { title: t('mineTitle'), lead: t('mineLead'), active: 'sessions', status },
    <form method="post" action={HERE} class="form-block" novalidate>
      <ErrorSummary form={form} labels={passLabels(c.get('locale'), t('code'))} />
      <PassFields form={form} code={t('code')} codeHint={t('codeHint')} />
      <div class="actions">
        <SubmitButton>{t('open')}</SubmitButton>
        <LinkButton look="plain" href="/incontri">
          {t('listTitle')}
        </LinkButton>
      </div>
    </form>,
  );
}

function registrationPage(c: AppContext, opened: OpenedRegistration, tooLate = false) {
  const { locale, clock } = callOf(c);
  const t = workshopStrings(locale);
  const { registration, session } = opened;
  const justMade = c.req.query('nuova') !== undefined;
  return page(
    c,
    {
      title: t('mineTitle'),
      lead: session.title[locale],
      active: 'sessions',
      status: tooLate ? 410 : 200,
      breadcrumbs: [{ label: t('listTitle'), href: '/incontri' }, { label: t('mineTitle') }],
    },
    <>
      {tooLate && (
        <Alert kind="warning" live>
          {t('offerOver')}
        </Alert>
      )}
      {justMade && registration.contactEmail && stands(registration.state) && (
        <Alert kind="success" live>
          {t(registration.state === 'waiting' ? 'queuedNow' : 'registeredNow', {
            email: registration.contactEmail,
          })}{' '}
          {c.get('demo') && <a href="/posta-demo">{t('demoMail')}</a>}
        </Alert>
      )}
      <Place opened={opened} />
      <Card>
        <DefinitionList
          items={[
            [t('state'), <Tag>{stateName(registration.state, locale)}</Tag>],
            [t('seat'), registration.seat],
            [
              t('code'),
              <>
                <strong class="booking-code">{formatCode(registration.code)}</strong>
                <br />
                <small>{t('codeHelp')}</small>
              </>,
            ],
            [t('who'), `${registration.person.givenName} ${registration.person.familyName}`],
          ]}
        />
        <SessionFacts session={session} />
      </Card>
      <Actions opened={opened} now={clock.now()} />
    </>,
  );
}

/** The place in the queue, or the seat that is kept. */
function Place({ opened }: { opened: OpenedRegistration }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  const { before, expiresAt, state, id } = opened.registration;
  if (state === 'offered' && expiresAt !== undefined) {
    return (
      <Alert kind="success" title={t('stateOffered')}>
        <p>{t('kept', { when: formatDateTime(expiresAt, locale) })}</p>
        <div class="actions">
          <PostButton action={`${HERE}/accetta`} fields={{ id }} icon="it-check">
            {t('takeSeat')}
          </PostButton>
          <SurePostButton
            action={`${HERE}/annulla`}
            fields={{ id }}
            ask={t('declineSeat')}
            sure={t('leaveSure')}
          >
            {t('leaveYes')}
          </SurePostButton>
        </div>
      </Alert>
    );
  }
  if (before === undefined) return null;
  return (
    <Alert kind="info">
      {before === 0 ? t('beforeNobody') : t('before', { count: before })} {t('queueLead')}
    </Alert>
  );
}

function Actions({ opened, now }: { opened: OpenedRegistration; now: Instant }) {
  const t = workshopStrings(useLocale());
  const { registration, session } = opened;
  const ahead = session.startsAt > now && session.state === 'published';
  const { state, id } = registration;
  return (
    <div class="actions mt-4 no-print">
      {state === 'registered' && (
        <LinkButton href={`${HERE}/calendario`} icon="it-calendar" download>
          {t('calendar')}
        </LinkButton>
      )}
      <PrintButton look="outline">{t('print')}</PrintButton>
      {ahead && (state === 'registered' || state === 'waiting') && (
        <SurePostButton
          action={`${HERE}/annulla`}
          fields={{ id }}
          ask={t(state === 'waiting' ? 'leaveQueue' : 'cancelRegistration')}
          sure={t('leaveSure')}
        >
          {t('leaveYes')}
        </SurePostButton>
      )}
      {ahead && !stands(state) && (
        <LinkButton href={`/incontri/${session.id}/iscrizione`}>{t('again')}</LinkButton>
      )}
      <PostButton action={`${HERE}/chiudi`} look="plain">
        {t('forget')}
      </PostButton>
    </div>
  );
}
