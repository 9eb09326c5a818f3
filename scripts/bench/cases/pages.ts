import { type Figure, percentile, timings } from '../measure.ts';
import type { World } from '../world.ts';

const REQUESTS = 200;

/** Pages as a browser asks for them, without its files. The reference is `/status`. */
export async function pages({ url }: World): Promise<Figure[]> {
  const reference = await timings(REQUESTS, () => `${url}/status`);
  const base = percentile(reference, 0.5);
  const figures: Figure[] = [{ name: 'page_reference_p50', value: base, unit: 'ms' }];
  const paths = {
    home: '/',
    services: '/prenota',
    offices: `/prenota/luogo?servizio=colloquio&comune=082053`,
    times: `/prenota/orario?servizio=colloquio&ufficio=cpi-1`,
  };
  for (const [name, path] of Object.entries(paths)) {
    const taken = await timings(REQUESTS, () => url + path);
    figures.push(
      { name: `page_${name}_p50`, value: percentile(taken, 0.5), unit: 'ms' },
      { name: `page_${name}_p95`, value: percentile(taken, 0.95), unit: 'ms' },
      { name: `page_${name}_ratio`, value: percentile(taken, 0.5) / base, unit: 'x' },
    );
  }
  return figures;
}
