/**
 * `npm run bench [names…]` prints `name value unit` lines of how fast the service is, each beside a
 * reference measured in the same run: figures of different machines compare by their ratios alone.
 */

import { systemCall } from '../src/platform/call.ts';
import { bookings } from './bench/cases/bookings.ts';
import { earliest } from './bench/cases/earliest.ts';
import { pages } from './bench/cases/pages.ts';
import type { Figure } from './bench/measure.ts';
import { DAYS, OFFICES, OPERATORS, shareTaken } from './bench/network.ts';
import { openWorld, type World } from './bench/world.ts';

const CASES: Record<string, (world: World) => Promise<Figure[]>> = { earliest, pages, bookings };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CASES));
if (unknown.length > 0) {
  console.error(`no such case: ${unknown.join(', ')}; there are ${Object.keys(CASES).join(', ')}`);
  process.exit(2);
}

const started = performance.now();
const world = await openWorld();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => world.close().finally(() => process.exit(1)));
try {
  const share = await shareTaken(systemCall(world.services, 'bench'));
  print({ name: 'offices', value: OFFICES, unit: 'offices' });
  print({ name: 'operators', value: OPERATORS, unit: 'operators' });
  print({ name: 'days', value: DAYS, unit: 'days' });
  print({ name: 'appointments', value: world.taken, unit: 'appointments' });
  print({ name: 'taken', value: share * 100, unit: '%' });
  print({ name: 'preparation', value: (performance.now() - started) / 1000, unit: 's' });
  for (const name of asked.length > 0 ? asked : Object.keys(CASES))
    for (const figure of await CASES[name]!(world)) print(figure);
} finally {
  await world.close();
}

function print({ name, value, unit }: Figure): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  console.log(`${name} ${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`);
}
