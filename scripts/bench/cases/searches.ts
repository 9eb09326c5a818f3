import { sql } from 'drizzle-orm';
import { rows } from '../../../src/platform/database.ts';
import { type Figure, percentile, perSecond, timings } from '../measure.ts';
import { SERVICE_ID } from '../network.ts';
import type { World } from '../world.ts';

const REQUESTS = 300;

/** Searches over HTTP from every comune of the seats' region, in an order that mixes them. */
export async function searchUrls({
  url,
  services,
}: World): Promise<(n: number, more?: string) => string> {
  const comuni = await rows<{ comune: string }>(
    services.database,
    sql`select comune from bacino_comune order by md5(comune)`,
  );
  return (n, more = '') =>
    `${url}/v1/earliest-starts?service_id=${SERVICE_ID}&comune=${comuni[n % comuni.length]!.comune}&limit=100${more}`;
}

/** Median and slowest twentieth of a case, and the median's ratio to that of `/status`. */
function figures(name: string, taken: readonly number[], reference: readonly number[]): Figure[] {
  return [
    { name: `${name}_p50`, value: percentile(taken, 0.5), unit: 'ms' },
    { name: `${name}_p95`, value: percentile(taken, 0.95), unit: 'ms' },
    {
      name: `${name}_ratio`,
      value: percentile(taken, 0.5) / percentile(reference, 0.5),
      unit: 'x',
    },
  ];
}

/**
 * The earliest start of each office within 30 km, and of each of the 65, asked from every comune.
 * The reference is the lightest answer that takes the same way: `/status`.
 */
export async function earliest(world: World): Promise<Figure[]> {
  const search = await searchUrls(world);
  const reference = await timings(REQUESTS, () => `${world.url}/status`);
  const near = await timings(REQUESTS, (n) => search(n, '&within_km=30'));
  const all = await timings(REQUESTS, (n) => search(n));
  const numbers = Array.from({ length: REQUESTS }, (_, n) => n);
  const rate = await perSecond(numbers, 8, async (n) => (await fetch(search(n))).arrayBuffer());
  return [
    { name: 'status_p50', value: percentile(reference, 0.5), unit: 'ms' },
    { name: 'status_p95', value: percentile(reference, 0.95), unit: 'ms' },
    ...figures('earliest_30km', near, reference),
    ...figures('earliest_65_offices', all, reference),
    { name: 'earliest_65_offices_rate', value: rate, unit: '1/s' },
  ];
}

/** The same in a nation of 550 offices and 8,000 operators: within 30 km, and everywhere. */
export async function nation(world: World): Promise<Figure[]> {
  const search = await searchUrls(world);
  const reference = await timings(REQUESTS, () => `${world.url}/status`);
  const near = await timings(REQUESTS, (n) => search(n, '&within_km=30'));
  const all = await timings(100, (n) => search(n));
  return [
    ...figures('nation_30km', near, reference),
    ...figures('nation_550_offices', all, reference),
  ];
}

/** The first start of 64 offices, five months away behind 28 recurring openings each. */
export async function far(world: World): Promise<Figure[]> {
  const search = await searchUrls(world);
  const reference = await timings(REQUESTS, () => `${world.url}/status`);
  return figures('five_months_away', await timings(REQUESTS, (n) => search(n)), reference);
}

/** The next month of one office after the other, by the API. */
export async function monthUrls({ url, services }: World): Promise<(n: number) => string> {
  const offices = await rows<{ id: string; from: string; to: string }>(
    services.database,
    sql`select id, current_date::text as "from", (current_date + 30)::text as "to" from office order by id`,
  );
  return (n) => {
    const { id, from, to } = offices[n % offices.length]!;
    return `${url}/v1/offices/${id}/starts?service_id=${SERVICE_ID}&from=${from}&to=${to}`;
  };
}

/** All starts of one office for a month. */
export async function month(world: World): Promise<Figure[]> {
  const url = await monthUrls(world);
  const reference = await timings(REQUESTS, () => `${world.url}/status`);
  return figures('month_of_an_office', await timings(REQUESTS, url), reference);
}
