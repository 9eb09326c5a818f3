import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf, midnight } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { type NamedPeriod, periodsIn, type Series, seriesIn } from '../hours-store.ts';
import { type OfficeDetail, officeDetail } from '../office-store.ts';
import { type OpenDay, openDays } from '../rules/openings.ts';
import { type Owner, periodOwner } from '../series-store.ts';
import { type StaffMember, sameOwner, staffMember } from '../staff-store.ts';
import { scheduleOf } from '../store.ts';

/** Days that are shown as they will be, from today on: four weeks. */
const AHEAD_DAYS = 28;

export interface OwnHours {
  readonly office: OfficeDetail;
  /** The one whose hours they are; undefined for the office's own. */
  readonly operator: StaffMember | undefined;
  readonly series: readonly Series[];
  readonly periods: readonly NamedPeriod[];
  /** The coming four weeks, closed days left out. */
  readonly ahead: readonly OpenDay[];
}

/** Whose a period is. @throws {Problem} 401, 403, 404 */
export async function ownerOfPeriod(call: Call, id: string): Promise<Owner> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await periodOwner(call.database, id);
  if (!found) throw notFound();
  return found;
}

/**
 * The hours of an office, or of one of its operators, and what they come to in four weeks.
 * @throws {Problem} 401; 403 another office's; 404
 */
export async function readHours(
  call: Call,
  key: { readonly id: string } | { readonly code: string },
  operatorId?: string,
): Promise<OwnHours> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const { database } = call;
  const office = await officeDetail(database, key);
  if (!office) throw notFound();
  authoriseOffice(call.actor, office.id);
  const operator = operatorId === undefined ? undefined : await staffMember(database, operatorId);
  if (operatorId !== undefined && operator?.officeId !== office.id) throw notFound();
  const owner = { officeId: office.id, operatorId };
  const scope = { officeId: office.id };
  const today = dayOf(call.clock.now());
  const window = { start: midnight(today), end: midnight(today, AHEAD_DAYS) };
  return {
    office,
    operator,
    series: (await seriesIn(database, scope)).filter((one) => sameOwner(one, owner)),
    periods: (await periodsIn(database, scope)).filter((one) => sameOwner(one, owner)),
    ahead: openDays(await scheduleOf(database, owner, window), today, dayOf(window.end - DAY / 2)),
  };
}
