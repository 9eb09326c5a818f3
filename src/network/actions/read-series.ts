import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { Series } from '../hours-store.ts';
import { seriesById } from '../series-store.ts';

/** One series of openings. @throws {Problem} 401; 403 another office's; 404 */
export async function readSeries(call: Call, id: string): Promise<Series> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await seriesById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  return found;
}
