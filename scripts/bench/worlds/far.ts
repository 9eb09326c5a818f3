import { sql } from 'drizzle-orm';
import type { Call } from '../../../src/platform/call.ts';
import { writeFreeTime, writeOffices } from '../network.ts';

/** Four openings of an hour on each day of the week: 28. */
const HOURS = sql`(select weekday, make_time(hour, 0, 0)::text, make_time(hour + 1, 0, 0)::text
  from generate_series(1, 7) as weekday, unnest(array[8, 10, 12, 15]) as hour)`;

/**
 * 64 offices with 28 recurring openings each, full for the next five months: the search of which
 * users of rdv-service-public complained that it takes ten to twenty seconds.
 */
export async function fillFar(call: Call): Promise<void> {
  await writeOffices(call, { offices: 64, operators: 256, days: 180 }, HOURS);
  await writeFreeTime(call, { days: 180, taken: 0.7, firstDay: 150 });
}
