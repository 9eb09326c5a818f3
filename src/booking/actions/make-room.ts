import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { reseat } from '../rules/reseat.ts';
import { occupiedTime } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { changeSeats, lockSeatingPlan, readSeatingPlan } from '../store/seats.ts';
import { openHours, rebuildOperatorDay } from './rebuild-free-time.ts';

/** What room is to be made for: one operator's time at an office. */
export interface RoomFor {
  readonly service: Service;
  readonly officeId: string;
  readonly start: Instant;
  /** Only this operator will do: nobody is moved for that. */
  readonly operatorId?: string | undefined;
  /** ISO 639-1 */
  readonly language?: string | undefined;
}

/**
 * Whether giving others another operator could make room, seen without keeping anybody waiting: most
 * that are refused are refused for good.
 */
export async function couldMakeRoom(call: Call, wanted: RoomFor): Promise<boolean> {
  if (!mayReseat(wanted)) return false;
  const plan = await readSeatingPlan(
    call.database,
    wanted.officeId,
    wanted.start,
    call.clock.now(),
  );
  return reseat(seatOf(wanted), plan.operators, plan.seated) !== undefined;
}

/**
 * Moves appointments that nobody was promised to other operators at their own hour, so that somebody
 * able is free at the one wanted. The caller claims that time in the same transaction, and gives up
 * all of it when the claim is lost. @returns whether there is room now
 */
export async function makeRoom(
  transaction: Database,
  call: Call,
  wanted: RoomFor,
): Promise<boolean> {
  if (!mayReseat(wanted)) return false;
  const { officeId, start } = wanted;
  const plan = await lockSeatingPlan(transaction, officeId, start, call.clock.now());
  const ids = plan.operators.map(({ id }) => id);
  const hours = await openHours(transaction, ids, start);
  const operators = plan.operators.map((one) => ({ ...one, hours: hours.get(one.id) ?? [] }));
  const found = reseat(seatOf(wanted), operators, plan.seated);
  if (!found) return false;
  if (found.moves.length > 0) await changeSeats(transaction, found.moves, plan);
  const touched = new Set(found.moves.flatMap(({ from, to }) => [from, to]));
  for (const id of [...touched].sort()) await rebuildOperatorDay(transaction, id, start);
  for (const { id, from, to } of found.moves) {
    await audit(transaction, call, {
      action: 're-seat-appointment',
      subjectKind: 'appointment',
      subjectId: id,
      detail: { from, to },
    });
  }
  return true;
}

function mayReseat({ service, operatorId }: RoomFor): boolean {
  return service.operators === 1 && operatorId === undefined;
}

function seatOf({ service, start, language }: RoomFor) {
  return { during: occupiedTime(service, start), skill: service.skill, language };
}
