import type { Life, LifeEvent } from './life.ts';
import type { Operation, Records, Seen } from './record.ts';

/** States in which an appointment can be moved or cancelled. */
const OPEN = ['confirmed', 'displaced'];
const RECORDED = ['seen', 'late', 'absent', 'excused'];

/** One state that an appointment was in, and what put it there. */
export interface Step {
  readonly seen: Seen;
  readonly by: LifeEvent;
}

type Appointment = Records['appointments'][number];
type Item =
  | { readonly event: LifeEvent; readonly began: number; readonly ended: number }
  | { readonly telling: Operation; readonly began: number; readonly ended: number };

/**
 * The orders of what happened to one appointment that one client alone could have seen: each keeps
 * real time (what ended before another began comes first), each answer fits the state it met, and
 * the last state is the one in the database. None: then an acknowledged change was lost, or
 * something happened that nobody asked for.
 */
export function* ordersOf(life: Life, last: Appointment | undefined): Generator<Step[]> {
  const told = new Map<string, Seen>();
  const key = ({ version, state }: Seen) => `${version} ${state === 'held'}`;
  const answers = [
    ...life.events.map((event) => event.told),
    ...life.tellings.map(({ answer }) => (answer.kind === 'done' ? answer.seen : undefined)),
  ];
  for (const seen of answers) {
    if (!seen) continue;
    const known = told.get(key(seen));
    if (known && !same(known, seen)) return;
    told.set(key(seen), seen);
  }
  const items: Item[] = [
    ...life.events.map((event) => ({ event, began: event.began, ended: event.ended })),
    ...life.tellings
      .filter(({ answer }) => answer.kind === 'done' || tells(answer))
      .map((telling) => ({ telling, began: telling.began, ended: telling.ended })),
  ].sort((a, b) => a.ended - b.ended);
  for (const steps of search(items, undefined, [])) yield withOperators(steps, last, told, key);

  function* search(
    left: readonly Item[],
    state: Seen | undefined,
    steps: Step[],
  ): Generator<Step[]> {
    if (left.length === 0) {
      const ended = last === undefined ? state === undefined : !!state && agree(state, last);
      if (ended) yield steps;
      return;
    }
    const firstEnd = Math.min(...left.map(({ ended }) => ended));
    const next = left.filter(({ began }) => began <= firstEnd);
    const without = (item: Item) => left.filter((other) => other !== item);
    // What changes nothing and fits already need not be tried later: that could only fit less.
    const fitting = next.find((item) => 'telling' in item && leavesAsIs(state, item.telling));
    if (fitting) {
      yield* search(without(fitting), state, steps);
      return;
    }
    for (const item of next) {
      if (!('event' in item)) continue;
      const seen = change(state, item.event);
      if (!seen) continue;
      const known = told.get(key(seen));
      if (known && !same(known, seen)) continue;
      yield* search(without(item), seen, [...steps, { seen, by: item.event }]);
    }
  }
}

function same(a: Seen, b: Seen): boolean {
  return (
    a.state === b.state &&
    a.startsAt === b.startsAt &&
    a.officeId === b.officeId &&
    a.version === b.version
  );
}

function agree(a: Seen, b: Seen): boolean {
  return same(a, b) && (a.operatorId === undefined || a.operatorId === b.operatorId);
}

/** Refusals that say in which state the appointment was. */
function tells(answer: Operation['answer']): boolean {
  return answer.kind === 'refused' && ['appointment-closed', 'not-found'].includes(answer.problem);
}

/** The sequential model: what an event makes of a state; undefined: it cannot have met that state. */
function change(state: Seen | undefined, event: LifeEvent): Seen | undefined {
  const { kind, to, operatorId, told } = event;
  const version = (state?.version ?? 0) + (kind === 'confirm' || kind === 'swap' ? 0 : 1);
  if (told && told.version < version) return undefined;
  if (kind === 'book' || kind === 'hold') {
    if (state || !to) return undefined;
    const { startsAt, officeId } = to;
    return {
      state: kind === 'book' ? 'confirmed' : 'held',
      startsAt,
      officeId,
      operatorId,
      version,
    };
  }
  if (!state) return undefined;
  const as = (change: Partial<Seen>): Seen => ({ ...state, version, ...change });
  const open = OPEN.includes(state.state);
  switch (kind) {
    case 'confirm':
      return state.state === 'held' ? as({ state: 'confirmed' }) : undefined;
    case 'expire':
      return state.state === 'held' ? as({ state: 'expired' }) : undefined;
    case 'move':
    case 'reseat':
      if (!open || !to) return undefined;
      return as({
        state: 'confirmed',
        startsAt: to.startsAt,
        officeId: to.officeId,
        operatorId,
      });
    case 'swap':
      if (state.state !== 'confirmed' || state.officeId !== event.fromOffice) return undefined;
      if (state.operatorId !== undefined && state.operatorId !== event.from) return undefined;
      return as({ operatorId });
    case 'cancel':
      return open ? as({ state: 'cancelled' }) : undefined;
    case 'displace':
      return state.state === 'confirmed' ? as({ state: 'displaced' }) : undefined;
    case 'revoke':
      return state.state === 'confirmed' ? as({ state: 'revoked' }) : undefined;
    case 'restore':
      if (state.state !== 'displaced') return undefined;
      return as({ state: 'confirmed', operatorId: undefined });
    case 'outcome': {
      const recordable = state.state === 'confirmed' || RECORDED.includes(state.state);
      if (!recordable || event.state === undefined || event.state === state.state) return undefined;
      return as({ state: event.state });
    }
  }
}

/** Whether a question that changed nothing could be answered as it was in this state. */
function leavesAsIs(state: Seen | undefined, { verb, wanted, answer }: Operation): boolean {
  if (answer.kind === 'done') {
    if (verb === 'release') return state !== undefined && state.state !== 'held';
    if (!state || !answer.seen || answer.seen.version < state.version) return false;
    if (verb === 'book') return true;
    if (verb === 'cancel') return state.state === 'cancelled';
    return verb === 'outcome' && state.state === wanted.outcome;
  }
  if (answer.kind !== 'refused') return true;
  if (answer.problem === 'not-found' && verb === 'nearest') return state?.state !== 'displaced';
  if (answer.problem === 'not-found') return state === undefined;
  return !!state && !OPEN.includes(state.state);
}

const TAKE_TIME = ['book', 'hold', 'move', 'restore', 'reseat'];

/** Who received in each step, as far as answers, swaps and the end of it tell. */
function withOperators(
  steps: readonly Step[],
  last: Appointment | undefined,
  told: ReadonlyMap<string, Seen>,
  key: (seen: Seen) => string,
): Step[] {
  const known = steps.map(({ seen }) => seen.operatorId);
  for (let n = steps.length - 1; n >= 0; n--) {
    const next = steps[n + 1]?.by;
    if (known[n] !== undefined) continue;
    if (next === undefined) known[n] = last?.operatorId;
    else if (next.kind === 'swap') known[n] = next.from;
    else if (!TAKE_TIME.includes(next.kind)) known[n] = known[n + 1];
    // No swap came before the next change: whoever was told of this version was told who it is.
    else known[n] = told.get(key(steps[n]!.seen))?.operatorId;
  }
  return steps.map((step, n) => ({ ...step, seen: { ...step.seen, operatorId: known[n] } }));
}
