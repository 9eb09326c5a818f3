import { makerOf } from './plan.ts';
import { groupBy, type Operation, type Records, type Verb } from './record.ts';

/** What each question may write into the audit trail: once the first, as often as need be the rest. */
const ACTIONS: Record<Verb, readonly [once: string | undefined, ...often: string[]]> = {
  book: ['book-appointment', 're-seat-appointment'],
  visit: [undefined, 'book-appointment', 're-seat-appointment'],
  hold: [undefined, 're-seat-appointment'],
  confirm: ['book-appointment'],
  release: [undefined],
  move: ['move-appointment', 're-seat-appointment'],
  cancel: ['cancel-appointment'],
  outcome: ['record-outcome'],
  join: ['join-waiting-list'],
  leave: ['leave-waiting-list', 'end-offer', 'offer-time'],
  accept: ['accept-offer'],
  decline: ['end-offer', 'offer-time'],
  offer: ['offer-time'],
  close: [
    undefined,
    'make-closure',
    'revoke-appointments',
    'displace-appointment',
    'revoke-appointment',
    'reseat-appointment',
    'end-offer',
    'offer-time',
  ],
  reopen: ['withdraw-closure', 'restore-appointment', 're-seat-appointment'],
  nearest: ['reseat-appointment'],
  tick: [
    undefined,
    'displace-appointment',
    'revoke-appointment',
    'reseat-appointment',
    'restore-appointment',
    're-seat-appointment',
    'end-offer',
    'offer-time',
    'end-waiting',
  ],
};

/** Questions whose success is written down under the thing they are about. */
const ABOUT: readonly Verb[] = ['book', 'confirm', 'move', 'cancel', 'outcome', 'join', 'nearest'];

/** Changes without a question, written twice, or other than what was asked; and refused ones that happened. */
export function auditFaults(operations: readonly Operation[], records: Records): string[] {
  const faults: string[] = [];
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const audited = groupBy(records.audit, ({ correlationId }) => correlationId);
  for (const [correlationId, rows] of audited) {
    const operation = byId.get(correlationId);
    if (!operation) {
      faults.push(`audited, but asked by nobody: ${JSON.stringify(rows)}`);
      continue;
    }
    const { verb, subjectId, answer, wanted } = operation;
    const [once, ...often] = ACTIONS[verb];
    const main = rows.filter(({ action }) => action === once);
    if (main.length > 1) faults.push(`audited twice: ${JSON.stringify(rows)}`);
    const other = main.some((row) => ABOUT.includes(verb) && row.subjectId !== subjectId);
    if (other || rows.some(({ action }) => action !== once && !often.includes(action)))
      faults.push(`audited as something else: ${JSON.stringify({ rows, operation })}`);
    const parts = rows.filter(({ action }) => action === 'book-appointment').length;
    if (verb === 'visit' && parts !== wanted.parts!.length)
      faults.push(`a visit in part: ${JSON.stringify({ rows, operation })}`);
    const nothing = verb !== 'close' && verb !== 'tick' && verb !== 'reopen' && verb !== 'leave';
    if (nothing && answer.kind === 'refused' && !(verb === 'nearest' && main.length === 0))
      faults.push(`refused, but done: ${JSON.stringify({ rows, operation })}`);
    const moved = rows.some(({ action }) => action === 're-seat-appointment');
    const restored = rows.some(({ action }) => action === 'restore-appointment');
    const reason = verb === 'hold' || main.length > 0 || parts > 0 || restored;
    if (moved && !reason) faults.push(`re-seated for nothing: ${JSON.stringify(rows)}`);
  }
  for (const operation of operations) {
    const { id, verb, answer } = operation;
    if (answer.kind === 'done' && verb === 'visit' && !audited.has(id))
      faults.push(`an acknowledged visit is gone: ${JSON.stringify(operation)}`);
  }
  for (const { id } of [...records.appointments, ...records.entries, ...records.closures])
    if (!byId.has(makerOf(id))) faults.push(`made by nobody: ${id}`);
  return faults;
}
