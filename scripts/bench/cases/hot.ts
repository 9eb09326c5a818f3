import { sql } from 'drizzle-orm';
import { rows } from '../../../src/platform/database.ts';
import { type Figure, percentile } from '../measure.ts';
import { SERVICE_ID } from '../network.ts';
import type { World } from '../world.ts';

const ROUNDS = 10;
const CLIENTS = 100;
/** As many rounds again, before any is counted, open connections and warm the service. */
const WARMING = 5;

/**
 * A hundred clients who ask at one moment for the one free place of an hour, ten times over. The
 * reference is what so many cost whatever they ask: `/status`, and a booking at an office that there
 * is not, which is refused at the first look.
 * @throws when a round has not exactly one winner
 */
export async function hot({ url, services }: World): Promise<Figure[]> {
  const slots = await rows<{ office_id: string; start: number }>(
    services.database,
    sql`select office_id, (extract(epoch from start) * 1000)::float8 as start
      from free_time f, unnest(f.free) as stretch,
        generate_series(lower(stretch), upper(stretch) - interval '30 minutes', interval '30 minutes') as start
      where start between now() + interval '1 day' and now() + interval '80 days'
      group by office_id, start having count(*) = 1
      order by md5(office_id::text || start::text) limit ${WARMING + ROUNDS}`,
  );
  const ask = (slot: { office_id: string; start: number }, who: string) =>
    fetch(`${url}/v1/appointments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        service_id: SERVICE_ID,
        office_id: slot.office_id,
        starts_at: new Date(slot.start).toISOString(),
        person: { given_name: 'Rosa', family_name: 'Prova', email: `hot${who}@example.org` },
      }),
    });
  const taken = { status: [] as number[], refused: [] as number[], hot: [] as number[] };
  for (const [round, slot] of slots.entries()) {
    const status = await atOnce(() => fetch(`${url}/status`));
    const refused = await atOnce((client) => ask({ ...slot, office_id: SERVICE_ID }, `${client}`));
    const hot = await atOnce((client) => ask(slot, `${round}-${client}`));
    const won = hot.filter((answer) => answer.status === 201).length;
    const lost = hot.filter((answer) => answer.status === 409).length;
    if (won !== 1 || won + lost !== CLIENTS) throw new Error(`${won} won, ${lost} lost`);
    if (round < WARMING) continue;
    for (const [name, answers] of Object.entries({ status, refused, hot }))
      taken[name as keyof typeof taken].push(...answers.map(({ milliseconds }) => milliseconds));
  }
  const p99 = (samples: readonly number[]) => percentile(samples, 0.99);
  return [
    { name: 'hot_slot_p50', value: percentile(taken.hot, 0.5), unit: 'ms' },
    { name: 'hot_slot_p99', value: p99(taken.hot), unit: 'ms' },
    { name: 'hot_slot_winners', value: 1, unit: 'of 100' },
    { name: 'hot_status_reference_p99', value: p99(taken.status), unit: 'ms' },
    { name: 'hot_refused_reference_p99', value: p99(taken.refused), unit: 'ms' },
    { name: 'hot_slot_ratio', value: p99(taken.hot) / p99(taken.refused), unit: 'x' },
  ];
}

/** What a hundred who ask at one moment are answered, and how long each waited. */
function atOnce(ask: (client: number) => Promise<Response>) {
  return Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const started = performance.now();
      const answer = await ask(client);
      await answer.arrayBuffer();
      return { status: answer.status, milliseconds: performance.now() - started };
    }),
  );
}
