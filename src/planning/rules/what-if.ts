/** Moving and adding staff on paper. */
import type { AtLevel } from './qualification.ts';

/** People of one category in one office. */
export interface CategoryCount {
  readonly category: string;
  readonly level: number;
  readonly count: number;
}

export interface StaffChange {
  readonly category: string;
  /** Whole people; negative leave. */
  readonly count: number;
}

/** Why a change cannot be: the category is unknown, or more people would leave than are there. */
export type ChangeRefusal = 'unknown-category' | 'too-few-people';

/**
 * The organico of one office after the changes. Several changes of one category add up before they
 * are judged.
 */
export function changeStaff(
  staff: readonly CategoryCount[],
  changes: readonly StaffChange[],
  levels: ReadonlyMap<string, number>,
): CategoryCount[] | { refused: ChangeRefusal; category: string } {
  const counts = new Map(staff.map(({ category, count }) => [category, count]));
  for (const { category, count } of changes) {
    if (!levels.has(category)) return { refused: 'unknown-category', category };
    counts.set(category, (counts.get(category) ?? 0) + count);
  }
  for (const [category, count] of counts)
    if (count < 0) return { refused: 'too-few-people', category };
  return [...counts]
    .map(([category, count]) => ({ category, level: levels.get(category) ?? 0, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.level - b.level);
}

/** Every person counts as a full-time post: part time is not recorded yet. */
export function asPosts(staff: readonly CategoryCount[]): AtLevel[] {
  return staff.map(({ level, count }) => ({ level, posts: count }));
}

/** The appointment book of an office for one service, in hours a week. */
export interface Agenda {
  /** Hours of its operators who may do the service, free or taken. */
  readonly slots: number;
  /** Hours of appointments it took in lately, however they ended. */
  readonly taken: number;
  /** Operators those hours belong to. */
  readonly operators: number;
}

/** A wait past which the book is full: whoever comes takes what has just become free. */
const FULL_BOOK_DAYS = 30;

/** The book as `followWait` starts from it, today and with other staff. */
export interface BookState {
  readonly backlog: number;
  readonly arrivals: number;
  readonly slots: number;
  readonly least: number;
}

/**
 * A short wait means that the book takes in all who come: nobody is really queueing, and the days
 * waited are those of notice and of uneven filling. A long one means that as many come as are seen,
 * or it would have grown beyond the calendar: all of it is backlog. Those who gave up are in neither,
 * so the answer is a lower bound on the wait.
 *
 * @param kept share of slots that people come to, at today's wait
 * @param added operators who may do the service, more (or fewer, negative)
 */
export function bookStates(
  agenda: Agenda,
  waitDays: number,
  kept: number,
  added: number,
  hoursPerOperator: number,
): { before: BookState; after: BookState } {
  const full = waitDays > FULL_BOOK_DAYS;
  const before = {
    backlog: full ? (waitDays / 7) * agenda.slots * kept : 0,
    arrivals: (full ? agenda.slots : Math.min(agenda.taken, agenda.slots)) * kept,
    slots: agenda.slots,
    least: full ? 0 : waitDays,
  };
  const slots = Math.max(0, agenda.slots + added * hoursPerOperator);
  return { before, after: { ...before, slots } };
}
