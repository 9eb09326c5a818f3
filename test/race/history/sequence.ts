import type { Operation, Records, Seen } from './record.ts';

/** States in which an appointment can be moved or cancelled. */
const OPEN = ['held', 'confirmed'];
const RECORDED = ['seen', 'late', 'absent', 'excused'];

/** One state that an appointment was in, and the operation that put it there. */
export interface Step {
  readonly seen: Seen;
  readonly by: Operation;
}

type Appointment = Records['appointments'][number];

/**
 * An order of one appointment's operations that one client alone could have seen: it keeps real
 * time (what ended before another began comes first), each answer fits the state it met, and the
 * last state is the one in the database. Undefined when there is none: then an acknowledged change
 * was lost, or something happened that nobody asked for.
 * @param effective ids of the operations that the audit trail knows: they changed something
 * @param reseated whether other operations gave it other operators, which leaves its version alone
 */
export function sequenceOf(
  operations: readonly Operation[],
  effective: ReadonlySet<string>,
  last: Appointment | undefined,
  reseated: boolean,
): Step[] | undefined {
  const told = new Map<number, Seen>();
  for (const { answer } of operations) {
    if (answer.kind !== 'done') continue;
    const known = told.get(answer.seen.version);
    if (known && !agree(known, answer.seen)) return undefined;
    told.set(answer.seen.version, answer.seen);
  }
  const telling = operations.filter(
    ({ id, answer }) => answer.kind === 'done' || effective.has(id) || tells(answer),
  );
  return search(telling, undefined, []);

  function search(
    left: readonly Operation[],
    state: Seen | undefined,
    steps: Step[],
  ): Step[] | undefined {
    if (left.length === 0) {
      const ended = last === undefined ? state === undefined : !!state && agree(state, last);
      return ended ? steps : undefined;
    }
    const firstEnd = Math.min(...left.map((operation) => operation.ended));
    for (const operation of left) {
      if (operation.began > firstEnd) continue;
      const rest = left.filter((other) => other !== operation);
      if (effective.has(operation.id)) {
        const next = change(state, operation);
        if (!next) continue;
        const known = told.get(next.version);
        if (known && !agree(known, next)) continue;
        const seen = { ...next, operatorId: reseated ? undefined : operatorAt(next.version) };
        const found = search(rest, seen, [...steps, { seen, by: operation }]);
        if (found) return found;
      } else if (leavesAsIs(state, operation)) {
        const found = search(rest, state, steps);
        if (found) return found;
      }
    }
    return undefined;
  }

  function operatorAt(version: number): string | undefined {
    return (
      told.get(version)?.operatorId ?? (last?.version === version ? last.operatorId : undefined)
    );
  }

  function agree(a: Seen, b: Seen): boolean {
    const operators = [a.operatorId, b.operatorId];
    return (
      a.state === b.state &&
      a.startsAt === b.startsAt &&
      a.officeId === b.officeId &&
      a.version === b.version &&
      (reseated || operators.includes(undefined) || a.operatorId === b.operatorId)
    );
  }
}

/** Refusals that say in which state the appointment was. */
function tells(answer: Operation['answer']): boolean {
  return answer.kind === 'refused' && ['appointment-closed', 'not-found'].includes(answer.problem);
}

/** The sequential model: what an operation that took place makes of a state; undefined: it cannot. */
function change(state: Seen | undefined, { verb, wanted, answer }: Operation): Seen | undefined {
  const version = (state?.version ?? 0) + 1;
  if (answer.kind === 'refused' || (answer.kind === 'done' && answer.seen.version < version))
    return undefined;
  if (verb === 'book') {
    if (state || wanted.startsAt === undefined || wanted.officeId === undefined) return undefined;
    return { state: 'confirmed', startsAt: wanted.startsAt, officeId: wanted.officeId, version };
  }
  if (!state) return undefined;
  const { officeId, startsAt } = state;
  switch (verb) {
    case 'move':
      if (!OPEN.includes(state.state) || wanted.startsAt === undefined) return undefined;
      return {
        state: state.state,
        startsAt: wanted.startsAt,
        officeId: wanted.officeId ?? officeId,
        version,
      };
    case 'cancel':
      if (!OPEN.includes(state.state)) return undefined;
      return { state: 'cancelled', startsAt, officeId, version };
    case 'outcome': {
      const recordable = state.state === 'confirmed' || RECORDED.includes(state.state);
      if (!recordable || wanted.outcome === undefined || wanted.outcome === state.state)
        return undefined;
      return { state: wanted.outcome, startsAt, officeId, version };
    }
  }
}

/** Whether an operation that changed nothing could be answered as it was in this state. */
function leavesAsIs(state: Seen | undefined, { verb, wanted, answer }: Operation): boolean {
  if (answer.kind === 'done') {
    if (!state || answer.seen.version < state.version) return false;
    if (verb === 'book') return true;
    if (verb === 'cancel') return state.state === 'cancelled';
    return verb === 'outcome' && state.state === wanted.outcome;
  }
  if (answer.kind !== 'refused') return true;
  if (answer.problem === 'not-found') return state === undefined;
  return !!state && !OPEN.includes(state.state);
}
