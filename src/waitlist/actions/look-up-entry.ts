import { normaliseCode } from '../../booking/rules/code.ts';
import { authorise } from '../../identity/authorise.ts';
import { isContactOf, type Pass } from '../../identity/pass.ts';
import { listOffices, type OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { Offer, WaitingEntry } from '../entry.ts';
import { waitingLookupFailed } from '../problems.ts';
import { inOrder } from '../rules/order.ts';
import { entriesOfPerson, entryByCode, entryById, waitingFor } from '../store/entries.ts';
import { offersOf } from '../store/offers.ts';

/** An entry with what the person wants to know of it. */
export interface OpenedEntry {
  readonly entry: WaitingEntry;
  /** The latest first; an open one among them stands. */
  readonly offers: readonly Offer[];
  /** The offices the person would go to. */
  readonly offices: readonly OfficeSummary[];
  /** How many are asked before, among those who would go to one of the same offices. */
  readonly before: number | undefined;
}

/**
 * The entry that a code and a contact open together; one that is wrong is answered as the other.
 * @throws {Problem} 404
 */
export async function lookUpEntry(call: Call, pass: Pass): Promise<OpenedEntry> {
  const found = await entryByCode(call.database, normaliseCode(pass.code));
  if (!isContactOf(found, pass.contact) || !found) throw waitingLookupFailed();
  return opened(call, found);
}

/**
 * One place in the list, for the person it belongs to and the staff of their offices.
 * @throws {Problem} 401, 403, 404 (also when it is somebody else's)
 */
export async function readEntry(call: Call, id: string): Promise<OpenedEntry> {
  authorise(call.actor, 'jobseeker', 'operator', 'administrator', 'system');
  return entryToChange(call, { id });
}

/**
 * The entry that the caller may change: by its pass, or by who they are.
 * @throws {Problem} 404 unknown or not theirs
 */
export async function entryToChange(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<OpenedEntry> {
  if (wanted.pass) {
    const found = await lookUpEntry(call, wanted.pass);
    if (found.entry.id !== wanted.id) throw waitingLookupFailed();
    return found;
  }
  if (call.actor.kind === 'anonymous') throw waitingLookupFailed();
  const found = await entryById(call.database, wanted.id);
  if (!found || !isTheirs(call, found)) throw notFound();
  return opened(call, found);
}

/** What the signed-in jobseeker waits for. @throws {Problem} 401, 403 */
export async function listOwnEntries(call: Call): Promise<WaitingEntry[]> {
  const { actor } = call;
  authorise(actor, 'jobseeker');
  return entriesOfPerson(call.database, actor.personId);
}

function isTheirs({ actor }: Call, entry: WaitingEntry): boolean {
  switch (actor.kind) {
    case 'jobseeker':
      return entry.person.id === actor.personId;
    case 'operator':
      return entry.wish.officeIds.some((id) => actor.officeIds.includes(id));
    case 'administrator':
    case 'system':
      return true;
    default:
      return false;
  }
}

async function opened(call: Call, entry: WaitingEntry): Promise<OpenedEntry> {
  const [offers, all] = await Promise.all([
    offersOf(call.database, entry.id),
    listOffices(call.database),
  ]);
  const offices = all.filter(({ id }) => entry.wish.officeIds.includes(id));
  if (entry.state !== 'waiting') return { entry, offers, offices, before: undefined };
  const rivals = await waitingFor(call.database, entry.service.id, entry.wish.officeIds);
  const order = inOrder(rivals, call.clock.now());
  return { entry, offers, offices, before: order.findIndex(({ id }) => id === entry.id) };
}
