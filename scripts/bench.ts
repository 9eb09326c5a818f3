/**
 * `npm run bench [names…]` prints `name value unit` lines of how fast the service is, each beside a
 * reference measured in the same run: figures of different machines compare by their ratios alone.
 */

import { type Call, systemCall } from '../src/platform/call.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { bookings } from './bench/cases/bookings.ts';
import { growth } from './bench/cases/growth.ts';
import { hot } from './bench/cases/hot.ts';
import { pages } from './bench/cases/pages.ts';
import { earliest, far, month, nation } from './bench/cases/searches.ts';
import { seating } from './bench/cases/seating.ts';
import type { Figure } from './bench/measure.ts';
import { openWorld, type World } from './bench/world.ts';
import { fillFar } from './bench/worlds/far.ts';
import { fillNation } from './bench/worlds/nation.ts';
import { describeRegion, fillRegion } from './bench/worlds/region.ts';

interface Group {
  readonly fill: (call: Call) => Promise<void>;
  readonly describe?: (call: Call) => Promise<Figure[]>;
  readonly cases: Record<string, (world: World) => Promise<Figure[]>>;
}

/** Cases by the world they run in. */
const GROUPS: Record<string, Group> = {
  region: {
    fill: fillRegion,
    describe: describeRegion,
    cases: { earliest, month, pages, bookings, hot },
  },
  nation: { fill: fillNation, cases: { nation } },
  far: { fill: fillFar, cases: { far } },
  // Fills the network anew for each row of its table.
  growth: { fill: async () => {}, cases: { growth } },
};

/** Cases that need no database. */
const ALONE: Record<string, () => Figure[]> = { seating };

const known = [
  ...Object.keys(ALONE),
  ...Object.values(GROUPS).flatMap(({ cases }) => Object.keys(cases)),
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no such case: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(2);
}

for (const [name, measure] of Object.entries(ALONE)) {
  if (asked.length === 0 || asked.includes(name)) for (const figure of measure()) print(figure);
}
if (asked.length > 0 && asked.every((name) => name in ALONE)) process.exit(0);

const server = await startPostgres();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.stop().finally(() => process.exit(1)));
try {
  for (const [name, group] of Object.entries(GROUPS)) await run(name, group);
} finally {
  await server.stop();
}

async function run(name: string, { fill, describe, cases }: Group): Promise<void> {
  const wanted = Object.entries(cases).filter(
    ([name]) => asked.length === 0 || asked.includes(name),
  );
  if (wanted.length === 0) return;
  const started = performance.now();
  const world = await openWorld(server, name, fill);
  try {
    const seconds = (performance.now() - started) / 1000;
    print({ name: `${name}_preparation`, value: seconds, unit: 's' });
    const call = systemCall(world.services, 'bench');
    for (const figure of (await describe?.(call)) ?? []) print(figure);
    for (const [, measure] of wanted) for (const figure of await measure(world)) print(figure);
  } finally {
    await world.close();
  }
}

function print({ name, value, unit }: Figure): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  console.log(`${name} ${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`);
}
