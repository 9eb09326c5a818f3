import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import type { Booked } from '../rules/overbooking.ts';
import { baseChance, chanceOfAbsence, type Reason, reasonsOf } from '../rules/predict.ts';
import type { Visit } from '../rules/visit.ts';
import { type KeptModel, newestModels } from '../store/models.ts';
import { type Expected, expectedById, tallies } from '../store/visits.ts';

/** Days back that shares of absence are counted over. Ours. */
const SHARE_DAYS = 365;

/** Chance that nobody comes to a visit: of the newest model, or of the shares where none stands. */
export type Foresee = (visit: Visit) => number;

/** How visits to an office's service are foreseen now. */
export async function foreseeing(
  call: Call,
  database: Database,
  where: { readonly officeId: string; readonly serviceId: string },
): Promise<Foresee> {
  const [model] = await newestModels(database, 1);
  if (model) return (visit) => chanceOfAbsence(model.card, visit);
  const from = call.clock.now() - SHARE_DAYS * DAY;
  const { own, service, all } = await tallies(database, { ...where, from });
  const share = baseChance(own, service, all);
  return () => share;
}

/** An appointment as the bound counts it: those already received came, nothing is uncertain of them. */
export function asBooked(one: Expected, foresee: Foresee): Booked {
  const { id, startsAt, beyond, besideId, received } = one;
  return { id, startsAt, shows: received ? 1 : 1 - foresee(one), beyond, besideId };
}

export interface Foreseen {
  readonly appointment: Expected;
  readonly chanceOfAbsence: number;
  readonly model: KeptModel | undefined;
  /** Empty where no model stands: the chance is a share then. */
  readonly reasons: readonly Reason[];
}

/**
 * The chance that nobody comes to one appointment, and why: for the staff of its office.
 * @throws {Problem} 401, 403 another office; 404
 */
export async function foreseeAppointment(call: Call, id: string): Promise<Foreseen> {
  authorise(call.actor, 'operator', 'administrator');
  const appointment = await expectedById(call.database, id);
  if (!appointment) throw notFound();
  authoriseOffice(call.actor, appointment.officeId);
  const [model] = await newestModels(call.database, 1);
  const foresee = await foreseeing(call, call.database, appointment);
  return {
    appointment,
    chanceOfAbsence: foresee(appointment),
    model,
    reasons: model ? reasonsOf(model.card, appointment) : [],
  };
}

/** Fits that the card lists. */
const LISTED = 30;

/** The newest fits of the model, the one in use first. @throws {Problem} 401, 403 */
export async function listModels(call: Call): Promise<KeptModel[]> {
  authorise(call.actor, 'operator', 'planner', 'administrator');
  return newestModels(call.database, LISTED);
}
