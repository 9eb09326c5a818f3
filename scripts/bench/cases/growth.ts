import { sql } from 'drizzle-orm';
import { type Call, systemCall } from '../../../src/platform/call.ts';
import { rows } from '../../../src/platform/database.ts';
import { type Figure, median, timings } from '../measure.ts';
import { writeFreeTime, writeOffices } from '../network.ts';
import type { World } from '../world.ts';
import { monthUrls, searchUrls } from './searches.ts';

const REQUESTS = 120;

interface Size {
  readonly offices: number;
  /** Of each office. */
  readonly operators: number;
  readonly days: number;
  /** Share of the time that is taken, in percent. */
  readonly taken: number;
}

/** A region; each row of the table differs from it in one thing. */
const BASE: Size = { offices: 65, operators: 8, days: 90, taken: 70 };

const VARIED: { readonly [K in keyof Size]: readonly number[] } = {
  offices: [16, 65, 260, 550],
  operators: [2, 8, 32, 64],
  days: [30, 90, 180],
  taken: [30, 70, 95, 99.5],
};

/**
 * How the cost of a search grows with the offices, the operators of each, the days that can be booked
 * and the share taken, one at a time: the earliest start within 30 km, that of every office, and a
 * month of one office, over HTTP. Medians, which another's work on the machine moves least.
 */
export async function growth(world: World): Promise<Figure[]> {
  const call = systemCall(world.services, 'bench');
  const measured = new Map<string, Figure[]>();
  // Once in vain: a service that just began is slow, whatever it is asked.
  await measure(world, call, BASE);
  const reference = await timings(REQUESTS, () => `${world.url}/status`);
  const figures: Figure[] = [
    { name: 'growth_status_reference_p50', value: median(reference), unit: 'ms' },
  ];
  for (const [dimension, values] of Object.entries(VARIED)) {
    for (const value of values) {
      const size = { ...BASE, [dimension]: value };
      const key = JSON.stringify(size);
      const found = measured.get(key) ?? (await measure(world, call, size));
      measured.set(key, found);
      figures.push(
        ...found.map((one) => ({ ...one, name: `growth_${dimension}_${value}_${one.name}` })),
      );
    }
  }
  return figures;
}

async function measure(world: World, call: Call, size: Size): Promise<Figure[]> {
  await rows(
    call.database,
    sql`truncate office, staff_category, service, free_time, opening, operator, bacino_comune cascade`,
  );
  const operators = size.offices * size.operators;
  await writeOffices(call, { offices: size.offices, operators, days: size.days });
  await writeFreeTime(call, { days: size.days, taken: size.taken / 100 });
  const search = await searchUrls(world);
  const month = await monthUrls(world);
  const cases = {
    '30km': (n: number) => search(n, '&within_km=30'),
    all: (n: number) => search(n),
    month,
  };
  const figures: Figure[] = [];
  for (const [name, url] of Object.entries(cases)) {
    const taken = await timings(REQUESTS, url);
    figures.push({ name: `${name}_p50`, value: median(taken), unit: 'ms' });
  }
  return figures;
}
