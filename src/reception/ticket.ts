import type { Instant, IsoDate } from '../platform/clock.ts';
import type { Bilingual } from '../platform/problem.ts';
import type { TicketState } from './table.ts';

/** Somebody present at an office today: with a booking, or with a number taken there. */
export interface Ticket {
  readonly id: string;
  readonly officeId: string;
  readonly day: IsoDate;
  /** As it is called: `A012` without a booking, `P003` with one. */
  readonly label: string;
  readonly state: TicketState;
  readonly service: {
    readonly id: string;
    readonly name: Bilingual;
    readonly skill: string;
    /** Minutes it is expected to take. */
    readonly minutes: number;
  };
  readonly appointmentId: string | undefined;
  /** The hour that was booked; undefined for walk-ins. */
  readonly dueAt: Instant | undefined;
  readonly priority: boolean;
  /** Nobody but this operator receives them. */
  readonly boundTo: string | undefined;
  readonly arrivedAt: Instant;
  /** The place in the common order: who has the earlier one comes first. */
  readonly rankAt: Instant;
  readonly calledAt: Instant | undefined;
  readonly operatorId: string | undefined;
  readonly desk: string | undefined;
  readonly calls: number;
  readonly skips: number;
  readonly servedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly version: number;
  /** Who it is, where they booked; for the staff alone. */
  readonly person: string | undefined;
}

/** Whether the person is still somewhere in the day: waiting, called or received. */
export function isPresent({ state }: Pick<Ticket, 'state'>): boolean {
  return state === 'waiting' || state === 'called' || state === 'serving';
}
