import { type Instant, MINUTE } from '../../platform/clock.ts';

/**
 * Minutes to wait after each failed attempt; after the last one the delivery is dead. Three days and
 * a quarter in all. Source: the example schedule of Standard Webhooks 1.0.0,
 * "Deliverability and reliability".
 */
const WAITS = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440];

/** The share by which a wait is stretched at most, so that what failed together is not tried together. */
const JITTER = 0.2;

/**
 * When to try again after `attempts` failures; undefined when nothing more is tried.
 * @param chance between 0 and 1
 */
export function nextAttempt(attempts: number, now: Instant, chance: number): Instant | undefined {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? undefined : now + wait * MINUTE * (1 + JITTER * chance);
}
