import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookedNotices, cancelledNotices, movedNotices } from '../../src/booking/notices.ts';
import type { AppointmentView } from '../../src/booking/store/appointments.ts';
import {
  appointmentDisplaced,
  appointmentRestored,
  disruptionNotices,
} from '../../src/disruption/notices.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import type { Message } from '../../src/notices/carrier.ts';
import { enqueue, withdraw } from '../../src/notices/outbox.ts';
import { remindersOf } from '../../src/notices/rules/reminders.ts';
import { saveReminderDays } from '../../src/notices/store/reminders.ts';
import { outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { DAY, wall } from '../../src/platform/clock.ts';
import { TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { APPOINTMENT } from './notice.ts';

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'Europe/Rome' }).toMillis();
const utc = (instants: readonly { dueAt: number }[]) =>
  instants.map(({ dueAt }) => new Date(dueAt).toISOString());

test('three days before, at the same hour, even when the clocks change in between', () => {
  const booked = at('2027-10-01T10:00');
  // Saturday 30 October 9:00 is still summer time; Tuesday 2 November is not.
  expect(utc(remindersOf(at('2027-11-02T09:00'), [3], booked))).toEqual([
    '2027-10-30T07:00:00.000Z',
  ]);
  expect(utc(remindersOf(at('2027-03-30T09:00'), [3], at('2027-03-01T10:00')))).toEqual([
    '2027-03-27T08:00:00.000Z',
  ]);
});

test('nobody is reminded within a day of being told', () => {
  const startsAt = at('2027-03-08T09:00');
  expect(remindersOf(startsAt, [2], at('2027-03-05T09:00'))).toHaveLength(1);
  expect(remindersOf(startsAt, [2], at('2027-03-05T09:01'))).toEqual([]);
  expect(remindersOf(startsAt, [], at('2027-01-01T09:00'))).toEqual([]);
});

test('a reminder that is late gives way to the next one', () => {
  const startsAt = at('2027-03-20T09:00');
  const [week, day] = remindersOf(startsAt, [1, 7, 7], at('2027-03-01T09:00'));
  expect(week).toEqual({ dueAt: at('2027-03-13T09:00'), staleAt: day!.dueAt });
  expect(day).toEqual({ dueAt: at('2027-03-19T09:00'), staleAt: startsAt });
});

test('every reminder is at the hour of the appointment, before it, and a day after now', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2027-01-01T00:00'), max: at('2028-01-01T00:00') }),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 60 * DAY }),
      (startsAt, days, ahead) => {
        const now = startsAt - ahead;
        for (const { dueAt, staleAt } of remindersOf(startsAt, days, now)) {
          expect(dueAt - now).toBeGreaterThanOrEqual(DAY);
          expect(dueAt).toBeLessThan(staleAt);
          expect(staleAt).toBeLessThanOrEqual(startsAt);
          const exists = wall(startsAt).set({ day: wall(dueAt).day, month: wall(dueAt).month });
          if (exists.toFormat('HH:mm') === wall(startsAt).toFormat('HH:mm'))
            expect(wall(dueAt).toFormat('HH:mm')).toBe(wall(startsAt).toFormat('HH:mm'));
        }
      },
    ),
  );
});

let services: TestServices;
beforeAll(async () => {
  services = await testServices();
});
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.delete(outbox);
});
afterAll(() => services.close());

const call = () => systemCall(services, 'test');
const SERVICE = '01890a5d-ac96-774b-bcce-b302099a8058';
const told = (startsAt: number) => ({
  id: APPOINTMENT,
  code: 'K7M2P9QXTD',
  startsAt,
  endsAt: startsAt + 30 * 60_000,
  version: 1,
  locale: 'it' as const,
  service: {
    id: SERVICE,
    name: { it: 'Primo colloquio', en: 'First interview' },
    whatToBring: { it: [], en: [] },
    mode: 'desk' as const,
  },
  office: { id: '01890a5d-ac96-774b-bcce-b302099a8059', name: 'Cpi di Palermo' },
});
/** Told by e-mail alone. */
const ROSA = {
  contactEmail: 'rosa@example.org',
  contactPhone: undefined,
  alsoBy: undefined,
  person: undefined,
};
const rowsOf = () =>
  services.database.select().from(outbox).orderBy(outbox.dueAt, outbox.createdAt, outbox.id);

test('a service without a choice of its own reminds two days before', async () => {
  const notices = await bookedNotices(
    services.database,
    told(at('2027-03-20T09:00')),
    ROSA,
    services.clock.now(),
  );
  expect(notices.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
    ['appointment-confirmed', undefined],
    ['appointment-reminder', at('2027-03-18T09:00')],
  ]);
});

test('a service reminds as many days before as it chose, each time once', async () => {
  await saveReminderDays(services.database, {
    serviceId: SERVICE,
    days: [7, 1],
    editedBy: null,
    editedAt: services.clock.now(),
  });
  const startsAt = at('2027-03-20T09:00');
  await services.database.transaction(async (tx) => {
    const notices = await bookedNotices(tx, told(startsAt), ROSA, call().clock.now());
    await enqueue(tx, call(), ...notices);
  });
  const left: string[] = [];
  const carriers = {
    email: {
      async send({ subject }: { subject: string }) {
        left.push(subject.split(':')[0]!);
        return {};
      },
    },
  };
  for (const day of ['04', '12', '13', '14', '18', '19', '20', '21']) {
    services.setNow(`2027-03-${day}T09:00`);
    await sendDue(call(), carriers);
    await sendDue(call(), carriers);
  }
  expect(left).toEqual(['Appuntamento confermato', 'Promemoria', 'Promemoria']);
});

test('a moved appointment is called to mind once, at its new time', async () => {
  const now = services.clock.now();
  const enqueueAll = async (make: typeof bookedNotices, startsAt: number) =>
    services.database.transaction(async (tx) => {
      await withdraw(tx, APPOINTMENT);
      await enqueue(tx, call(), ...(await make(tx, told(startsAt), ROSA, now)));
    });
  await enqueueAll(bookedNotices, at('2027-04-20T09:00'));
  await enqueueAll(movedNotices, at('2027-04-22T09:00'));
  await enqueueAll(movedNotices, at('2027-04-20T09:00'));
  const waiting = (await rowsOf()).filter(
    ({ kind, state }) => kind === 'appointment-reminder' && state === 'waiting',
  );
  expect(waiting.map(({ dueAt }) => dueAt)).toEqual([
    at('2027-04-13T09:00'),
    at('2027-04-19T09:00'),
  ]);
});

test('booked, moved, taken away, given back and cancelled, it stays one entry of the calendar', async () => {
  const files: string[] = [];
  const carriers = {
    email: {
      async send({ attachments }: Pick<Message, 'attachments'>) {
        for (const { mediaType, content } of attachments)
          files.push(`${mediaType.split('=').at(-1)} ${content.replace(/\r\n[ \t]/g, '')}`);
        return {};
      },
    },
  };
  const start = at('2027-04-20T09:00');
  const view = (version: number) => ({ ...told(start), version });
  const by = (kind: typeof appointmentDisplaced, version: number) =>
    disruptionNotices(kind, { ...view(version), ...ROSA } as unknown as AppointmentView, {
      reason: 'guasto',
    });
  const now = services.clock.now();
  const steps = [
    (await bookedNotices(services.database, view(1), ROSA, now))[0]!,
    (await movedNotices(services.database, view(2), ROSA, now))[0]!,
    by(appointmentDisplaced, 3)[0]!,
    by(appointmentRestored, 4)[0]!,
    cancelledNotices(view(5), ROSA)[0]!,
  ];
  for (const step of steps) {
    await services.database.transaction((tx) => enqueue(tx, call(), step));
    await sendDue(call(), carriers);
  }
  const field = (file: string, name: string) => file.match(new RegExp(`${name}:(.*)\r`))?.[1];
  expect(files.map((file) => file.split(' ', 1)[0])).toEqual([
    'REQUEST',
    'REQUEST',
    'CANCEL',
    'REQUEST',
    'CANCEL',
  ]);
  expect(files.map((file) => field(file, 'SEQUENCE'))).toEqual(['0', '1', '2', '3', '4']);
  expect(new Set(files.map((file) => field(file, 'UID')))).toEqual(new Set([APPOINTMENT]));
  for (const file of files) {
    expect(file.startsWith(field(file, 'METHOD')!)).toBe(true);
    expect(file).toMatch(/ATTENDEE;.*:mailto:rosa@example\.org\r/i);
  }
});

test('whoever left a telephone alone is told by text message, and called to mind by it', async () => {
  const texts: string[] = [];
  const carriers = {
    sms: {
      async send({ to, short }: Pick<Message, 'to' | 'short'>) {
        texts.push(`${to}: ${short.split(':')[0]!.slice(0, 16)}`);
        return {};
      },
    },
  };
  const notices = await bookedNotices(
    services.database,
    { ...told(at('2027-03-20T09:00')), service: { ...told(0).service, id: services.ids() } },
    { ...ROSA, contactEmail: undefined, contactPhone: '333 1234567' },
    services.clock.now(),
  );
  await services.database.transaction((tx) => enqueue(tx, call(), ...notices));
  await sendDue(call(), carriers);
  services.setNow('2027-03-18T09:00+01:00');
  await sendDue(call(), carriers);
  expect(texts).toEqual(['+393331234567: Primo colloquio,', '+393331234567: Promemoria']);
});

test('the database itself refuses a second reminder of the same thing at the same moment', async () => {
  const startsAt = at('2027-05-20T09:00');
  const promise = () =>
    services.database.transaction(async (tx) => {
      const [, reminder] = await bookedNotices(tx, told(startsAt), ROSA, services.clock.now());
      await enqueue(tx, call(), reminder!);
    });
  await promise();
  await expect(promise()).rejects.toMatchObject({
    cause: expect.objectContaining({ constraint: 'outbox_reminder_unique' }),
  });
});
