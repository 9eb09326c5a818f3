import type { Instant } from '../../../src/platform/clock.ts';

/** What a client asks for: each changes one appointment, or is refused. */
export type Verb = 'book' | 'move' | 'cancel' | 'outcome';

/** An appointment as an answer, or the database in the end, tells it. */
export interface Seen {
  readonly state: string;
  readonly startsAt: Instant;
  readonly officeId: string;
  /** Not told over HTTP. */
  readonly operatorId?: string;
  readonly version: number;
}

export type Answer =
  | { readonly kind: 'done'; readonly seen: Seen }
  /** A problem, by its slug. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** No answer, or one that tells nothing: it may have happened or not. */
  | { readonly kind: 'lost'; readonly why: string };

/** One line of a client's log. */
export interface Operation {
  /** Its correlation id, which the audit trail keeps. */
  readonly id: string;
  readonly verb: Verb;
  readonly appointmentId: string;
  readonly wanted: {
    readonly serviceId?: string;
    readonly officeId?: string;
    readonly startsAt?: Instant;
    readonly email?: string;
    readonly outcome?: string;
  };
  /** Real milliseconds, one clock for all processes of the machine. */
  readonly began: number;
  readonly ended: number;
  readonly answer: Answer;
}

/** Half-open, milliseconds. */
export type Span = readonly [from: number, to: number];

/** What the database holds when all is over. */
export interface Records {
  readonly appointments: readonly (Required<Seen> & {
    readonly id: string;
    readonly endsAt: Instant;
    readonly serviceId: string;
    readonly personId: string | null;
  })[];
  readonly occupied: readonly {
    readonly appointmentId: string;
    readonly resourceId: string;
    readonly during: Span;
    /** When it lapses by itself, if it does. */
    readonly releasesAt: Instant | null;
  }[];
  readonly audit: readonly {
    readonly correlationId: string;
    readonly action: string;
    readonly subjectId: string;
  }[];
  readonly notices: readonly {
    readonly subjectId: string;
    readonly kind: string;
    readonly state: string;
    readonly startsAt: Instant;
  }[];
}

/** What does not change while the clients are at work. */
export interface Setting {
  readonly services: readonly {
    readonly id: string;
    readonly skill: string;
    /** Milliseconds. */
    readonly before: number;
    readonly duration: number;
    readonly after: number;
    /** Milliseconds for which cancelled time stays closed. */
    readonly releaseDelay: number;
  }[];
  readonly operators: readonly {
    readonly id: string;
    readonly officeId: string;
    readonly skills: readonly string[];
  }[];
  /** The clients' clock: at `epoch` when the real one was at `began`, and so many times faster. */
  readonly epoch: Instant;
  readonly began: number;
  readonly speed: number;
}

/** What the clients' clock shows at a real instant. */
export function shownAt({ epoch, began, speed }: Setting, real: number): Instant {
  return epoch + (real - began) * speed;
}

export type SettingService = Setting['services'][number];

/** The time that an appointment takes, buffers included. */
export function taken(service: SettingService, startsAt: Instant): Span {
  return [startsAt - service.before, startsAt + service.duration + service.after];
}

export function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
