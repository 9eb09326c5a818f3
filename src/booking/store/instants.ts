import { sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';

/** An instant as PostgreSQL takes it. */
export const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;

/** A half-open `tstzrange`. */
export const range = (interval: Interval) =>
  sql`tstzrange(${at(interval.start)}, ${at(interval.end)})`;

/** Intervals as the text of a `tstzmultirange`. */
export function multirangeText(intervals: readonly Interval[]): string {
  const ranges = intervals.map(
    ({ start, end }) => `[${new Date(start).toISOString()},${new Date(end).toISOString()})`,
  );
  return `{${ranges.join(',')}}`;
}
