/** What a what-if changes and what it answers: the shapes kept with a saved scenario. */

/** One change to an office's organico. `count` is whole people; negative takes away. */
export interface StaffLever {
  officeCode: string;
  category: string;
  count: number;
}

export interface ScenarioLevers {
  staff: StaffLever[];
}

/** One office before or after. Staff in people, FTE in full-time posts, wait in days. */
export interface OfficeOutlook {
  staff: number;
  requiredFte: number;
  gapFte: number;
  qualifiedShortageFte: number;
  /** null: capacity never catches up, the wait grows without end. */
  waitDays: number | null;
}

export interface ScenarioOfficeResult {
  officeCode: string;
  officeName: string;
  before: OfficeOutlook;
  after: OfficeOutlook;
}

export interface ScenarioResults {
  computedOn: string;
  offices: ScenarioOfficeResult[];
  giniBefore: number;
  giniAfter: number;
}
