import type { Provenance } from '../../network/rules/provenance.ts';
import type { Random } from '../../platform/random.ts';
import { DEMO_OFFICE } from '../logins.ts';
import type { DemoOffice } from './bacini.ts';
import type { DemoOperator } from './staff.ts';

export interface DemoOpening {
  readonly office: DemoOffice;
  readonly operator?: DemoOperator;
  readonly weekday: number;
  readonly starts: string;
  readonly ends: string;
  readonly provenance: Provenance;
}

const MORNING = { starts: '09:00', ends: '13:00' };
const AFTERNOON = { starts: '15:00', ends: '17:00' };
const WEEKDAYS = [1, 2, 3, 4, 5];
const AFTERNOONS = [2, 4];

const TYPICAL: Provenance = {
  kind: 'computed',
  source:
    'Demonstration: mornings 9–13 are what most sources tell of Sicilian offices, two afternoons are ours',
};
const AGENDA: Provenance = {
  kind: 'computed',
  source:
    'Demonstration: hours kept for appointments; the rest of the week is reception, procedures and walk-ins',
};
const PALERMO: Provenance = {
  kind: 'sourced',
  source: 'palermotoday.it: open 9–13',
  date: '2018-07',
};

/** Ours: mornings a week an operator keeps for appointments. */
const MORNINGS = { A: 1, B: 1, C: 2, D: 2 };

export function openings(
  offices: readonly DemoOffice[],
  operators: readonly DemoOperator[],
  random: Random,
): DemoOpening[] {
  const everybody = offices.flatMap((office) => [
    ...WEEKDAYS.map((weekday) => ({
      office,
      weekday,
      ...MORNING,
      provenance: office.code === 'pa-palermo' ? PALERMO : TYPICAL,
    })),
    ...AFTERNOONS.map((weekday) => ({ office, weekday, ...AFTERNOON, provenance: TYPICAL })),
  ]);
  const shown = operators.find(
    ({ office, bookable, skills }) =>
      office.code === DEMO_OFFICE && bookable && skills.includes('patto'),
  );
  const agendas = operators
    .filter(({ bookable }) => bookable)
    .flatMap((operator) => {
      const { office } = operator;
      // Whoever enters the demonstration as an operator finds people on any working day.
      const count = operator === shown ? WEEKDAYS.length : MORNINGS[operator.category];
      const mornings = random.shuffle(WEEKDAYS).slice(0, count);
      const own = mornings
        .sort()
        .map((weekday) => ({ office, operator, weekday, ...MORNING, provenance: AGENDA }));
      if (random.uniform() >= 0.25) return own;
      const weekday = random.pick(AFTERNOONS);
      return [...own, { office, operator, weekday, ...AFTERNOON, provenance: AGENDA }];
    });
  return [...everybody, ...agendas];
}
