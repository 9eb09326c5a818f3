import { z } from 'zod';
import { findDeskOffice } from '../../booking/actions/find-desk-office.ts';
import { callOf } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, notFound } from '../../platform/problem.ts';
import {
  LinkButton,
  PostButton,
  PrintButton,
  SubmitButton,
} from '../../web/components/buttons.tsx';
import { Card, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { cancelSession } from '../actions/cancel-session.ts';
import {
  type AttendanceList,
  listOfficeSessions,
  readAttendanceList,
} from '../actions/read-sessions.ts';
import { recordAttendance } from '../actions/record-attendance.ts';
import { attendanceCsv } from '../attendance-csv.ts';
import { ATTENDANCES, judgeAttendance, stands } from '../rules/registration.ts';
import type { GroupSession, Registration } from '../session.ts';
import { workshopStrings } from '../strings.ts';
import { SessionFacts, sessionTime, stateName } from './parts.tsx';

export const deskPages = createApi();

const DESK = '/operatore/incontri';
/** Days back and ahead that the desk's list shows. */
const BACK_DAYS = 30;
const AHEAD_DAYS = 180;

deskPages.get(DESK, async (c) => {
  const call = callOf(c);
  const t = workshopStrings(call.locale);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const now = call.clock.now();
  const sessions = await listOfficeSessions(call, {
    officeId: office.id,
    window: { start: now - BACK_DAYS * DAY, end: now + AHEAD_DAYS * DAY },
  });
  const upcoming = sessions.filter(({ endsAt }) => endsAt > now);
  const past = sessions.filter(({ endsAt }) => endsAt <= now);
  return page(
    c,
    {
      title: t('deskTitle'),
      lead: t('deskLead', { office: office.name }),
      active: 'operator',
      wide: true,
    },
    <>
      <div class="actions mb-4">
        <LinkButton href={`${DESK}/nuovo?ufficio=${office.code}`} icon="it-plus-circle">
          {t('newSession')}
        </LinkButton>
      </div>
      {upcoming.length === 0 ? (
        <EmptyState title={t('deskNone')} icon="it-calendar">
          <p>{t('deskNoneHelp')}</p>
        </EmptyState>
      ) : (
        <SessionTable caption={t('upcoming')} sessions={upcoming} />
      )}
      {past.length > 0 && <SessionTable caption={t('past')} sessions={past.reverse()} />}
    </>,
  );
});

function SessionTable(props: { caption: string; sessions: readonly GroupSession[] }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('title')}</th>
          <th scope="col">{t('seats')}</th>
          <th scope="col">{t('leaders')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {props.sessions.map((session) => (
          <tr>
            <td>{sessionTime(session, locale)}</td>
            <td>
              <a href={`${DESK}/${session.id}`}>{session.title[locale]}</a>
              <div class="text-secondary">{session.room}</div>
            </td>
            <td>
              <Seats session={session} />
            </td>
            <td>{session.leaders.map(({ name }) => name).join(', ')}</td>
            <td>
              <State session={session} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Seats({ session }: { session: GroupSession }) {
  const t = workshopStrings(useLocale());
  return (
    <>
      {t('taken', { taken: session.taken, seats: session.seats })}
      {session.waiting > 0 && `, ${t('waiting', { count: session.waiting })}`}
    </>
  );
}

function State({ session }: { session: GroupSession }) {
  const t = workshopStrings(useLocale());
  switch (session.state) {
    case 'draft':
      return <Tag tone="warning">{t('draft')}</Tag>;
    case 'cancelled':
      return <Tag>{t('cancelledState')}</Tag>;
    case 'published':
      return <Tag tone="success">{t('published')}</Tag>;
  }
}

deskPages.get(`${DESK}/:id`, async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = workshopStrings(locale);
  const list = await listOf(c);
  const { session } = list;
  const now = call.clock.now();
  const open = session.state !== 'cancelled' && session.startsAt > now;
  return page(
    c,
    {
      title: session.title[locale],
      lead: <Seats session={session} />,
      active: 'operator',
      wide: true,
      breadcrumbs: [
        { label: t('deskTitle'), href: `${DESK}?ufficio=${session.office.code}` },
        { label: session.title[locale] },
      ],
    },
    <>
      <Card>
        <State session={session} />
        <SessionFacts session={session} />
      </Card>
      <div class="actions my-4 no-print">
        <PrintButton look="outline">{t('print')}</PrintButton>
        <LinkButton
          look="outline"
          href={`${DESK}/${session.id}/presenze.csv`}
          icon="it-file-csv"
          download
        >
          {t('csv')}
        </LinkButton>
        {open && (
          <>
            <LinkButton look="outline" href={`${DESK}/${session.id}/modifica`} icon="it-pencil">
              {t('edit')}
            </LinkButton>
            <LinkButton look="danger" href={`${DESK}/${session.id}/annulla`}>
              {t('cancelSession')}
            </LinkButton>
          </>
        )}
      </div>
      {list.registrations.length === 0 ? (
        <EmptyState title={t('nobodyYet')} icon="it-user">
          <p>{t('nobodyYetHelp')}</p>
        </EmptyState>
      ) : (
        <AttendanceTable list={list} now={now} />
      )}
    </>,
  );
});

function AttendanceTable({ list, now }: { list: AttendanceList; now: number }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  return (
    <Table caption={t('attendanceTitle')}>
      <thead>
        <tr>
          <th scope="col">{t('seat')}</th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('contact')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" class="print-only">
            {t('signature')}
          </th>
          <th scope="col" class="no-print">
            {t('outcome')}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.registrations.map((one) => (
          <tr>
            <td>{one.seat}</td>
            <td>
              {one.person.familyName} {one.person.givenName}
            </td>
            <td>{one.contactEmail ?? one.contactPhone}</td>
            <td>
              <Tag tone={one.state === 'came' ? 'success' : 'neutral'}>
                {stateName(one.state, locale)}
              </Tag>
            </td>
            <td class="print-only" />
            <td class="no-print">
              <Ticks session={list.session} registration={one} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What may be recorded now, each a button; and the way back from what was recorded. */
function Ticks(props: { session: GroupSession; registration: Registration; now: number }) {
  const t = workshopStrings(useLocale());
  const { session, registration, now } = props;
  const offered = registration.state === 'registered' ? ATTENDANCES : [undefined];
  return (
    <div class="actions actions-tight">
      {offered
        .filter((one) => judgeAttendance(registration.state, session, one, now) === 'allowed')
        .map((one) => (
          <PostButton
            action={`${DESK}/${session.id}/presenza`}
            fields={{ id: registration.id, esito: one ?? 'none' }}
            look={one === 'came' ? 'outline' : 'plain'}
            small
          >
            {t(one ?? 'undo')}
            <span class="visually-hidden">: {registration.person.familyName}</span>
          </PostButton>
        ))}
    </div>
  );
}

const tickForm = z.object({ id: z.uuid(), esito: z.enum([...ATTENDANCES, 'none']) });

deskPages.post(`${DESK}/:id/presenza`, async (c) => {
  const { session } = await listOf(c);
  const parsed = tickForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, esito } = parsed.data;
  await recordAttendance(callOf(c), { id, attendance: esito === 'none' ? undefined : esito });
  return c.redirect(`${DESK}/${session.id}`, 303);
});

deskPages.get(`${DESK}/:id/presenze.csv`, async (c) => {
  const list = await listOf(c);
  return c.body(attendanceCsv(list.registrations, c.get('locale')), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="presenze.csv"',
    'Cache-Control': 'no-store',
  });
});

deskPages.get(`${DESK}/:id/annulla`, async (c) => {
  const { locale } = callOf(c);
  const t = workshopStrings(locale);
  const { session, registrations } = await listOf(c);
  const told = registrations.filter(({ state }) => stands(state)).length;
  return page(
    c,
    {
      title: t('cancelTitle'),
      lead: session.title[locale],
      active: 'operator',
      breadcrumbs: [
        { label: t('deskTitle'), href: `${DESK}?ufficio=${session.office.code}` },
        { label: session.title[locale], href: `${DESK}/${session.id}` },
        { label: t('cancelSession') },
      ],
    },
    <>
      <Card>
        <SessionFacts session={session} />
      </Card>
      {told > 0 && <Alert kind="warning">{t('cancelLead', { count: told })}</Alert>}
      <form method="post" action={`${DESK}/${session.id}/annulla`} class="form-block mt-4">
        <TextArea
          name="motivo"
          label={t('cancelReason')}
          hint={t('optional')}
          maxlength={500}
          rows={3}
        />
        <div class="actions">
          <SubmitButton look="danger">{t('cancelYes')}</SubmitButton>
          <LinkButton look="outline" href={`${DESK}/${session.id}`}>
            {t('cancelNo')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
});

deskPages.post(`${DESK}/:id/annulla`, async (c) => {
  const { session } = await listOf(c);
  const { motivo } = await formValues(c);
  const reason = typeof motivo === 'string' && motivo !== '' ? motivo.slice(0, 500) : undefined;
  await cancelSession(callOf(c), { id: session.id, ...(reason !== undefined && { reason }) });
  return c.redirect(`${DESK}/${session.id}`, 303);
});

/** The list of the session that the address names. @throws {Problem} 401, 403, 404 */
function listOf(c: AppContext): Promise<AttendanceList> {
  const id = z.uuid().safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return readAttendanceList(callOf(c), id.data);
}
