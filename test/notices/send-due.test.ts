import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import { type Carriers, type Message, NotNow, Undeliverable } from '../../src/notices/carrier.ts';
import type { Notice } from '../../src/notices/kind.ts';
import { enqueue, withdraw } from '../../src/notices/outbox.ts';
import { claimDue, isStillWanted } from '../../src/notices/store/outbox.ts';
import { outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { APPOINTMENT, aNotice } from './notice.ts';

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
const promise = (...notices: Notice[]) =>
  services.database.transaction((tx) => enqueue(tx, call(), ...notices));
const rowsOf = () => services.database.select().from(outbox).orderBy(outbox.createdAt, outbox.id);

function recorder(
  fail?: (mail: Message) => Error | undefined,
): Carriers & { readonly mails: Message[] } {
  const mails: Message[] = [];
  return {
    mails,
    email: {
      async send(mail) {
        const error = fail?.(mail);
        if (error) throw error;
        mails.push(mail);
        return {};
      },
    },
  };
}

test('a promised message leaves once, in the language of its reader', async () => {
  await promise(aNotice(), aNotice({ locale: 'en', recipient: 'john@example.org' }));
  const mailer = recorder();
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 2, failed: 0 });
  expect(mailer.mails.map(({ to, subject }) => [to, subject]).sort()).toEqual([
    ['john@example.org', 'Appointment confirmed: Monday 8 March 2027, 9:30'],
    ['rosa@example.org', 'Appuntamento confermato: lunedì 8 marzo 2027, ore 9:30'],
  ]);
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 0 });
  expect((await rowsOf()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('nothing is promised by a transaction that fails', async () => {
  await services.database
    .transaction(async (tx) => {
      await enqueue(tx, call(), aNotice());
      throw new Error('the booking failed');
    })
    .catch(() => {});
  expect(await rowsOf()).toEqual([]);
});

test('a reminder waits for its hour', async () => {
  const dueAt = Date.parse('2027-03-07T08:30:00Z');
  await promise(aNotice({ kind: 'appointment-reminder', dueAt }));
  const mailer = recorder();
  await sendDue(call(), mailer);
  expect(mailer.mails).toEqual([]);
  services.setNow('2027-03-07T09:30:00+01:00');
  await sendDue(call(), mailer);
  expect(mailer.mails[0]?.subject).toMatch(/^Promemoria: lunedì 8 marzo/);
});

test('what it is too late to say is dropped', async () => {
  await promise(aNotice());
  services.setNow('2027-03-08T09:30:00+01:00');
  const mailer = recorder();
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 0, dropped: 1 });
  expect(mailer.mails).toEqual([]);
});

test('the reminder of a cancelled appointment is taken back', async () => {
  await promise(aNotice(), aNotice({ kind: 'appointment-reminder' }));
  await services.database.transaction((tx) =>
    withdraw(tx, APPOINTMENT, { name: 'appointment-reminder' }),
  );
  const mailer = recorder();
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 1 });
  expect(mailer.mails[0]?.subject).toMatch(/^Appuntamento confermato/);
});

const takeBack = () =>
  services.database.transaction((tx) =>
    withdraw(tx, APPOINTMENT, { name: 'appointment-reminder' }),
  );

test('a reminder that a sender has taken up is held back when its appointment is cancelled', async () => {
  await promise(aNotice({ kind: 'appointment-reminder' }));
  const now = services.clock.now();
  const [taken] = await claimDue(services.database, {
    now,
    lockedUntil: now + 120_000,
    limit: 10,
    channels: ['email'],
  });
  expect(await isStillWanted(services.database, taken!)).toBe(true);
  await takeBack();
  expect(await isStillWanted(services.database, taken!)).toBe(false);
  services.setNow('2027-03-04T09:05:00+01:00');
  expect(await sendDue(call(), recorder())).toMatchObject({ sent: 0 });
  expect(await rowsOf()).toMatchObject([{ state: 'dropped', sentAt: null }]);
});

test('one that is being handed over at that moment left, and is recorded so', async () => {
  await promise(aNotice({ kind: 'appointment-reminder' }));
  const slow: Carriers = {
    email: {
      async send() {
        await takeBack();
        return { providerId: '<left@example.org>' };
      },
    },
  };
  expect(await sendDue(call(), slow)).toMatchObject({ sent: 1 });
  expect(await rowsOf()).toMatchObject([{ state: 'sent', sentAt: services.clock.now() }]);
});

test('one that left while the same was promised anew stays withdrawn beside it', async () => {
  await promise(aNotice({ kind: 'appointment-reminder' }));
  const [first] = await rowsOf();
  await sendDue(call(), {
    email: {
      async send() {
        await takeBack();
        await promise(aNotice({ kind: 'appointment-reminder', dueAt: first!.dueAt }));
        return {};
      },
    },
  });
  expect((await rowsOf()).map(({ state, sentAt }) => [state, sentAt !== null])).toEqual([
    ['dropped', true],
    ['waiting', false],
  ]);
});

test('a mail server that is down for a minute loses nothing', async () => {
  await promise(aNotice());
  await sendDue(
    call(),
    recorder(() => new Error('connection refused')),
  );
  const [row] = await rowsOf();
  expect(row).toMatchObject({
    state: 'waiting',
    attempts: 1,
    lastError: 'connection refused',
    dueAt: services.clock.now() + 60_000,
    lockedUntil: null,
  });
  services.setNow('2027-03-04T09:01:00+01:00');
  expect(await sendDue(call(), recorder())).toMatchObject({ sent: 1 });
  expect((await rowsOf())[0]).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
});

test('a carrier that says how long to wait is not asked sooner', async () => {
  await promise(aNotice());
  await sendDue(
    call(),
    recorder(() => new NotNow('answered 429', 3_600_000)),
  );
  expect((await rowsOf())[0]).toMatchObject({ dueAt: services.clock.now() + 3_600_000 });
});

test('a message of a channel without carrier waits, and does not keep others from leaving', async () => {
  await promise(aNotice({ channel: 'sms', recipient: '+393331234567' }), aNotice());
  expect(await sendDue(call(), recorder())).toMatchObject({ sent: 1, failed: 0 });
  const waiting = (await rowsOf()).filter(({ channel }) => channel === 'sms');
  expect(waiting).toMatchObject([{ state: 'waiting', attempts: 0 }]);
});

test('an address that does not exist is not tried again, and the log does not name it', async () => {
  await promise(aNotice({ recipient: 'nobody@example.org' }), aNotice());
  const mailer = recorder(({ to }) =>
    to === 'nobody@example.org' ? new Undeliverable('550 <nobody@example.org>') : undefined,
  );
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 1, failed: 1 });
  const [failed] = await services.database
    .select()
    .from(outbox)
    .where(eq(outbox.recipient, 'nobody@example.org'));
  expect(failed).toMatchObject({ state: 'failed', lastError: '550 <nobody@example.org>' });
  const lines = services.logged.filter((line) => line.includes('notice not delivered'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain('nobody@example.org');
});

test('a message of a kind that this version does not know fails where it is seen', async () => {
  await promise(aNotice());
  await services.database.update(outbox).set({ kind: 'never-defined' });
  expect(await sendDue(call(), recorder())).toMatchObject({ failed: 1 });
  expect((await rowsOf())[0]).toMatchObject({
    state: 'failed',
    lastError: 'no room tells never-defined',
  });
});

test('after twelve failures the message is given up', async () => {
  await promise(aNotice({ staleAt: Date.parse('2028-01-01T00:00:00Z') }));
  const broken = recorder(() => new Error('busy'));
  for (let attempt = 1; attempt <= 12; attempt++) {
    await sendDue(call(), broken);
    services.setNow(new Date(services.clock.now() + 7 * 3_600_000).toISOString());
  }
  expect((await rowsOf())[0]).toMatchObject({ state: 'failed', attempts: 12 });
});

test('a sender that died leaves its messages to the next one after two minutes', async () => {
  await promise(aNotice());
  await services.database
    .update(outbox)
    .set({ lockedUntil: services.clock.now() + 120_000, attempts: 1 });
  const mailer = recorder();
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 0 });
  services.setNow('2027-03-04T09:02:00+01:00');
  expect(await sendDue(call(), mailer)).toMatchObject({ sent: 1 });
});

test('only the service itself sends', async () => {
  await expect(
    sendDue(callAs(services, { kind: 'administrator', userId: 'a' }), recorder()),
  ).rejects.toMatchObject({ status: 403 });
});
