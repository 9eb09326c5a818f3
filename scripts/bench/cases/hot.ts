import { sql } from 'drizzle-orm';
import { rows } from '../../../src/platform/database.ts';
import { type Figure, percentile } from '../measure.ts';
import { SERVICE_ID } from '../network.ts';
import type { World } from '../world.ts';

const ROUNDS = 10;
const CLIENTS = 100;

/**
 * A hundred clients who ask at one moment for the one free place of an hour, ten times over.
 * @throws when a round has not exactly one winner
 */
export async function hot({ url, services }: World): Promise<Figure[]> {
  const slots = await rows<{ office_id: string; start: number }>(
    services.database,
    sql`select office_id, (extract(epoch from start) * 1000)::float8 as start
      from free_time f, unnest(f.free) as stretch,
        generate_series(lower(stretch), upper(stretch) - interval '30 minutes', interval '30 minutes') as start
      where start > now() + interval '1 day'
      group by office_id, start having count(*) = 1
      order by md5(office_id::text || start::text) limit ${ROUNDS + 1}`,
  );
  const taken: number[] = [];
  for (const [round, slot] of slots.entries()) {
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const started = performance.now();
        const answer = await fetch(`${url}/v1/appointments`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            service_id: SERVICE_ID,
            office_id: slot.office_id,
            starts_at: new Date(slot.start).toISOString(),
            person: {
              given_name: 'Rosa',
              family_name: 'Prova',
              email: `hot${round}-${client}@example.org`,
            },
          }),
        });
        await answer.arrayBuffer();
        // The first round opens the connections.
        if (round > 0) taken.push(performance.now() - started);
        return answer.status;
      }),
    );
    const won = answers.filter((status) => status === 201).length;
    const lost = answers.filter((status) => status === 409).length;
    if (won !== 1 || won + lost !== CLIENTS) throw new Error(`${won} won, ${lost} lost`);
  }
  return [
    { name: 'hot_slot_p50', value: percentile(taken, 0.5), unit: 'ms' },
    { name: 'hot_slot_p99', value: percentile(taken, 0.99), unit: 'ms' },
    { name: 'hot_slot_winners', value: 1, unit: 'of 100' },
  ];
}
