import { merge, subtract } from '../../network/rules/openings.ts';
import type { Interval } from '../../platform/clock.ts';

/** Time that asks for an operator. */
export interface Seat {
  /** Buffers included. */
  readonly during: Interval;
  readonly skill: string;
  /** ISO 639-1; undefined when any will do. */
  readonly language: string | undefined;
}

/** An appointment that has its operator already. */
export interface Seated extends Seat {
  readonly id: string;
  readonly operatorId: string;
  /** Whether another operator may take it: nobody was promised this one, and it did not begin. */
  readonly movable: boolean;
}

export interface SeatOperator {
  readonly id: string;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  /** Disjoint, in order. */
  readonly free: readonly Interval[];
  /** When they receive at all; whenever they are free or have somebody, when absent. */
  readonly hours?: readonly Interval[];
}

export interface Reseating {
  /** Who receives the new seat. */
  readonly operatorId: string;
  readonly moves: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

/** Appointments moved for one new one: longer chains help nobody who waits for an answer. */
const LONGEST_CHAIN = 8;
/** Placements tried before giving up: a day of a large office is settled within far fewer. */
const PATIENCE = 500;

/**
 * Makes room for `wanted` by moving appointments from one operator to another at the same hour: an
 * augmenting path through the matching of appointments and operators (Berge, 1957), here of times of
 * any length, so that one appointment may push several. Looks for the shortest chain first.
 * @returns undefined when no chain of at most eight moves makes room
 */
export function reseat(
  wanted: Seat,
  operators: readonly SeatOperator[],
  seated: readonly Seated[],
): Reseating | undefined {
  // At every moment of it one operator more will be busy, whoever moves: somebody must be free then.
  const free = merge(operators.flatMap((operator) => operator.free));
  const { start, end } = wanted.during;
  if (!free.some((stretch) => stretch.start <= start && end <= stretch.end)) return undefined;

  const days = new Map(operators.map((operator) => [operator.id, dayOfOperator(operator, seated)]));
  let patience = PATIENCE;
  for (let depth = 1; depth <= LONGEST_CHAIN + 1; depth++) {
    const search = new Search(operators, seated, days, patience);
    const operatorId = search.place(wanted, depth);
    if (operatorId !== undefined) return { operatorId, moves: search.moves() };
    // Not one branch was cut short: deeper chains do not exist.
    if (!search.cut || search.tired) return undefined;
    patience = search.patience;
  }
  return undefined;
}

/** What an operator's day consists of before anybody moves. */
interface OperatorDay {
  readonly seated: readonly Seated[];
  /** Free or taken by an appointment that might move: time the operator receives in. Merged. */
  readonly open: readonly Interval[];
}

function dayOfOperator({ id, free, hours }: SeatOperator, all: readonly Seated[]): OperatorDay {
  const seated = all.filter(({ operatorId }) => operatorId === id);
  const open = merge([...free, ...seated.map(({ during }) => during)]);
  // Whoever stays in time that was shut since is no reason to seat others there.
  return { seated, open: hours ? subtract(open, subtract(open, hours)) : open };
}

class Search {
  /** Whether a branch ended because of the depth allowed. */
  cut = false;
  /** Who has those that may move. One that several operators receive together stays with each. */
  private readonly where: Map<string, string>;
  private readonly pinned = new Set<string>();
  private readonly added: { readonly seat: Seat; readonly operatorId: string }[] = [];

  constructor(
    private readonly operators: readonly SeatOperator[],
    private readonly seated: readonly Seated[],
    private readonly days: ReadonlyMap<string, OperatorDay>,
    public patience: number,
  ) {
    const movable = seated.filter((one) => one.movable);
    this.where = new Map(movable.map(({ id, operatorId }) => [id, operatorId]));
  }

  get tired(): boolean {
    return this.patience <= 0;
  }

  /** Gives `seat` an operator, pushing others on at most `depth` deep; changes nothing if it cannot. */
  place(seat: Seat, depth: number, not?: string): string | undefined {
    if (this.tired) return undefined;
    this.patience -= 1;
    const able = this.operators
      .filter(
        ({ id, skills, languages }) =>
          id !== not &&
          skills.includes(seat.skill) &&
          (seat.language === undefined || languages.includes(seat.language)),
      )
      .map((operator) => ({ operator, pushed: this.inTheWay(operator, seat.during) }))
      .filter((one) => one.pushed !== undefined)
      .sort((a, b) => a.pushed!.length - b.pushed!.length);
    for (const { operator, pushed } of able) {
      if (this.push(seat, operator.id, pushed!, depth)) return operator.id;
    }
    return undefined;
  }

  private push(seat: Seat, to: string, pushed: readonly Seated[], depth: number): boolean {
    if (pushed.length > 0 && depth === 1) {
      this.cut = true;
      return false;
    }
    const before = { where: new Map(this.where), pinned: new Set(this.pinned) };
    this.added.push({ seat, operatorId: to });
    for (const other of pushed) {
      this.pinned.add(other.id);
      this.where.delete(other.id);
    }
    for (const other of pushed) {
      const next = this.place(other, depth - 1, other.operatorId);
      if (next === undefined) {
        this.restore(before, seat);
        return false;
      }
      this.where.set(other.id, next);
    }
    return true;
  }

  private restore(before: { where: Map<string, string>; pinned: Set<string> }, seat: Seat): void {
    this.where.clear();
    for (const [id, operatorId] of before.where) this.where.set(id, operatorId);
    this.pinned.clear();
    for (const id of before.pinned) this.pinned.add(id);
    this.added.length = this.added.findIndex((one) => one.seat === seat);
  }

  /** Who would have to give way to the time at this operator; undefined when it cannot be had. */
  private inTheWay(operator: SeatOperator, during: Interval): Seated[] | undefined {
    if (
      this.added.some((one) => one.operatorId === operator.id && overlaps(one.seat.during, during))
    )
      return undefined;
    const { seated, open } = this.days.get(operator.id)!;
    if (!open.some(({ start, end }) => start <= during.start && during.end <= end))
      return undefined;
    // One of several operators stays, whatever became of the others of the same appointment.
    const pushed = seated.filter(
      (one) =>
        (!one.movable || this.where.get(one.id) === operator.id) && overlaps(one.during, during),
    );
    return pushed.every((one) => one.movable && !this.pinned.has(one.id)) ? pushed : undefined;
  }

  moves(): Reseating['moves'] {
    return this.seated.flatMap(({ id, operatorId, movable }) => {
      const to = movable ? this.where.get(id)! : operatorId;
      return to === operatorId ? [] : [{ id, from: operatorId, to }];
    });
  }
}

function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}
