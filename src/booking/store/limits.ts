import { type SQL, sql } from 'drizzle-orm';
import type { LimitedStretch } from '../../network/rules/openings.ts';
import { type Instant, MINUTE } from '../../platform/clock.ts';

const FOR_STAFF = 2e15;
const NEVER = 1e15;

/**
 * As `free_for` takes it, in seconds: what opens to the public later than this is not seen. By the
 * minute, so that those who ask the same at one moment ask it in the same words.
 */
export function seenSeconds(publicAt: Instant | undefined): number {
  return publicAt === undefined ? FOR_STAFF : Math.floor(publicAt / MINUTE) * 60;
}

/** Limits as `free_time.limits` keeps them, in seconds; null when there are none. */
export function limitsJson(stretches: readonly LimitedStretch[]): unknown {
  if (stretches.length === 0) return null;
  return stretches.map(({ during, skills, publicFrom }) => ({
    from: during.start / 1000,
    until: during.end / 1000,
    ...(skills && { skills }),
    ...(publicFrom !== undefined && {
      public_from: Number.isFinite(publicFrom) ? publicFrom / 1000 : NEVER,
    }),
  }));
}

/**
 * What is free of a row `f` of `free_time` for a service's skill and whoever asks. Rows without
 * limits, nearly all, are spared the function.
 */
export function freeFor(skill: SQL, seen: SQL, free = sql`f.free`): SQL {
  return sql`case when f.limits is null then ${free} else free_for(${free}, f.limits, ${skill}, ${seen}) end`;
}

/** What is free for everything and everybody: where it is not known yet who would take it. */
export const FREE_FOR_ALL = freeFor(sql`''`, sql`-1`);
