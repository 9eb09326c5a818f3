import type { Instant } from '../../../src/platform/clock.ts';
import type { Life } from './life.ts';
import {
  groupBy,
  type Operation,
  overlap,
  type Records,
  type Setting,
  type SettingService,
  type Span,
  shownAt,
  taken,
} from './record.ts';
import type { Step } from './sequence.ts';

/** States whose time nobody else may have. */
export const HOLDS_TIME = ['held', 'confirmed', 'seen', 'late'];
const OPEN = ['confirmed', 'displaced'];
const MINUTE = 60_000;
/** How much longer than its offer stands time is kept at most, by the clients' clock. */
const GRACE = 10 * MINUTE;

/** How long an appointment was in a state, in real time. */
export interface Stay {
  readonly appointmentId: string;
  readonly operatorId: string | undefined;
  readonly officeId: string;
  readonly time: Span;
  /** When it is over; what is kept free after it is no longer its person's. */
  readonly ends: Instant;
  /** Who came for which service. */
  readonly person: string | undefined;
  readonly holdsTime: boolean;
  /** What ended it. */
  readonly left: string | undefined;
  /** Two receive together, and only one of them is known. */
  readonly shared: boolean;
  readonly open: boolean;
  /** From the answer that told of it to the question that ended it: it was so all the while. */
  readonly surely: Span;
  /** From the question that began it to the answer that ended it: it was so no longer than that. */
  readonly perhaps: Span;
}

/**
 * The states of an appointment in time. What happened at once may have happened in several orders:
 * a state that not all of them know, or that they let end otherwise, never surely was.
 */
export function staysOf(
  life: Life,
  orders: readonly (readonly Step[])[],
  service: SettingService,
  last: Records['appointments'][number],
  setting: Setting,
): Stay[] {
  const real = (instant: number) => setting.began + (instant - setting.epoch) / setting.speed;
  const stayOf = (steps: readonly Step[], n: number): Stay => {
    const { seen, by } = steps[n]!;
    const next = steps[n + 1]?.by;
    const withheld = next?.kind === 'cancel' || next?.kind === 'revoke';
    const delay =
      withheld && service.releaseDelay > 0
        ? service.releaseDelay / setting.speed + setting.givingBackMs
        : 0;
    const ended =
      next?.kind === 'expire' && last.expiresAt !== null
        ? real(last.expiresAt + GRACE) + setting.givingBackMs
        : (next?.ended ?? Number.POSITIVE_INFINITY);
    return {
      appointmentId: life.id,
      operatorId: seen.operatorId,
      officeId: seen.officeId,
      time: taken(service, seen.startsAt),
      ends: seen.startsAt + service.duration,
      person: life.person && `${life.person} ${service.id}`,
      left: next?.kind,
      holdsTime: HOLDS_TIME.includes(seen.state),
      shared: service.operators > 1,
      open: OPEN.includes(seen.state),
      surely: [by.ended, next?.began ?? Number.POSITIVE_INFINITY],
      perhaps: [by.began, ended + delay],
    };
  };
  const known = new Map<string, { readonly stay: Stay; times: number }>();
  for (const steps of orders)
    for (const n of steps.keys()) {
      const stay = stayOf(steps, n);
      // An open end is no number in JSON, and stays apart from one that is.
      const same = JSON.stringify(stay);
      const before = known.get(same);
      if (before) before.times++;
      else known.set(same, { stay, times: 1 });
    }
  return [...known.values()].map(({ stay, times }) =>
    times === orders.length ? stay : { ...stay, surely: NEVER },
  );
}

const NEVER: Span = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Two that surely were at one time with one operator, or open for one person, though not to the end. */
export function collisions(stays: readonly Stay[], setting: Setting): string[] {
  const faults: string[] = [];
  const pairs = (list: Stay[], what: string, clash: (a: Stay, b: Stay) => boolean) => {
    list.sort((a, b) => a.surely[0] - b.surely[0]);
    let current: Stay[] = [];
    for (const stay of list) {
      if (!(stay.surely[0] < stay.surely[1])) continue;
      current = current.filter((other) => other.surely[1] > stay.surely[0]);
      for (const other of current)
        if (other.appointmentId !== stay.appointmentId && clash(other, stay))
          faults.push(`${what}: ${JSON.stringify([other, stay])}`);
      current.push(stay);
    }
  };
  const holding = stays.filter(({ holdsTime, operatorId }) => holdsTime && operatorId);
  for (const list of groupBy(holding, ({ operatorId }) => operatorId!).values())
    pairs(list, 'booked twice for a while', (a, b) => overlap(a.time, b.time));
  // One whose hour had passed, without a word on how it went, does not keep its person from the next.
  const open = stays.filter((stay) => stay.open && stay.person !== undefined);
  for (const list of groupBy(open, ({ person }) => person!).values())
    pairs(
      list,
      'open twice for one person',
      (first, next) => first.ends > shownAt(setting, next.surely[0]),
    );
  return faults;
}

/** Time that was shut, as far as clients could know. */
interface Shut {
  readonly officeId: string;
  readonly operatorId: string | null;
  readonly during: Span;
  readonly perhaps: Span;
}

const NEAR_MS = 10_000;

/** Clients who were told that a time is taken, while somebody able surely had it free all along. */
export function wrongRefusals(
  operations: readonly Operation[],
  stays: readonly Stay[],
  records: Records,
  setting: Setting,
): string[] {
  const services = new Map(setting.services.map((service) => [service.id, service]));
  const day = (instant: number) => Math.floor(instant / 86_400_000);
  const holding = stays.filter(({ holdsTime }) => holdsTime);
  const known = groupBy(
    holding.filter(({ operatorId }) => operatorId !== undefined),
    ({ operatorId, time }) => `${operatorId} ${day(time[0])}`,
  );
  // Nobody knows whose time these take, or whose besides: they are in everybody's way.
  const unknown = groupBy(
    holding.filter(({ operatorId, shared }) => operatorId === undefined || shared),
    ({ officeId, time }) => `${officeId} ${day(time[0])}`,
  );
  const shut = groupBy(closedTime(operations, records), ({ officeId }) => officeId);
  const faults: string[] = [];
  for (const { id, verb, wanted, answer, began, ended } of operations) {
    if (answer.kind !== 'refused' || answer.problem !== 'slot-taken') continue;
    if (verb !== 'book' && verb !== 'hold') continue;
    const service = services.get(wanted.serviceId!)!;
    const { officeId, startsAt } = wanted as { officeId: string; startsAt: number };
    const time = taken(service, startsAt);
    const inTheWay = (stay: Stay) =>
      overlap(stay.time, time) && overlap(stay.perhaps, [began, ended]);
    if ((unknown.get(`${officeId} ${day(time[0])}`) ?? []).some(inTheWay)) continue;
    const free = setting.operators.filter(
      (operator) =>
        operator.officeId === officeId &&
        operator.skills.includes(service.skill) &&
        !(known.get(`${operator.id} ${day(time[0])}`) ?? []).some(inTheWay) &&
        !(shut.get(officeId) ?? []).some(
          (closed) =>
            (closed.operatorId === null || closed.operatorId === operator.id) &&
            overlap(closed.during, time) &&
            overlap(closed.perhaps, [began, ended]),
        ),
    );
    if (free.length < service.operators) continue;
    // Who had the time shortly before and after, in milliseconds since the question.
    const near = (known.get(`${free[0]!.id} ${day(time[0])}`) ?? [])
      .filter((stay) => overlap(stay.time, time))
      .filter(({ perhaps }) => overlap(perhaps, [began - NEAR_MS, ended + NEAR_MS]))
      .map(({ appointmentId, time, left, perhaps }) => ({
        appointmentId,
        left,
        time,
        perhaps: perhaps.map((at) => at - began),
      }));
    const told = { id, took: ended - began, wanted, near };
    faults.push(`refused although ${free[0]!.id} was free: ${JSON.stringify(told)}`);
  }
  return faults;
}

function closedTime(operations: readonly Operation[], { closures, audit }: Records): Shut[] {
  const asked = new Map(operations.map((operation) => [operation.id, operation]));
  const by = (action: string) =>
    new Map(
      audit.flatMap((row) =>
        row.action === action ? [[row.subjectId, asked.get(row.correlationId)]] : [],
      ),
    );
  const [made, undone] = [by('make-closure'), by('withdraw-closure')];
  return closures
    .filter(({ kind }) => kind === 'closure')
    .map(({ id, officeId, operatorId, during }) => ({
      officeId,
      operatorId,
      during,
      perhaps: [
        made.get(id)?.began ?? Number.NEGATIVE_INFINITY,
        undone.get(id)?.ended ?? Number.POSITIVE_INFINITY,
      ],
    }));
}
