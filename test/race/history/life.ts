import type { Operation, Records, Seen, Setting } from './record.ts';
import { groupBy } from './record.ts';

/** What can happen to an appointment. */
type Kind =
  | 'book'
  | 'hold'
  | 'confirm'
  | 'move'
  | 'cancel'
  | 'outcome'
  | 'displace'
  | 'revoke'
  | 'restore'
  | 'reseat'
  | 'swap'
  | 'expire';

/** A change that the database tells of, and the question during which it took place. */
export interface LifeEvent {
  readonly kind: Kind;
  readonly began: number;
  readonly ended: number;
  /** The time and place that it takes, where it takes any. */
  readonly to?: { readonly startsAt: number; readonly officeId: string };
  /** Of a swap or a re-seating: who gave it up, at which office, and who has it now. */
  readonly from?: string;
  readonly fromOffice?: string;
  readonly operatorId?: string;
  /** Of an outcome. */
  readonly state?: string;
  /** What was answered, if it was answered with the appointment. */
  readonly told?: Seen;
}

/** One appointment: what changed it, and what was told of it by answers that changed nothing. */
export interface Life {
  readonly id: string;
  readonly serviceId: string;
  /** Who it is for, once it is for somebody. */
  readonly person: string | undefined;
  readonly events: readonly LifeEvent[];
  readonly tellings: readonly Operation[];
}

type Audited = Records['audit'][number];

/** Everything that happened to each appointment, by the audit trail and by who asked. */
export function livesOf(
  operations: readonly Operation[],
  records: Records,
  setting: Setting,
): Map<string, Life> {
  const asked = new Map(operations.map((operation) => [operation.id, operation]));
  const office = new Map(setting.operators.map(({ id, officeId }) => [id, officeId]));
  const offers = new Map(records.offers.map((offer) => [offer.id, offer]));
  const offeredBy = new Map(records.offers.map((offer) => [offer.heldBy, offer]));
  const madeBy = new Map(
    records.audit.flatMap((row) =>
      row.action === 'offer-time' ? [[String(row.detail.offer), row.correlationId]] : [],
    ),
  );
  const audited = groupBy(
    records.audit.flatMap((row) =>
      row.action === 'accept-offer'
        ? [{ ...row, subjectId: String(row.detail.appointment) }]
        : [row],
    ),
    ({ subjectId }) => subjectId,
  );
  const questions = groupBy(operations, ({ subjectId }) => subjectId);
  const lives = new Map<string, Life>();
  const kept = new Map(records.appointments.map((one) => [one.id, one]));
  const visited = operations.flatMap(({ answer }) =>
    answer.kind === 'done' ? (answer.visit ?? []).map(({ id }) => id) : [],
  );
  const mentioned = operations
    .filter(({ verb }) => OF_APPOINTMENTS.includes(verb))
    .map(({ subjectId }) => subjectId);
  for (const id of new Set([...kept.keys(), ...mentioned, ...visited])) lives.set(id, lifeOf(id));
  return lives;

  function lifeOf(id: string): Life {
    const last = kept.get(id);
    const events = (audited.get(id) ?? []).flatMap((row) => eventsOf(row));
    const made = asked.get(id);
    const offer = offeredBy.get(id);
    if (offer && last) {
      const by = asked.get(madeBy.get(offer.id) ?? '');
      if (by) events.push({ kind: 'hold', ...within(by), to: offer });
    } else if (
      made?.verb === 'hold' &&
      made.answer.kind !== 'refused' &&
      (last || made.answer.kind === 'done')
    ) {
      const { startsAt, officeId } = made.wanted;
      events.push({
        kind: 'hold',
        ...within(made),
        to: { startsAt: startsAt!, officeId: officeId! },
      });
    }
    if (last?.state === 'expired') events.push({ kind: 'expire', ...EVER });
    const effective = new Set((audited.get(id) ?? []).map(({ correlationId }) => correlationId));
    const theirs = (questions.get(id) ?? []).filter(({ verb }) => OF_APPOINTMENTS.includes(verb));
    const unchanged = theirs.filter(
      (one) => !effective.has(one.id) && one.verb !== 'hold' && one.answer.kind !== 'lost',
    );
    return {
      id,
      serviceId:
        last?.serviceId ?? theirs.find((one) => one.wanted.serviceId)?.wanted.serviceId ?? '',
      person: last?.personId ?? undefined,
      events,
      tellings: unchanged,
    };
  }

  /** The part of a visit that an appointment is. */
  function partOf(id: string) {
    const row = (audited.get(id) ?? []).find(({ action }) => action === 'book-appointment');
    const visit = row && asked.get(row.correlationId);
    if (!row || visit?.verb !== 'visit') return undefined;
    const startsAt = Date.parse(String(row.detail.starts_at));
    const wanted = visit.wanted.parts?.find((one) => one.startsAt === startsAt);
    return wanted && { wanted, visit };
  }

  function eventsOf(row: Audited): LifeEvent[] {
    const by = asked.get(row.correlationId);
    // Said elsewhere: audited, but asked by nobody.
    if (!by) return [];
    const when = within(by);
    const told = by.answer.kind === 'done' ? by.answer.seen : undefined;
    const { wanted } = by;
    switch (row.action) {
      case 'book-appointment': {
        if (row.detail.held === true) return [{ kind: 'confirm', ...when, told }];
        const part = by.verb === 'visit' ? partOf(row.subjectId)?.wanted : wanted;
        const seen =
          by.answer.kind === 'done'
            ? (by.answer.seen ?? by.answer.visit?.find(({ id }) => id === row.subjectId))
            : undefined;
        const to = { startsAt: part?.startsAt ?? 0, officeId: part?.officeId ?? '' };
        // What a claim answers is who was claimed: nobody else can have come in between.
        return [{ kind: 'book', ...when, to, told: seen, operatorId: seen?.operatorId }];
      }
      case 'move-appointment':
        return [
          {
            kind: 'move',
            ...when,
            to: { startsAt: wanted.startsAt!, officeId: wanted.officeId! },
            told,
          },
        ];
      case 'accept-offer': {
        const offer = offers.get(String(row.detail.offer));
        if (row.detail.moved === true) return [{ kind: 'move', ...when, to: offer }];
        return [{ kind: 'confirm', ...when }];
      }
      case 'cancel-appointment':
        return [{ kind: 'cancel', ...when, told }];
      case 'record-outcome':
        return [{ kind: 'outcome', ...when, state: wanted.outcome, told }];
      case 'displace-appointment':
        return [{ kind: 'displace', ...when }];
      case 'revoke-appointment':
        return [{ kind: 'revoke', ...when }];
      case 'restore-appointment':
        return [{ kind: 'restore', ...when }];
      case 'reseat-appointment': {
        const to = row.detail.to as { starts_at: string; operator: string };
        const at = { startsAt: Date.parse(to.starts_at), officeId: office.get(to.operator) ?? '' };
        return [{ kind: 'reseat', ...when, to: at, operatorId: to.operator, told }];
      }
      case 're-seat-appointment': {
        const { from, to } = row.detail as { from: string; to: string };
        return [{ kind: 'swap', ...when, from, fromOffice: office.get(from), operatorId: to }];
      }
      default:
        return [];
    }
  }
}

const EVER = { began: Number.NEGATIVE_INFINITY, ended: Number.POSITIVE_INFINITY };
const within = ({ began, ended }: Operation) => ({ began, ended });

/** Questions about an appointment. */
const OF_APPOINTMENTS: readonly string[] = [
  'book',
  'hold',
  'confirm',
  'release',
  'move',
  'cancel',
  'outcome',
  'nearest',
];
