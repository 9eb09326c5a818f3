import { z } from 'zod';
import { links } from '../../booking/pages/links.ts';
import {
  keepPass as keepAppointment,
  keepOwn as keepOwnAppointment,
} from '../../booking/pages/pass.ts';
import { PassFields, passLabels, typedPass } from '../../booking/pages/pass-form.tsx';
import { formatCode } from '../../booking/rules/code.ts';
import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import {
  LinkButton,
  PostButton,
  SubmitButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime, formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { acceptOffer, declineOffer } from '../actions/answer-offer.ts';
import { changeWish } from '../actions/change-wish.ts';
import { leaveList } from '../actions/leave-list.ts';
import {
  entryToChange,
  listOwnEntries,
  lookUpEntry,
  type OpenedEntry,
} from '../actions/look-up-entry.ts';
import type { Offer } from '../entry.ts';
import { MAX_LET_PASS } from '../rules/fit.ts';
import { isUrgent } from '../rules/order.ts';
import { waitlistStrings } from '../strings.ts';
import { dayName, OFFER_STATE_NAMES, Rules, WhenFields } from './parts.tsx';
import { forgetPass, keepOwn, keepPass, openedEntry } from './pass.ts';
import { parseWhen, wishValues } from './wish-form.ts';

export const myPlacePages = createApi();

const HERE = '/attesa/posto';

myPlacePages.get(HERE, async (c) => {
  const opened = await openedEntry(c);
  return opened ? placePage(c, opened) : lookupPage(c, EMPTY_FORM);
});

myPlacePages.post(HERE, rateLimit({ scope: 'lookup', perMinute: 20 }), async (c) => {
  const typed = await typedPass(
    c,
    (pass) => lookUpEntry(callOf(c), pass),
    waitlistStrings(c.get('locale'))('notFound'),
  );
  if ('form' in typed) return lookupPage(c, typed.form, typed.status);
  await keepPass(c, typed.pass);
  return c.redirect(HERE, 303);
});

/** One of the signed-in jobseeker's own places. */
myPlacePages.post(`${HERE}/apri`, async (c) => {
  const { id } = await formValues(c);
  const parsed = z.uuid().safeParse(id);
  if (!parsed.success) return c.redirect(HERE, 303);
  const { entry } = await entryToChange(callOf(c), { id: parsed.data });
  await keepOwn(c, entry.id);
  return c.redirect(HERE, 303);
});

myPlacePages.post(`${HERE}/chiudi`, (c) => {
  forgetPass(c);
  return c.redirect(c.get('actor').kind === 'jobseeker' ? HERE : '/', 303);
});

myPlacePages.post(`${HERE}/accetta`, async (c) => {
  const answer = await answerFrom(c);
  if (!answer) return c.redirect(HERE, 303);
  try {
    const { entry } = await acceptOffer(callOf(c), answer);
    if (!entry.current) return c.redirect(HERE, 303);
    const { code, id } = entry.current;
    if (answer.pass) await keepAppointment(c, { code, contact: answer.pass.contact });
    else await keepOwnAppointment(c, id);
    return c.redirect('/appuntamento', 303);
  } catch (error) {
    return goneOr(c, error);
  }
});

myPlacePages.post(`${HERE}/rifiuta`, async (c) => {
  const answer = await answerFrom(c);
  try {
    if (answer) await declineOffer(callOf(c), answer);
    return c.redirect(HERE, 303);
  } catch (error) {
    return goneOr(c, error);
  }
});

async function answerFrom(c: AppContext) {
  const opened = await openedEntry(c);
  const { id } = await formValues(c);
  // The form names the offer: one made meanwhile is another.
  const offer = opened?.offers.find((one) => one.id === id);
  return opened && offer && { entryId: opened.entry.id, offerId: offer.id, pass: opened.pass };
}

async function goneOr(c: AppContext, error: unknown) {
  if (!(error instanceof Problem) || error.status !== 410) throw error;
  const opened = await openedEntry(c);
  return opened ? placePage(c, opened, true) : c.redirect(HERE, 303);
}

myPlacePages.post(`${HERE}/esci`, async (c) => {
  const opened = await openedEntry(c);
  const { id } = await formValues(c);
  if (opened && id === opened.entry.id) {
    await leaveList(callOf(c), { id: opened.entry.id, pass: opened.pass });
  }
  return c.redirect(HERE, 303);
});

myPlacePages.get(`${HERE}/preferenze`, async (c) => {
  const opened = await openedEntry(c);
  if (opened?.entry.state !== 'waiting') return c.redirect(HERE, 303);
  return wishPage(c, { values: wishValues(opened.entry.wish), errors: {} });
});

myPlacePages.post(`${HERE}/preferenze`, async (c) => {
  const call = callOf(c);
  const opened = await openedEntry(c);
  if (opened?.entry.state !== 'waiting') return c.redirect(HERE, 303);
  const values = await formValues(c);
  const parsed = parseWhen(values, call.clock.now(), call.locale);
  if ('errors' in parsed) return wishPage(c, { values, errors: parsed.errors }, 422);
  await changeWish(call, { id: opened.entry.id, pass: opened.pass, when: parsed.when });
  return c.redirect(HERE, 303);
});

function wishPage(c: AppContext, form: FormState, status: 200 | 422 = 200) {
  const t = waitlistStrings(c.get('locale'));
  return page(
    c,
    {
      title: t('changeTitle'),
      lead: t('changeLead'),
      active: 'appointment',
      status,
      breadcrumbs: [{ label: t('mineTitle'), href: HERE }, { label: t('changeTitle') }],
    },
    <form method="post" action={`${HERE}/preferenze`} class="form-block" novalidate>
      <ErrorSummary form={form} />
      <WhenFields form={form} />
      <div class="actions">
        <SubmitButton>{t('save')}</SubmitButton>
        <LinkButton look="plain" href={HERE}>
          {t('back')}
        </LinkButton>
      </div>
    </form>,
  );
}

async function lookupPage(c: AppContext, form: FormState, status: 200 | 404 | 422 = 200) {
  const call = callOf(c);
  const t = waitlistStrings(call.locale);
  const own = call.actor.kind === 'jobseeker' ? await listOwnEntries(call) : [];
  return page(
    c,
    { title: t('mineTitle'), lead: t('mineLead'), active: 'appointment', status },
    <>
      {own.length > 0 && (
        <section aria-label={t('yours')} class="cards mb-5">
          {own.map((entry) => (
            <Card
              title={entry.service.name[call.locale]}
              footer={
                <PostButton action={`${HERE}/apri`} fields={{ id: entry.id }} look="outline" small>
                  {t('open')}
                  <span class="visually-hidden">: {entry.service.name[call.locale]}</span>
                </PostButton>
              }
            />
          ))}
        </section>
      )}
      <form method="post" action={HERE} class="form-block" novalidate>
        <ErrorSummary form={form} labels={passLabels(c.get('locale'), t('code'))} />
        <PassFields form={form} code={t('code')} codeHint={t('codeHint')} />
        <div class="actions">
          <SubmitButton>{t('open')}</SubmitButton>
        </div>
      </form>
    </>,
  );
}

const STATES = {
  waiting: 'stateWaiting',
  served: 'stateServed',
  left: 'stateLeft',
  ended: 'stateEnded',
} as const;

function placePage(c: AppContext, opened: OpenedEntry, gone = false) {
  const { locale, clock } = callOf(c);
  const t = waitlistStrings(locale);
  const { entry, offers } = opened;
  const now = clock.now();
  const open = offers.find((offer) => offer.state === 'open' && offer.expiresAt > now);
  const waiting = entry.state === 'waiting';
  return page(
    c,
    {
      title: t('mineTitle'),
      lead: entry.service.name[locale],
      active: 'appointment',
      status: gone ? 410 : 200,
    },
    <>
      {gone && (
        <Alert kind="warning" live>
          {t('offerGone')}
        </Alert>
      )}
      {c.req.query('nuova') !== undefined && entry.contactEmail && waiting && (
        <Alert kind="success" live>
          {t('joinedNow', { email: entry.contactEmail })}{' '}
          {c.get('demo') && <a href="/posta-demo">{t('demoMail')}</a>}
        </Alert>
      )}
      {open && <OpenOffer offer={open} moves={entry.current !== undefined} />}
      <Card>
        <PlaceFacts opened={opened} now={now} />
      </Card>
      <div class="actions mt-4 no-print">
        {waiting ? (
          <>
            <LinkButton look="outline" href={`${HERE}/preferenze`}>
              {t('change')}
            </LinkButton>
            <SurePostButton
              action={`${HERE}/esci`}
              fields={{ id: entry.id }}
              ask={t('leave')}
              sure={t('leaveSure')}
            >
              {t('leaveYes')}
            </SurePostButton>
          </>
        ) : (
          <LinkButton
            href={links.wait({
              servizio: entry.service.code,
              ufficio: opened.offices.length === 1 ? opened.offices[0]?.code : undefined,
            })}
          >
            {t('again')}
          </LinkButton>
        )}
        <PostButton action={`${HERE}/chiudi`} look="plain">
          {t(c.get('actor').kind === 'jobseeker' ? 'toMine' : 'forget')}
        </PostButton>
      </div>
      {offers.length > 0 && <History offers={offers} />}
      <Rules />
    </>,
  );
}

function OpenOffer({ offer, moves }: { offer: Offer; moves: boolean }) {
  const locale = useLocale();
  const t = waitlistStrings(locale);
  return (
    <Alert kind="success" title={t('offerTitle')}>
      <p>
        {t('offerText', {
          when: formatDateTime(offer.startsAt, locale),
          office: offer.office.name,
          until: formatDateTime(offer.expiresAt, locale),
        })}
      </p>
      <p data-countdown={toRfc3339(offer.expiresAt)} hidden>
        {t('timeLeft')}: <strong role="timer" aria-live="off" />
      </p>
      <div class="actions">
        <PostButton action={`${HERE}/accetta`} fields={{ id: offer.id }} icon="it-check">
          {t(moves ? 'acceptMove' : 'accept')}
        </PostButton>
        <SurePostButton
          action={`${HERE}/rifiuta`}
          fields={{ id: offer.id }}
          ask={t('decline')}
          sure={t('declineSure')}
        />
      </div>
    </Alert>
  );
}

function PlaceFacts({ opened, now }: { opened: OpenedEntry; now: number }) {
  const locale = useLocale();
  const t = waitlistStrings(locale);
  const { entry, before } = opened;
  const { wish, person, current } = entry;
  const waiting = entry.state === 'waiting';
  return (
    <DefinitionList
      items={[
        [t('state'), <Tag tone={waiting ? 'info' : 'neutral'}>{t(STATES[entry.state])}</Tag>],
        [
          t('place'),
          before === undefined ? undefined : (
            <>
              <strong>
                {before === 0 ? t('placeFirst') : t('placeBefore', { count: before })}
              </strong>{' '}
              {entry.deadline && isUrgent(entry, now)
                ? t('becauseUrgent', { day: formatDay(entry.deadline.day, locale) })
                : t('because', { when: formatDateTime(entry.joinedAt, locale) })}
            </>
          ),
        ],
        [
          t('code'),
          <>
            <strong class="booking-code">{formatCode(entry.code)}</strong>
            <br />
            <small>{t('codeHelp')}</small>
          </>,
        ],
        [t('who'), `${person.givenName} ${person.familyName}`],
        [t('offices'), opened.offices.map(({ name }) => name).join(', ')],
        [
          t('suits'),
          <>
            {t('between', {
              from: formatDay(wish.fromDay, locale),
              to: formatDay(wish.toDay, locale),
            })}
            <br />
            {wish.weekdays.map((day) => t(dayName(day))).join(', ')}
            <br />
            {wish.parts.map((part) => t(part)).join('; ')}
          </>,
        ],
        [t('passesLeft'), waiting ? String(Math.max(0, MAX_LET_PASS - entry.letPass)) : undefined],
        [
          t('appointment'),
          waiting && current?.startsAt !== undefined
            ? t('improves', { when: formatDateTime(current.startsAt, locale) })
            : undefined,
        ],
      ]}
    />
  );
}

function History({ offers }: { offers: readonly Offer[] }) {
  const locale = useLocale();
  const t = waitlistStrings(locale);
  return (
    <Table caption={t('history')}>
      <thead>
        <tr>
          <th scope="col">{t('offered')}</th>
          <th scope="col">{t('office')}</th>
          <th scope="col">{t('outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {offers.map((offer) => (
          <tr>
            <td>{formatDateTime(offer.startsAt, locale)}</td>
            <td>{offer.office.name}</td>
            <td>{t(OFFER_STATE_NAMES[offer.state])}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
