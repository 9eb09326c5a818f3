import { followNetwork } from '../../booking/actions/follow-network.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { HoursChange, Stranded } from '../../network/actions/change-network.ts';
import { appointmentsInTheWay } from '../../network/problems.ts';
import type { Owner } from '../../network/series-store.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { Seat } from '../rules/propose.ts';
import { insertDisruption, lockOffice } from '../store/disruptions.ts';
import { type Hit, hitsOf } from '../store/hits.ts';
import { outsideHours, straysOf } from '../store/strays.ts';
import type { Fate } from '../table.ts';
import { WITHIN_REQUEST_MS } from './apply-disruption.ts';
import { carryOut } from './carry-out.ts';
import { type PlannedItem, seatsFor } from './preview-disruption.ts';

/** What whoever looked at the preview decided about one appointment. */
export const HOURS_CHOICES = ['proposal', 'keep', 'follow', 'displace', 'revoke'] as const;
export type HoursChoice = (typeof HOURS_CHOICES)[number];

/** An appointment that a change leaves without hours. */
export interface StrandedItem extends PlannedItem {
  /** The same hour with the same operator at the office they go to, if they receive there then. */
  readonly along: Seat | undefined;
}

/** At one office: whom a change leaves without hours, and what each would be offered. */
export interface OfficeHits {
  readonly office: OfficeSummary;
  /** Appointments of people, the earliest booked first. */
  readonly items: readonly StrandedItem[];
  /** Bookings half made: they are broken off. */
  readonly holds: readonly Hit[];
}

export interface ChangePreview {
  readonly offices: readonly OfficeHits[];
  /** Changes with anything that the preview shows. */
  readonly token: string;
}

export interface ChangeDecision {
  /** Of the preview that was confirmed. */
  readonly token: string;
  /** Told to the people it concerns. */
  readonly reason: string;
  /** By appointment; `otherwise`, or else the proposal, where nothing is said. */
  readonly choices: Readonly<Record<string, HoursChoice>>;
  readonly otherwise?: HoursChoice | undefined;
}

/** Carried out, with what it did to appointments, if anything; or only looked at. */
export type ChangeOutcome =
  | { readonly done: true; readonly disruptionIds: readonly string[] }
  | { readonly done: false; readonly preview: ChangePreview; readonly outdated: boolean };

/**
 * Carries a change of hours out, unless it leaves appointments without hours that nobody has decided
 * about: then nothing is changed, and whoever asked is shown whom it hits. What the change comes to is
 * found by making it: in a transaction that is rolled back when the answer is a preview, so that every
 * rule of the calendar counts, of recurrences, holidays and periods alike.
 * @throws {Problem} what the change itself throws
 */
export async function changeHours(
  call: Call,
  change: HoursChange,
  decision: ChangeDecision | undefined,
): Promise<ChangeOutcome> {
  authorise(call.actor, 'administrator', 'system');
  return carry(call, change, (preview) =>
    decision?.token === preview.token ? decision : { outdated: decision !== undefined },
  );
}

/**
 * The same for another system, that decides once for all appointments.
 * @throws {Problem} what the change throws; 409 with `refuse`, when appointments are in the way
 */
export async function changeHoursAtOnce(
  call: Call,
  change: HoursChange,
  stranded: Stranded,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  const outcome = await carry(call, change, ({ offices, token }) => {
    if (stranded === 'refuse') return { outdated: false };
    const ids = offices.flatMap(({ items }) => items.map(({ hit }) => hit.id));
    const kept = stranded === 'keep' && !change.leaves;
    return {
      token,
      reason: DEFAULT_REASON,
      choices: Object.fromEntries(ids.map((id) => [id, kept ? 'keep' : 'proposal'] as const)),
    };
  });
  if (outcome.done) return;
  const count = outcome.preview.offices.reduce((sum, { items }) => sum + items.length, 0);
  throw appointmentsInTheWay({ members: { appointments: count } });
}

/** Told to people when another system changes hours and gives no reason of its own. */
const DEFAULT_REASON = 'Cambio degli orari di ricevimento';

/** Thrown to take everything back that the look at a change wrote. */
class OnlyLooked extends Error {
  readonly outcome: ChangeOutcome;
  constructor(outcome: ChangeOutcome) {
    super('only looked');
    this.outcome = outcome;
  }
}

async function carry(
  call: Call,
  change: HoursChange,
  decide: (preview: ChangePreview) => ChangeDecision | { readonly outdated: boolean },
): Promise<ChangeOutcome> {
  let ids: string[];
  try {
    ids = await transactionWithRetry(call.database, (transaction) =>
      within({ ...call, database: transaction }, change, decide),
    );
  } catch (error) {
    if (error instanceof OnlyLooked) return error.outcome;
    throw error;
  }
  for (const id of ids) await carryOut(call, id, call.clock.now() + WITHIN_REQUEST_MS);
  return { done: true, disruptionIds: ids };
}

async function within(
  call: Call,
  change: HoursChange,
  decide: (preview: ChangePreview) => ChangeDecision | { readonly outdated: boolean },
): Promise<string[]> {
  const { database } = call;
  const now = call.clock.now();
  const owners = await change.whose(call);
  for (const officeId of officesOf(owners)) await lockOffice(database, officeId);
  // Who stood outside the hours before is not hit by this change.
  const already = await straysOf(database, owners, now);
  await change.make(call, followNetwork);
  const strays = await straysOf(database, owners, now);
  for (const id of already) strays.delete(id);
  if (strays.size === 0) return [];
  const preview = await previewOf(call, owners, change.goesTo, strays);
  const decided = decide(preview);
  if (!('token' in decided)) throw new OnlyLooked({ done: false, preview, ...decided });
  return writeAll(call, owners, change, preview, decided);
}

const officesOf = (owners: readonly Owner[]) =>
  [...new Set(owners.map(({ officeId }) => officeId))].sort();

async function previewOf(
  call: Call,
  owners: readonly Owner[],
  goesTo: string | undefined,
  strays: ReadonlySet<string>,
): Promise<ChangePreview> {
  const { database } = call;
  const now = call.clock.now();
  const offices: OfficeHits[] = [];
  for (const officeId of officesOf(owners)) {
    const office = await officeById(database, officeId);
    if (!office) continue;
    const ahead = { start: now, end: Number.POSITIVE_INFINITY };
    const all = await hitsOf(database, { officeId, operatorId: undefined, during: ahead }, now);
    const found = all.filter(({ id }) => strays.has(id));
    const people = found.filter(({ state }) => state === 'confirmed');
    const holds = found.filter(({ state }) => state === 'held');
    if (found.length === 0) continue;
    const seats =
      people.length === 0
        ? new Map<string, Seat>()
        : await seatsFor(call, office, people, undefined, now);
    const there = goesTo === undefined ? [] : people.map((hit) => ({ ...hit, officeId: goesTo }));
    const notThere = await outsideHours(database, there);
    const items = people.map((hit): StrandedItem => {
      const { id, operatorId, start } = hit;
      const along =
        goesTo !== undefined && !notThere.has(id)
          ? { officeId: goesTo, operatorId, start }
          : undefined;
      // Whoever was promised this operator goes with them.
      const seat = (hit.promised && along) || seats.get(id);
      return { hit, fate: seat ? 'reseat' : 'displace', seat, along };
    });
    offices.push({ office, items, holds });
  }
  const shown = offices.map(({ office, items }) => [
    office.id,
    items.map(({ hit, fate, seat }) => [hit.id, hit.version, fate, seat]),
  ]);
  return { offices, token: await sha256(JSON.stringify(shown)) };
}

/** What is to be done about each, written beside the change itself; a disruption for each office. */
async function writeAll(
  call: Call,
  owners: readonly Owner[],
  change: HoursChange,
  preview: ChangePreview,
  { reason, choices, otherwise }: ChangeDecision,
): Promise<string[]> {
  const written: string[] = [];
  for (const { office, items, holds } of preview.offices) {
    const id = call.ids();
    const starts = [...items.map(({ hit }) => hit), ...holds].map(({ start }) => start);
    const leaving = owners.find((one) => one.officeId === office.id)?.operatorId;
    await insertDisruption(call.database, {
      id,
      kind: change.leaves ? 'transfer' : 'hours',
      officeId: office.id,
      operatorId: leaving,
      during: { start: Math.min(...starts), end: Number.POSITIVE_INFINITY },
      reason,
      closureId: undefined,
      madeBy: actorId(call.actor),
      now: call.clock.now(),
      items: [
        ...items.map((item) => decided(item, choices[item.hit.id] ?? otherwise, change)),
        ...holds.map((hold) => ({
          appointmentId: hold.id,
          fate: 'displace' as const,
          seat: undefined,
        })),
      ],
    });
    await audit(call.database, call, {
      action: change.leaves ? 'move-operator-appointments' : 'change-hours-of-appointments',
      subjectKind: 'disruption',
      subjectId: id,
      detail: { office: office.code, appointments: items.length, holds: holds.length },
    });
    written.push(id);
  }
  return written;
}

function decided(
  { hit, fate, seat, along }: StrandedItem,
  choice: HoursChoice = 'proposal',
  { leaves }: HoursChange,
): { appointmentId: string; fate: Fate; seat: Seat | undefined } {
  const appointmentId = hit.id;
  if (choice === 'follow' && along) return { appointmentId, fate: 'reseat', seat: along };
  // Nobody can be left with somebody who is no longer there.
  const asked = choice === 'follow' || (choice === 'keep' && leaves) ? 'proposal' : choice;
  const final: Fate = asked === 'proposal' ? fate : asked;
  return { appointmentId, fate: final, seat: final === 'reseat' ? seat : undefined };
}
