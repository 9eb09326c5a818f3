import {
  DAY,
  dayOf,
  type Instant,
  type Interval,
  type IsoDate,
  midnight,
} from '../../platform/clock.ts';

/**
 * Days from the Did or the first contact within which a person should have been received, unless a
 * campaign says otherwise. Public pages of employment services name fifteen days for who asked for
 * Naspi or Dis-Coll (D.Lgs. 150/2015 art. 21 c. 2); unverified for every other case.
 */
export const TERM_DAYS = 15;

/** Days that a convocation leaves before its date, unless a campaign says otherwise. Ours. */
export const NOTICE_DAYS = 7;

/** Days of room for the letter to be written and the desk to look at it. Ours. */
const PREPARATION_DAYS = 3;

/** The instant when the term ends: the end of its last day. */
function termEnds(from: IsoDate, termDays: number): Instant {
  return midnight(from, termDays + 1);
}

/**
 * Whether the date must be imposed at `now`, so that notice and preparation still fit before the term
 * ends; also once it has passed.
 */
export function convokesNow(
  term: { readonly from: IsoDate; readonly termDays: number; readonly noticeDays: number },
  now: Instant,
): boolean {
  return now >= termEnds(term.from, term.termDays) - (term.noticeDays + PREPARATION_DAYS) * DAY;
}

/** Where the imposed date is looked for: after whole days of notice, inside what can be booked. */
export function convocationWindow(bookable: Interval, noticeDays: number, now: Instant): Interval {
  return {
    start: Math.max(bookable.start, midnight(dayOf(now), noticeDays + 1)),
    end: bookable.end,
  };
}

/**
 * Reasons for which a person may ask for another date; those that art. 21 D.Lgs. 150/2015 leaves to
 * the «giustificato motivo», in the list that public notices of employment centres give. Unverified.
 */
export const REASONS = [
  'illness',
  'military',
  'pregnancy',
  'court',
  'family',
  'mobility',
  'work',
  'force-majeure',
] as const;
export type Reason = (typeof REASONS)[number];

/** How often one convocation may be put off. Ours. */
const MOST_POSTPONEMENTS = 1;

export type PostponementVerdict = 'allowed' | 'already-asked' | 'too-often' | 'too-late' | 'closed';

/** Whether a convoked person may ask for another date: until the hour of the appointment, once. */
export function judgePostponement(
  convocation: {
    readonly open: boolean;
    readonly startsAt: Instant | undefined;
    readonly asked: boolean;
    readonly approved: number;
  },
  now: Instant,
): PostponementVerdict {
  if (!convocation.open || convocation.startsAt === undefined) return 'closed';
  if (convocation.asked) return 'already-asked';
  if (convocation.approved >= MOST_POSTPONEMENTS) return 'too-often';
  return convocation.startsAt <= now ? 'too-late' : 'allowed';
}
