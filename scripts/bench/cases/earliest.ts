import { sql } from 'drizzle-orm';
import { rows } from '../../../src/platform/database.ts';
import { type Figure, percentile, perSecond, timings } from '../measure.ts';
import { SERVICE_ID } from '../network.ts';
import type { World } from '../world.ts';

const REQUESTS = 400;

/**
 * The earliest start of each of the 65 offices, asked from every comune of the region over HTTP.
 * The reference is the lightest answer that takes the same way: `/status`.
 */
export async function earliest({ url, services }: World): Promise<Figure[]> {
  const comuni = await rows<{ istat_code: string }>(
    services.database,
    sql`select istat_code from comune where region = 'Sicilia' order by md5(istat_code)`,
  );
  const search = (n: number) => {
    const comune = comuni[n % comuni.length]!.istat_code;
    return `${url}/v1/earliest-starts?service_id=${SERVICE_ID}&comune=${comune}&limit=100`;
  };
  const reference = await timings(REQUESTS, () => `${url}/status`);
  const taken = await timings(REQUESTS, search);
  const numbers = Array.from({ length: REQUESTS }, (_, n) => n);
  const rate = await perSecond(numbers, 8, async (n) => (await fetch(search(n))).arrayBuffer());
  return [
    { name: 'earliest_p50', value: percentile(taken, 0.5), unit: 'ms' },
    { name: 'earliest_p95', value: percentile(taken, 0.95), unit: 'ms' },
    { name: 'earliest_reference_p50', value: percentile(reference, 0.5), unit: 'ms' },
    { name: 'earliest_reference_p95', value: percentile(reference, 0.95), unit: 'ms' },
    {
      name: 'earliest_ratio',
      value: percentile(taken, 0.5) / percentile(reference, 0.5),
      unit: 'x',
    },
    { name: 'earliest_rate', value: rate, unit: '1/s' },
  ];
}
