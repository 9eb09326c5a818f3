import { authoriseOffice } from '../../identity/authorise.ts';
import { subtract } from '../../network/rules/openings.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { GroupSession } from '../../workshops/session.ts';
import { scopeRefused } from '../problems.ts';
import { propose, type Seat } from '../rules/propose.ts';
import { judgeScope } from '../rules/scope.ts';
import { benchesAround, type Hit, hitsOf, type Scope } from '../store/hits.ts';
import { sessionsAhead } from '../store/sessions.ts';
import type { Fate } from '../table.ts';

/** What an office is about to do. */
export interface Intent extends Scope {
  /** `closure` shuts the time; `cancellation` calls off what was made and leaves it open. */
  readonly kind: 'closure' | 'cancellation';
}

export interface PlannedItem {
  readonly hit: Hit;
  readonly fate: Extract<Fate, 'reseat' | 'displace' | 'revoke'>;
  readonly seat: Seat | undefined;
}

/** What would happen to whom. */
export interface Preview {
  readonly office: OfficeSummary;
  /** Appointments of people, the earliest booked first. */
  readonly items: readonly PlannedItem[];
  /** Starts that somebody keeps while a form is filled in: they are let go. */
  readonly holds: readonly Hit[];
  /** Group sessions of the office in that time; of one operator alone none. */
  readonly sessions: readonly GroupSession[];
  /** Changes with anything that the preview shows: applied only if it is still the same. */
  readonly token: string;
}

/** Hours before a new time at least, so that people can be told; the same hour can always stay. Ours. */
const NOTICE_DAYS = 1;
/** Days before and after the disruption in which other hours are looked for. Ours. */
const AROUND_DAYS = 14;

/**
 * Whom a closure or a mass cancellation would hit, and what each would be offered. Changes nothing.
 * @throws {Problem} 401, 403 another office; 404; 422 the period
 */
export async function previewDisruption(call: Call, intent: Intent): Promise<Preview> {
  authoriseOffice(call.actor, intent.officeId);
  if (judgeScope(intent.during, call.clock.now())) throw scopeRefused();
  return planned(call, intent);
}

/** The same for whoever has authorised already, also inside the transaction that shut the time. */
export async function planned(call: Call, intent: Intent): Promise<Preview> {
  const { database } = call;
  const now = call.clock.now();
  const office = await officeById(database, intent.officeId);
  if (!office) throw unknownAmong(call.locale, { '/office_id': office });
  const found = await hitsOf(database, intent, now);
  const holds = found.filter(({ state }) => state === 'held');
  const people = found.filter(({ state }) => state === 'confirmed');
  const seats =
    intent.kind === 'closure' && people.length > 0
      ? await seatsFor(call, office, people, intent, now)
      : new Map<string, Seat>();
  const items = people.map((hit): PlannedItem => {
    const seat = seats.get(hit.id);
    if (intent.kind === 'cancellation') return { hit, fate: 'revoke', seat: undefined };
    return { hit, fate: seat ? 'reseat' : 'displace', seat };
  });
  const sessions =
    intent.operatorId === undefined
      ? await sessionsAhead(database, intent.officeId, intent.during, now)
      : [];
  const { kind, officeId, operatorId, during } = intent;
  const shown = [
    [kind, officeId, operatorId, during],
    items.map(({ hit, fate, seat }) => [hit.id, hit.version, fate, seat]),
    sessions.map(({ id }) => id),
  ];
  const token = await sha256(JSON.stringify(shown));
  return { office, items, holds, sessions, token };
}

/** Another time for each, as far as there is one; the time that is to be shut does not count. */
export async function seatsFor(
  call: Call,
  office: OfficeSummary,
  people: readonly Hit[],
  shut: Scope | undefined,
  now: Instant,
): Promise<Map<string, Seat>> {
  const starts = people.map(({ start }) => start);
  const window = {
    start: Math.max(now + NOTICE_DAYS * DAY, Math.min(...starts) - AROUND_DAYS * DAY),
    end: Math.max(now, ...starts) + AROUND_DAYS * DAY,
  };
  const whole = { start: Math.min(now, ...starts), end: window.end };
  const benches = (await benchesAround(call.database, office, whole)).map((bench) => {
    const closed =
      shut !== undefined &&
      bench.officeId === shut.officeId &&
      (shut.operatorId === undefined || shut.operatorId === bench.operatorId);
    return closed ? { ...bench, free: subtract(bench.free, [shut.during]) } : bench;
  });
  return propose(people, benches, window);
}
