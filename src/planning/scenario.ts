/** What a what-if changes and what it answers: the shapes kept with a saved scenario. */

/** One change to an office's organico. `count` is whole people; negative takes away. */
export interface StaffLever {
  readonly officeCode: string;
  readonly category: string;
  readonly count: number;
}

export interface ScenarioLevers {
  readonly staff: readonly StaffLever[];
}

/** One office before or after. Staff in people, the rest in full-time posts. */
export interface OfficeOutlook {
  readonly staff: number;
  readonly need: number;
  /** Staff minus need. */
  readonly gap: number;
  readonly qualifiedShortage: number;
  /** Wait in days now and at the end of each week after; null where it has no end. */
  readonly waitDays: readonly (number | null)[];
  /** Weeks until the wait is at most the target; null if it is not within the horizon. */
  readonly weeksToTarget: number | null;
}

export interface ScenarioOfficeResult {
  readonly officeCode: string;
  readonly officeName: string;
  readonly before: OfficeOutlook;
  readonly after: OfficeOutlook;
  /** Whether the wait could be followed: the office must have a book for the service. */
  readonly waitKnown: boolean;
}

export interface ScenarioResults {
  /** Day of the data it was computed from. */
  readonly computedOn: string;
  readonly serviceCode: string | null;
  readonly weeks: number;
  readonly targetDays: number;
  readonly offices: readonly ScenarioOfficeResult[];
  readonly inequality: { readonly before: number; readonly after: number };
}
