/**
 * What is known of an appointment, and nothing more, when it is asked whether its person will come.
 * Facts of the appointment and of the person's own past ones: no sex, age, citizenship, place of
 * birth, health or benefit, and nothing of how the person writes or what they bring.
 */
export interface Visit {
  /** Days from the booking to the appointment. */
  readonly leadDays: number;
  /** Hour on the wall clock. */
  readonly hour: number;
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly service: string;
  /** How it was booked: `web`, `desk`, `convocation`… */
  readonly origin: string;
  /** Earlier appointments the person did not come to, and came to. */
  readonly absences: number;
  readonly attendances: number;
}

/** Earlier appointments beyond these add nothing: a few tell most. Ours. */
const MOST_EARLIER = 5;

/** Terms of every fit, besides one for each service. */
const TERMS = {
  lead: (visit) => Math.log1p(Math.max(0, visit.leadDays)),
  early: (visit) => Number(visit.hour < 10),
  afternoon: (visit) => Number(visit.hour >= 14),
  monday: (visit) => Number(visit.weekday === 1),
  friday: (visit) => Number(visit.weekday === 5),
  desk: (visit) => Number(visit.origin === 'desk'),
  convocation: (visit) => Number(visit.origin === 'convocation'),
  absences: (visit) => Math.min(visit.absences, MOST_EARLIER),
  attendances: (visit) => Math.min(visit.attendances, MOST_EARLIER),
} satisfies Record<string, (visit: Visit) => number>;

export const TERM_CODES = Object.keys(TERMS) as (keyof typeof TERMS)[];
export type TermCode = keyof typeof TERMS;

const SERVICE = 'service:';

export function isTermCode(code: string): code is TermCode {
  return Object.hasOwn(TERMS, code);
}

/** The service that a term stands for; undefined for the others. */
export function serviceOfTerm(code: string): string | undefined {
  return code.startsWith(SERVICE) ? code.slice(SERVICE.length) : undefined;
}

export function termOfService(service: string): string {
  return `${SERVICE}${service}`;
}

/** What a term is for a visit; a term of another version of the software counts as nothing. */
export function termValue(code: string, visit: Visit): number {
  if (isTermCode(code)) return TERMS[code](visit);
  return Number(serviceOfTerm(code) === visit.service);
}
