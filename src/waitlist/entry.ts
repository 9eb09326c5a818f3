import type { AlsoBy } from '../identity/also-by.ts';
import type { Instant, IsoDate } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import type { Bilingual } from '../platform/problem.ts';
import type { DayPart } from './rules/fit.ts';
import type { EntryState, OfferState } from './table.ts';

export const DEADLINE_KINDS = ['first-contact', 'convocation', 'other'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** Where and when a person could come. */
export interface Wish {
  readonly officeIds: readonly string[];
  /** Days that suit, both included. */
  readonly fromDay: IsoDate;
  readonly toDay: IsoDate;
  /** ISO weekdays that suit. */
  readonly weekdays: readonly number[];
  readonly parts: readonly DayPart[];
}

/** By when the meeting is due, where a rule says so. */
export interface Deadline {
  readonly day: IsoDate;
  readonly kind: DeadlineKind;
}

/** Somebody who waits for time of a service. */
export interface WaitingEntry {
  readonly id: string;
  readonly code: string;
  readonly state: EntryState;
  readonly wish: Wish;
  readonly deadline: Deadline | undefined;
  readonly joinedAt: Instant;
  readonly locale: Locale;
  readonly version: number;
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
  /** A channel they want messages by, besides e-mail. */
  readonly alsoBy: AlsoBy | undefined;
  readonly person: { readonly id: string; readonly givenName: string; readonly familyName: string };
  readonly service: { readonly id: string; readonly code: string; readonly name: Bilingual };
  /** The open appointment that would be moved earlier; to any time, when the office took its own away. */
  readonly current:
    | { readonly id: string; readonly code: string; readonly startsAt: Instant | undefined }
    | undefined;
  /** Offers that were declined, or not answered in time. */
  readonly letPass: number;
}

/** Time that is, or was, kept for one who waits. */
export interface Offer {
  readonly id: string;
  readonly entryId: string;
  readonly freedTimeId: string | undefined;
  /** The appointment that keeps the time. */
  readonly heldBy: string;
  readonly office: {
    readonly id: string;
    readonly name: string;
    readonly address: string | undefined;
  };
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly state: OfferState;
}
