import { ITALY_OUTLINE } from './data/italy-outline.ts';

/** A closed line of points, the last joined to the first. */
export type Ring = readonly (readonly [longitude: number, latitude: number])[];

let decoded: readonly Ring[] | undefined;

/** The outline of Italy and of its islands, in degrees. Natural Earth 1:10m, public domain. */
export function italyOutline(): readonly Ring[] {
  decoded ??= ITALY_OUTLINE.trim().split('\n').map(decodeRing);
  return decoded;
}

function decodeRing(line: string): Ring {
  let [x, y] = [0, 0];
  return line.split(' ').map((step) => {
    const [dx, dy] = step.split(',').map(Number) as [number, number];
    x += dx;
    y += dy;
    return [x / 1000, y / 1000] as const;
  });
}
