import type { AlsoBy } from '../identity/also-by.ts';
import type { Instant } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import type { Bilingual } from '../platform/problem.ts';
import type { RegistrationState, SessionState } from './table.ts';

/** What an operator says of a session of a group. */
export interface SessionDetails {
  readonly title: Bilingual;
  readonly description: Bilingual;
  readonly whatToBring: { readonly it: readonly string[]; readonly en: readonly string[] };
  readonly room: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly registrationOpensAt: Instant;
  readonly registrationClosesAt: Instant;
  readonly seats: number;
  readonly leaderIds: readonly string[];
}

/** A session with what every view of it needs. */
export interface GroupSession extends Omit<SessionDetails, 'leaderIds'> {
  readonly id: string;
  readonly seriesId: string | undefined;
  readonly state: SessionState;
  readonly cancelReason: string | undefined;
  readonly version: number;
  readonly office: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly address: string | undefined;
    readonly phone: string | undefined;
  };
  /** Seats that are somebody's, offered ones included. */
  readonly taken: number;
  /** How many wait for a seat. */
  readonly waiting: number;
  readonly leaders: readonly { readonly id: string; readonly name: string }[];
}

/** A person's registration with the session it is for. */
export interface Registration {
  readonly id: string;
  readonly code: string;
  readonly state: RegistrationState;
  /** Number of the seat that is theirs. */
  readonly seat: number | undefined;
  readonly expiresAt: Instant | undefined;
  /** How many wait before them, while they wait themselves. */
  readonly before: number | undefined;
  readonly locale: Locale;
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
  /** A channel they want messages by, besides e-mail. */
  readonly alsoBy: AlsoBy | undefined;
  readonly version: number;
  readonly createdAt: Instant;
  readonly person: { readonly id: string; readonly givenName: string; readonly familyName: string };
  readonly sessionId: string;
}
