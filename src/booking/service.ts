import type { Bilingual } from '../platform/problem.ts';

export type ServiceMode = 'desk' | 'phone' | 'video' | 'outreach';
export type ServiceAudience = 'anyone' | 'own_cpi' | 'invited' | 'staff';

/** What one may come for. */
export interface Service {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly description: Bilingual;
  readonly whatToBring: { readonly it: readonly string[]; readonly en: readonly string[] };
  readonly durationMinutes: number;
  /** Kept free after each appointment, for notes and delays. */
  readonly bufferMinutes: number;
  readonly gridMinutes: number;
  readonly minNoticeMinutes: number;
  readonly horizonDays: number;
  readonly mode: ServiceMode;
  readonly skill: string;
  readonly minCategory: string;
  readonly lep: string | undefined;
  readonly audience: ServiceAudience;
  readonly taxCodeRequired: boolean;
}
