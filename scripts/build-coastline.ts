/**
 * Builds `src/reference/data/italy-outline.ts` from the development dependency `world-atlas`
 * (Natural Earth, 1:10,000,000). Run `npx tsx scripts/build-coastline.ts` after updating it.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

type Atlas = Parameters<typeof feature>[0];
interface Countries {
  readonly features: readonly {
    readonly id: string;
    readonly geometry: { readonly coordinates: readonly (readonly number[])[][][] };
  }[];
}

const load = createRequire(import.meta.url);
const atlas = load('world-atlas/countries-10m.json') as Atlas;
const { version } = load('world-atlas/package.json') as { version: string };

/** ISO 3166-1 number of Italy. */
const ITALY = '380';
/** A thousandth of a degree is a hundred metres: finer than the source. */
const PER_DEGREE = 1000;

const countries = feature(atlas, atlas.objects.countries!) as unknown as Countries;
const { coordinates } = countries.features.find(({ id }) => id === ITALY)!.geometry;

// Outer rings only: the enclaves (San Marino, Vatican City) are no coast.
const rings = coordinates.map(([outer]) => {
  let [x, y] = [0, 0];
  const steps: string[] = [];
  for (const [longitude, latitude] of outer!) {
    const [nextX, nextY] = [longitude!, latitude!].map((degrees) =>
      Math.round(degrees * PER_DEGREE),
    ) as [number, number];
    if (nextX !== x || nextY !== y) steps.push(`${nextX - x},${nextY - y}`);
    [x, y] = [nextX, nextY];
  }
  return steps.join(' ');
});

writeFileSync(
  new URL('../src/reference/data/italy-outline.ts', import.meta.url),
  `/**
 * Outline of Italy, islands included: Natural Earth 1:10m admin 0 (public domain), through
 * world-atlas ${version}. Built by \`scripts/build-coastline.ts\`; do not edit.
 *
 * A line a ring: points as steps "longitude,latitude" from the one before, in thousandths of a degree.
 */
export const ITALY_OUTLINE = \`
${rings.join('\n')}
\`;
`,
);
console.log(`${rings.length} rings`);
