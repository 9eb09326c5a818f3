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
import { type Step, sequenceOf } from './sequence.ts';

/** States whose time nobody else may have. */
const HOLDS_TIME = ['held', 'confirmed', 'seen', 'late'];
const OPEN = ['held', 'confirmed', 'displaced'];

/** The action that the audit trail writes for each verb. */
const ACTIONS: Record<Operation['verb'], string> = {
  book: 'book-appointment',
  move: 'move-appointment',
  cancel: 'cancel-appointment',
  outcome: 'record-outcome',
};

/** Written for another's booking or move, which pushed this appointment to another operator. */
const RE_SEAT = 're-seat-appointment';

/**
 * Compares what the clients were told with what the database holds and with what one client alone
 * could have seen. Returns a sentence for each thing that must never be; empty when all is well.
 */
export function faultsOf(
  operations: readonly Operation[],
  records: Records,
  setting: Setting,
): string[] {
  const services = new Map(setting.services.map((service) => [service.id, service]));
  const asked = groupBy(operations, ({ appointmentId }) => appointmentId);
  const kept = new Map(records.appointments.map((appointment) => [appointment.id, appointment]));
  const reseatings = records.audit.filter(({ action }) => action === RE_SEAT);
  const audit = records.audit.filter(({ action }) => action !== RE_SEAT);
  const effective = new Set(audit.map(({ correlationId }) => correlationId));
  const reseated = new Set(reseatings.map(({ subjectId }) => subjectId));

  const faults = [
    ...auditFaults(operations, { ...records, audit }),
    ...reseatings
      .filter(({ correlationId }) => !effective.has(correlationId))
      .map((row) => `re-seated for nothing: ${JSON.stringify(row)}`),
    ...timeFaults(records, services),
  ];
  const notices = groupBy(records.notices, ({ subjectId }) => subjectId);
  for (const id of notices.keys())
    if (!kept.has(id)) faults.push(`told of an appointment that does not exist: ${id}`);

  const stays: Stay[] = [];
  for (const [id, theirs] of asked) {
    const last = kept.get(id);
    const steps = sequenceOf(theirs, effective, last, reseated.has(id));
    if (!steps) {
      faults.push(`no order explains ${id}: ${JSON.stringify({ last, theirs })}`);
      continue;
    }
    const service = services.get(steps[0]?.by.wanted.serviceId ?? '');
    if (!service || !last) continue;
    stays.push(...staysOf(id, steps, service, setting.speed));
    faults.push(...noticeFaults(last, steps, notices.get(id) ?? []));
  }
  for (const { id } of records.appointments)
    if (!asked.has(id)) faults.push(`nobody asked for ${id}`);
  return [...faults, ...collisions(stays, setting), ...wrongRefusals(operations, stays, setting)];
}

function auditFaults(operations: readonly Operation[], { audit, appointments }: Records): string[] {
  const faults: string[] = [];
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  for (const [correlationId, rows] of groupBy(audit, (row) => row.correlationId)) {
    const operation = byId.get(correlationId);
    if (!operation) faults.push(`audited, but asked by nobody: ${JSON.stringify(rows)}`);
    else if (rows.length > 1) faults.push(`audited twice: ${JSON.stringify(rows)}`);
    else if (
      rows[0]!.action !== ACTIONS[operation.verb] ||
      rows[0]!.subjectId !== operation.appointmentId
    )
      faults.push(`audited as something else: ${JSON.stringify({ rows, operation })}`);
  }
  const written = groupBy(audit, ({ subjectId }) => subjectId);
  for (const { id, version } of appointments) {
    const count = written.get(id)?.length ?? 0;
    if (count !== version) faults.push(`${id} changed ${version} times, audited ${count} times`);
  }
  return faults;
}

/** Each resource at one thing at a time; each appointment with the time its state holds, no other. */
function timeFaults(records: Records, services: ReadonlyMap<string, SettingService>): string[] {
  const faults: string[] = [];
  for (const rows of groupBy(records.occupied, ({ resourceId }) => resourceId).values()) {
    rows.sort((a, b) => a.during[0] - b.during[0]);
    for (let n = 1; n < rows.length; n++)
      if (overlap(rows[n - 1]!.during, rows[n]!.during))
        faults.push(`booked twice: ${JSON.stringify([rows[n - 1], rows[n]])}`);
  }
  const held = groupBy(records.occupied, ({ appointmentId }) => appointmentId);
  for (const appointment of records.appointments) {
    const { id, state, operatorId } = appointment;
    const rows = (held.get(id) ?? []).filter(
      (row) => row.releasesAt === null || HOLDS_TIME.includes(state),
    );
    const [from, to] = taken(services.get(appointment.serviceId)!, appointment.startsAt);
    const fits =
      rows.length === 1 &&
      rows[0]!.resourceId === operatorId &&
      rows[0]!.during[0] === from &&
      rows[0]!.during[1] === to;
    if (HOLDS_TIME.includes(state) ? !fits : rows.length > 0)
      faults.push(`state and time disagree: ${JSON.stringify({ appointment, rows })}`);
  }
  return faults;
}

function noticeFaults(
  last: Records['appointments'][number],
  steps: readonly Step[],
  notices: Records['notices'],
): string[] {
  const count = (kind: string) => notices.filter((notice) => notice.kind === kind).length;
  const did = (verb: Operation['verb']) => steps.filter(({ by }) => by.verb === verb).length;
  const wrong = (
    [
      ['appointment-confirmed', did('book')],
      ['appointment-moved', did('move')],
      ['appointment-cancelled', did('cancel')],
    ] as const
  ).filter(([kind, expected]) => count(kind) !== expected);
  const faults = wrong.map(
    ([kind, expected]) => `${last.id}: ${count(kind)} of ${kind}, not ${expected}`,
  );
  const reminders = notices.filter(
    ({ kind, state }) => kind === 'appointment-reminder' && state === 'waiting',
  );
  if (reminders.length > 1) faults.push(`${last.id} will be called to mind twice`);
  for (const { startsAt } of reminders)
    if (!OPEN.includes(last.state) || startsAt !== last.startsAt)
      faults.push(`${last.id} will be called to mind wrongly: ${JSON.stringify(last)}`);
  return faults;
}

/** How long an appointment was in a state, in real time. */
interface Stay {
  readonly appointmentId: string;
  readonly operatorId: string | undefined;
  readonly time: Span;
  /** Who came for which service. */
  readonly person: string;
  readonly holdsTime: boolean;
  readonly open: boolean;
  /** From the answer that told of it to the question that ended it: it was so all the while. */
  readonly surely: Span;
  /** From the question that began it to the answer that ended it: it was so no longer than that. */
  readonly perhaps: Span;
}

function staysOf(
  appointmentId: string,
  steps: readonly Step[],
  service: SettingService,
  speed: number,
): Stay[] {
  const person = `${steps[0]!.by.wanted.email} ${service.id}`;
  return steps.map(({ seen, by }, n) => {
    const next = steps[n + 1]?.by;
    const delay = next?.verb === 'cancel' ? service.releaseDelay / speed : 0;
    return {
      appointmentId,
      operatorId: seen.operatorId,
      time: taken(service, seen.startsAt),
      person,
      holdsTime: HOLDS_TIME.includes(seen.state),
      open: OPEN.includes(seen.state),
      surely: [by.ended, next?.began ?? Number.POSITIVE_INFINITY],
      perhaps: [by.began, (next?.ended ?? Number.POSITIVE_INFINITY) + delay],
    };
  });
}

/** Two that surely were at one time with one operator, or open for one person, though not to the end. */
function collisions(stays: readonly Stay[], setting: Setting): string[] {
  const faults: string[] = [];
  const pairs = (list: Stay[], what: string, clash: (a: Stay, b: Stay) => boolean) => {
    list.sort((a, b) => a.surely[0] - b.surely[0]);
    let current: Stay[] = [];
    for (const stay of list) {
      if (stay.surely[0] >= stay.surely[1]) continue;
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
  const open = stays.filter((stay) => stay.open);
  // One whose hour had passed, without a word on how it went, does not keep its person from the next.
  for (const list of groupBy(open, ({ person }) => person).values())
    pairs(
      list,
      'open twice for one person',
      (first, next) => first.time[1] > shownAt(setting, next.surely[0]),
    );
  return faults;
}

/** Clients who were told that a time is taken, while somebody able surely had it free all along. */
function wrongRefusals(
  operations: readonly Operation[],
  stays: readonly Stay[],
  setting: Setting,
): string[] {
  const services = new Map(setting.services.map((service) => [service.id, service]));
  const day = (instant: number) => Math.floor(instant / 86_400_000);
  const holding = groupBy(
    stays.filter(({ holdsTime }) => holdsTime),
    ({ operatorId, time }) => `${operatorId} ${day(time[0])}`,
  );
  const unknown = [...holding.entries()]
    .filter(([key]) => key.startsWith('undefined'))
    .flatMap(([, list]) => list);
  const faults: string[] = [];
  for (const { id, verb, wanted, answer, began, ended } of operations) {
    if (verb !== 'book' || answer.kind !== 'refused' || answer.problem !== 'slot-taken') continue;
    const service = services.get(wanted.serviceId!)!;
    const time = taken(service, wanted.startsAt!);
    const inTheWay = (stay: Stay) =>
      overlap(stay.time, time) && overlap(stay.perhaps, [began, ended]);
    const free = setting.operators.find(
      (operator) =>
        operator.officeId === wanted.officeId &&
        operator.skills.includes(service.skill) &&
        !(holding.get(`${operator.id} ${day(time[0])}`) ?? []).some(inTheWay) &&
        !unknown.some(inTheWay),
    );
    if (free) faults.push(`refused although ${free.id} was free: ${id} ${JSON.stringify(wanted)}`);
  }
  return faults;
}
