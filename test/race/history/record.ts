import type { Instant } from '../../../src/platform/clock.ts';

/** What a client asks for; `tick` is the system itself, which does what fell due. */
export const VERBS = [
  'book',
  'visit',
  'hold',
  'confirm',
  'release',
  'move',
  'cancel',
  'outcome',
  'join',
  'leave',
  'accept',
  'decline',
  'offer',
  'close',
  'reopen',
  'nearest',
  'tick',
] as const;
export type Verb = (typeof VERBS)[number];

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
  | { readonly kind: 'done'; readonly seen?: Seen; readonly visit?: readonly SeenPart[] }
  /** A problem, by its slug. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** No answer, or one that tells nothing: it may have happened or not, or happen yet. */
  | { readonly kind: 'lost'; readonly why: string };

export interface SeenPart extends Seen {
  readonly id: string;
}

/** One appointment that is wanted. */
export interface Wanted {
  readonly serviceId: string;
  readonly officeId: string;
  readonly startsAt: Instant;
  readonly email?: string;
  readonly name?: string;
}

/** One line of a client's log, or two: what was asked, and what was answered if anything was. */
export interface Operation {
  /** Its correlation id, which the audit trail keeps; what it makes is named after it. */
  readonly id: string;
  readonly verb: Verb;
  /** The appointment, place in line, offer or closure it is about. */
  readonly subjectId: string;
  readonly wanted: Partial<Wanted> & {
    readonly outcome?: string;
    readonly parts?: readonly Wanted[];
  };
  /** Real milliseconds, one clock for all processes of the machine. */
  readonly began: number;
  /** Infinity where no answer came. */
  readonly ended: number;
  readonly answer: Answer;
}

/** Half-open, milliseconds. */
export type Span = readonly [from: number, to: number];

/** What the database holds when all is over. */
export interface Records {
  /** What the clients' clock shows then. */
  readonly now: Instant;
  readonly appointments: readonly (Required<Seen> & {
    readonly id: string;
    readonly endsAt: Instant;
    readonly serviceId: string;
    readonly personId: string | null;
    readonly expiresAt: Instant | null;
    readonly updatedAt: Instant;
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
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  readonly notices: readonly {
    readonly id: string;
    readonly subjectId: string;
    readonly kind: string;
    readonly state: string;
    readonly startsAt: Instant | null;
  }[];
  readonly entries: readonly { readonly id: string; readonly state: string }[];
  readonly offers: readonly {
    readonly id: string;
    readonly entryId: string;
    readonly freedId: string | null;
    readonly heldBy: string;
    readonly officeId: string;
    readonly startsAt: Instant;
    readonly state: string;
  }[];
  readonly closures: readonly {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly officeId: string;
    readonly operatorId: string | null;
    readonly during: Span;
    readonly createdAt: Instant;
    readonly items: readonly {
      readonly appointmentId: string;
      readonly outcome: string | null;
      readonly settledAt: Instant | null;
    }[];
  }[];
}

/** A message that a carrier took over. */
export interface Sent {
  readonly id: string;
  /** When it was taken in hand, and when it left, in real milliseconds. */
  readonly leased: number;
  readonly at: number;
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
    /** Milliseconds for which cancelled time stays closed at most. */
    readonly releaseDelay: number;
    readonly operators: number;
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
  /**
   * Real milliseconds that giving back may take once time has lapsed: whoever finds nothing free gives
   * back first, but not what another process, which may be slow or dying, is giving back.
   */
  readonly givingBackMs: number;
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
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
