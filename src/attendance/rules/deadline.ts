import { dayOf, type Instant, type IsoDate, midnight } from '../../platform/clock.ts';

/**
 * Until when, not included, a justification is in time: the end of the day after the appointment,
 * or of the day after the impediment ended where it lasted longer. Days of the wall calendar, those
 * of rest among them: the rule as reported says "no later than the next day" and names no other.
 * Unverified against an official text.
 */
export function justificationDeadline(
  startsAt: Instant,
  impedimentEndsOn: IsoDate | undefined,
): Instant {
  const day = dayOf(startsAt);
  const last = impedimentEndsOn !== undefined && impedimentEndsOn > day ? impedimentEndsOn : day;
  return midnight(last, 2);
}
