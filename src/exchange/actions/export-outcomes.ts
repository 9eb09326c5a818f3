import { authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import type { Interval } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { outcomesCsv } from '../csv.ts';
import { outcomesOf } from '../store/agenda.ts';

/**
 * How the appointments of an office in `window` ended, by service and operator, as a CSV file.
 * @throws {Problem} 401, 403 another office, 404
 */
export async function exportOutcomes(
  call: Call,
  wanted: { readonly officeId: string; readonly window: Interval },
): Promise<string> {
  authoriseOffice(call.actor, wanted.officeId);
  if (!(await officeById(call.database, wanted.officeId))) throw notFound();
  const { officeId, window } = wanted;
  const found = await outcomesOf(call.database, officeId, window, call.clock.now());
  return outcomesCsv(found, call.locale);
}
