const MINUTE = 60_000;
const LONGEST = 6 * 60 * MINUTE;
const ATTEMPTS = 12;

/**
 * How long to wait, in milliseconds, after the `attempts`-th failed delivery; undefined when it is
 * time to give up. One minute, doubling up to six hours: twelve attempts within a day, long enough
 * for a mail server that is down overnight. Ours.
 */
export function retryDelay(attempts: number): number | undefined {
  if (attempts >= ATTEMPTS) return undefined;
  return Math.min(LONGEST, MINUTE * 2 ** (attempts - 1));
}
