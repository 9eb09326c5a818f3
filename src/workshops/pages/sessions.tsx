import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { listSessions, readSession } from '../actions/read-sessions.ts';
import { doorOf, isFull } from '../rules/registration.ts';
import type { GroupSession } from '../session.ts';
import { workshopStrings } from '../strings.ts';
import { SessionFacts, sessionTime } from './parts.tsx';

export const sessionPages = createApi();

/** Days ahead that the public list shows. */
const AHEAD_DAYS = 120;

sessionPages.get('/incontri', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = workshopStrings(locale);
  const now = call.clock.now();
  const all = await listSessions(call, { window: { start: now, end: now + AHEAD_DAYS * DAY } });
  const offices = new Map(all.map(({ office }) => [office.code, office.name]));
  const asked = c.req.query('ufficio') ?? '';
  const shown = offices.has(asked) ? all.filter(({ office }) => office.code === asked) : all;
  return page(
    c,
    {
      title: t('listTitle'),
      lead: t('listLead'),
      active: 'sessions',
      breadcrumbs: [{ label: t('listTitle') }],
    },
    <>
      {offices.size > 1 && (
        <form method="get" action="/incontri" class="form-block">
          <SelectField
            name="ufficio"
            label={t('office')}
            empty={t('anyOffice')}
            value={asked}
            options={[...offices]
              .sort(([, a], [, b]) => a.localeCompare(b))
              .map(([value, label]) => ({ value, label }))}
            submits
          />
          <div class="actions">
            <SubmitButton look="outline">{t('show')}</SubmitButton>
          </div>
        </form>
      )}
      {shown.length === 0 ? (
        <EmptyState title={t('none')} icon="it-calendar">
          <p>{t('noneHelp')}</p>
          <LinkButton href="/prenota">{t('book')}</LinkButton>
        </EmptyState>
      ) : (
        <section aria-label={t('sessions')} class="cards">
          {shown.map((session) => (
            <SessionCard session={session} />
          ))}
        </section>
      )}
      <p class="mt-4">
        <a href="/incontri/iscrizione">{t('openMine')}</a>
      </p>
    </>,
  );
});

function SessionCard({ session }: { session: GroupSession }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  return (
    <Card
      title={session.title[locale]}
      footer={
        <LinkButton href={`/incontri/${session.id}`}>
          {t('details')}
          <span class="visually-hidden">: {session.title[locale]}</span>
        </LinkButton>
      }
    >
      <p>
        <strong>{sessionTime(session, locale)}</strong>
        <br />
        {session.office.name}
      </p>
      <Room session={session} />
    </Card>
  );
}

function Room({ session }: { session: GroupSession }) {
  const t = workshopStrings(useLocale());
  return isFull(session) ? (
    <Tag tone="warning">{t('full')}</Tag>
  ) : (
    <Tag tone="success">{t('seatsFree', { count: session.seats - session.taken })}</Tag>
  );
}

sessionPages.get('/incontri/:id', async (c, next) => {
  const id = z.uuid().safeParse(c.req.param('id'));
  // Pages with names of their own come later.
  if (!id.success) return next();
  const call = callOf(c);
  const { locale } = call;
  const session = await readSession(call, id.data);
  if (session.state === 'draft') throw notFound();
  const t = workshopStrings(locale);
  return page(
    c,
    {
      title: session.title[locale],
      active: 'sessions',
      breadcrumbs: [{ label: t('listTitle'), href: '/incontri' }, { label: session.title[locale] }],
    },
    <>
      <p>{session.description[locale]}</p>
      <Card>
        <SessionFacts session={session} />
        {session.state === 'published' && <Room session={session} />}
      </Card>
      <DoorPart session={session} now={call.clock.now()} />
    </>,
  );
});

/** Whether one can register, and the way in. */
function DoorPart({ session, now }: { session: GroupSession; now: Instant }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  switch (doorOf(session, now)) {
    case 'open':
      return (
        <div class="actions mt-4">
          <LinkButton href={`/incontri/${session.id}/iscrizione`}>
            {isFull(session) ? t('joinQueue') : t('register')}
          </LinkButton>
          <span>
            {t('registrationUntil', { when: formatDateTime(session.registrationClosesAt, locale) })}
          </span>
        </div>
      );
    case 'not-yet':
      return (
        <Alert kind="info">
          {t('opensAt', { when: formatDateTime(session.registrationOpensAt, locale) })}
        </Alert>
      );
    case 'cancelled':
      return (
        <Alert kind="warning">
          {session.cancelReason
            ? t('cancelledWhy', { reason: session.cancelReason })
            : t('cancelledByOffice')}
        </Alert>
      );
    default:
      return <Alert kind="info">{t('closed')}</Alert>;
  }
}
