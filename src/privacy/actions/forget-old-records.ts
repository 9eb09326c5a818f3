import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { forgetOldAddresses, forgetWhoCame, forgetWhoTheyAre } from '../store/forgetting.ts';
import { lockOldAppointments, lockOldPersons, reasonsToKeep } from '../store/keeping.ts';

/** Rows looked at in one transaction. */
const BATCH = 500;
/** Rows changed in one run at most; the next night goes on. Ours. */
const MOST = 100_000;
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface Forgotten {
  readonly appointments: number;
  readonly persons: number;
}

/**
 * Forgets whose the appointments were that ended longer ago than the administration keeps, and who
 * the people are that it had nothing to do with for as long. Each batch is a transaction of its own
 * with its audit rows, of which webhooks tell: stopped anywhere, it goes on where it was; repeated,
 * it changes nothing. Acts of law and whatever is open stay with their people.
 */
export async function forgetOldRecords(call: Call): Promise<Forgotten> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  const appointmentsBefore = now - call.config.appointmentRetentionDays * DAY;
  const personsBefore = now - call.config.personRetentionDays * DAY;
  const appointments = await inBatches(call, (transaction, after) =>
    forgetAppointments(call, transaction, appointmentsBefore, after),
  );
  await call.database.transaction((transaction) =>
    forgetOldAddresses(transaction as Database, appointmentsBefore),
  );
  const persons = await inBatches(call, (transaction, after) =>
    forgetPersons(call, transaction, { before: personsBefore, now }, after),
  );
  return { appointments, persons };
}

interface Batch {
  readonly changed: number;
  /** The last row looked at; undefined when there were no more. */
  readonly last: string | undefined;
}

async function inBatches(
  call: Call,
  work: (transaction: Database, after: string) => Promise<Batch>,
): Promise<number> {
  let changed = 0;
  for (let after: string | undefined = FIRST; after !== undefined && changed < MOST; ) {
    const from: string = after;
    const done = await transactionWithRetry(call.database, (transaction) =>
      work(transaction, from),
    );
    changed += done.changed;
    after = done.last;
  }
  return changed;
}

async function forgetAppointments(
  call: Call,
  transaction: Database,
  before: Instant,
  after: string,
): Promise<Batch> {
  const ids = await lockOldAppointments(transaction, before, after, BATCH);
  if (ids.length > 0) {
    await forgetWhoCame(transaction, ids);
    await audit(
      transaction,
      call,
      ...ids.map((id) => ({
        action: 'anonymise-appointment',
        subjectKind: 'appointment',
        subjectId: id,
        detail: { days: call.config.appointmentRetentionDays },
      })),
    );
  }
  return { changed: ids.length, last: ids.at(-1) };
}

async function forgetPersons(
  call: Call,
  transaction: Database,
  when: { readonly before: Instant; readonly now: Instant },
  after: string,
): Promise<Batch> {
  const ids = await lockOldPersons(transaction, when.before, after, BATCH);
  if (ids.length === 0) return { changed: 0, last: undefined };
  const kept = new Set(
    (await reasonsToKeep(transaction, ids, when)).map(({ personId }) => personId),
  );
  const gone = ids.filter((id) => !kept.has(id));
  if (gone.length > 0) {
    await forgetWhoTheyAre(transaction, gone, when.now);
    await audit(
      transaction,
      call,
      ...gone.map((id) => ({
        action: 'anonymise-person',
        subjectKind: 'person',
        subjectId: id,
        detail: { days: call.config.personRetentionDays },
      })),
    );
  }
  return { changed: gone.length, last: ids.at(-1) };
}
