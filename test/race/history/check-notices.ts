import { groupBy, type Records, type Sent, type Setting } from './record.ts';
import type { Step } from './sequence.ts';

type Notices = Records['notices'];

/** Kinds that tell somebody when their appointment is. */
const TELL_THE_TIME = ['appointment-confirmed', 'appointment-moved', 'appointment-restored'];

/** Each change told once, no reminder of what is not, nobody expected who was not told. */
export function noticeFaults(
  last: Records['appointments'][number],
  steps: readonly Step[],
  notices: Notices,
  now: number,
): string[] {
  const count = (kind: string) => notices.filter((notice) => notice.kind === kind).length;
  const did = (...kinds: string[]) => steps.filter(({ by }) => kinds.includes(by.kind)).length;
  const seatedElsewhere = steps.filter(({ seen, by }, n) => {
    const before = steps[n - 1]?.seen;
    // Who keeps hour and office is not written to.
    return (
      by.kind === 'reseat' &&
      !(
        before?.state === 'confirmed' &&
        before.startsAt === seen.startsAt &&
        before.officeId === seen.officeId
      )
    );
  }).length;
  const expected: readonly (readonly [kind: string, count: number])[] = [
    ['appointment-confirmed', did('book', 'confirm')],
    ['appointment-moved', did('move') + seatedElsewhere],
    ['appointment-cancelled', did('cancel')],
    ['appointment-displaced', did('displace')],
    ['appointment-revoked', did('revoke')],
    ['appointment-restored', did('restore')],
  ];
  const faults = expected
    .filter(([kind, wanted]) => count(kind) !== wanted)
    .map(([kind, wanted]) => `${last.id}: ${count(kind)} of ${kind}, not ${wanted}`);
  faults.push(...wrongTimes(last, steps, notices));

  const reminders = notices.filter(
    ({ kind, state }) => kind === 'appointment-reminder' && state === 'waiting',
  );
  if (reminders.length > 1) faults.push(`${last.id} will be called to mind twice`);
  for (const { startsAt } of reminders)
    if (last.state !== 'confirmed' || startsAt !== last.startsAt)
      faults.push(`${last.id} will be called to mind wrongly: ${JSON.stringify(last)}`);
  const standing = notices.some(
    ({ kind, state, startsAt }) =>
      TELL_THE_TIME.includes(kind) &&
      (state === 'waiting' || state === 'sent') &&
      startsAt === last.startsAt,
  );
  // What nobody can hear in time any more is dropped.
  if (last.state === 'confirmed' && last.startsAt > now && !standing)
    faults.push(
      `${last.id} is confirmed and nobody was told: ${JSON.stringify({ last, notices })}`,
    );
  return faults;
}

const ABOUT_THE_TIME_BEFORE: Readonly<Record<string, string>> = {
  cancel: 'appointment-cancelled',
  displace: 'appointment-displaced',
  revoke: 'appointment-revoked',
};

/** A message that something is off must name the time that it was at. */
function wrongTimes(
  last: Records['appointments'][number],
  steps: readonly Step[],
  notices: Notices,
): string[] {
  return Object.entries(ABOUT_THE_TIME_BEFORE).flatMap(([kind, notice]) => {
    const times = steps.filter(({ by }) => by.kind === kind).map(({ seen }) => seen.startsAt);
    const told = notices.filter((one) => one.kind === notice).map(({ startsAt }) => startsAt ?? 0);
    const sorted = (list: number[]) => [...list].sort((a, b) => a - b).join();
    return times.length !== told.length || sorted(times) === sorted(told)
      ? []
      : [`${last.id}: ${notice} names another time: ${JSON.stringify({ times, told })}`];
  });
}

/** For how long a sender has a message for itself, by the clients' clock. */
const LEASE_MS = 120_000;

/** Messages about nothing, and messages that left unpromised, or twice while one sender had them. */
export function sendingFaults(
  { notices, appointments, entries }: Records,
  sent: readonly Sent[],
  { speed }: Pick<Setting, 'speed'>,
): string[] {
  const lease = LEASE_MS / speed;
  const faults: string[] = [];
  const subjects = new Set([...appointments, ...entries].map(({ id }) => id));
  for (const { subjectId } of notices)
    if (!subjects.has(subjectId))
      faults.push(`told of an appointment that does not exist: ${subjectId}`);
  const promised = new Map(notices.map((notice) => [notice.id, notice]));
  const times = groupBy(sent, ({ id }) => id);
  for (const [id, theirs] of times) {
    if (!promised.has(id)) faults.push(`sent, but never promised: ${id}`);
    // A sender that died, or took too long, leaves the message to another once its lease is over.
    const inOrder = theirs.sort((a, b) => a.leased - b.leased);
    if (inOrder.some(({ at }, n) => n > 0 && at < inOrder[n - 1]!.leased + lease))
      faults.push(`sent again before its time: ${JSON.stringify(inOrder)}`);
  }
  for (const { id, state } of notices)
    if (state === 'sent' && sent.length > 0 && !times.has(id))
      faults.push(`recorded as sent, but never sent: ${id}`);
  return faults;
}
