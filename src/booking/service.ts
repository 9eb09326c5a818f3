import type { Bilingual } from '../platform/problem.ts';

export type ServiceMode = 'desk' | 'phone' | 'video' | 'outreach';
export type GridAnchor = 'clock' | 'stretch';
export type ServiceAudience = 'anyone' | 'own_cpi' | 'invited' | 'staff';

/** What one may come for. */
export interface Service {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly description: Bilingual;
  readonly whatToBring: { readonly it: readonly string[]; readonly en: readonly string[] };
  readonly durationMinutes: number;
  /** Other lengths that may be asked for instead, in minutes. */
  readonly otherDurations: readonly number[];
  /** Kept free before each appointment. */
  readonly bufferBeforeMinutes: number;
  /** Kept free after each appointment, for notes and delays. */
  readonly bufferMinutes: number;
  readonly gridMinutes: number;
  /** What the grid is counted from: midnight on the wall, or where each free stretch begins. */
  readonly gridAnchor: GridAnchor;
  /** Whether the public is proposed only starts that break the day up least. */
  readonly compactStarts: boolean;
  readonly minNoticeMinutes: number;
  readonly horizonDays: number;
  readonly mode: ServiceMode;
  /** Where video appointments meet; `{room}` in it becomes a room of each one's own. */
  readonly videoAddress: string | undefined;
  readonly skill: string;
  readonly minCategory: string;
  readonly lep: string | undefined;
  readonly audience: ServiceAudience;
  readonly taxCodeRequired: boolean;
  /** How many operators receive the person together. */
  readonly operators: number;
  /** Only with the operator who follows the person already. */
  readonly ownOperator: boolean;
  /** Kind of desk or room it takes besides the operator. */
  readonly resourceKind: string | undefined;
  /** How long a start is kept while the form is filled in. */
  readonly holdMinutes: number;
  /** How long cancelled time stays closed to the public. */
  readonly releaseDelayMinutes: number;
  /** At most so many appointments of one person within any so many days. */
  readonly limit: { readonly appointments: number; readonly days: number } | undefined;
  /** Whether freed time is offered first to those who wait for it. */
  readonly waitingList: boolean;
}

/** A service as the administration sets it. */
export interface ServiceSettings extends Service {
  /** Its place among the others, lowest first. */
  readonly position: number;
  /** Whether it can be booked; one out of use keeps the appointments it has. */
  readonly active: boolean;
  /** Counts the changes. */
  readonly version: number;
}
