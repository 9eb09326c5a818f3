import type { Random } from '../src/platform/random.ts';
import { logistic } from '../src/reference/statistics/log-odds.ts';

/**
 * Synthetic histories for the demonstration model. No person is behind them. Shares of levels and
 * effects are ours, chosen to be plausible; what is published and met exactly are the employment
 * rates at 365 days by percorso, and how many people each percorso took in charge.
 */

/** Inapp, Focus Gol 17/2025, data to 31/12/2025: taken in charge by 31/12/2024, employed at 365 days. */
export const PUBLISHED = {
  P1: { takenInCharge: 1_401_259, employed: 874_914 },
  P2: { takenInCharge: 712_872, employed: 372_205 },
  P3: { takenInCharge: 630_203, employed: 167_143 },
  P4: { takenInCharge: 109_299, employed: 28_590 },
} as const;
type Percorso = keyof typeof PUBLISHED;
export const PERCORSI_WITH_RATES = Object.keys(PUBLISHED) as Percorso[];

/** Share of people in each level, and the effect on the log-odds of staying out of work. Ours. */
export const LEVELS: Record<string, Record<string, { share: number; effect: number }>> = {
  age: {
    under_30: { share: 0.27, effect: -0.25 },
    '30_44': { share: 0.33, effect: 0 },
    '45_54': { share: 0.23, effect: 0.25 },
    '55_plus': { share: 0.17, effect: 0.8 },
  },
  education: {
    primary: { share: 0.07, effect: 0.6 },
    lower_secondary: { share: 0.36, effect: 0.35 },
    qualification: { share: 0.09, effect: 0.1 },
    diploma: { share: 0.34, effect: 0 },
    tertiary: { share: 0.14, effect: -0.3 },
  },
  months_out: {
    under_6: { share: 0.46, effect: 0 },
    '6_11': { share: 0.17, effect: 0.35 },
    '12_23': { share: 0.14, effect: 0.7 },
    '24_plus': { share: 0.23, effect: 1.1 },
  },
  status_year_before: {
    employed: { share: 0.52, effect: 0 },
    unemployed: { share: 0.33, effect: 0.3 },
    student: { share: 0.06, effect: 0.1 },
    inactive: { share: 0.09, effect: 0.55 },
  },
  worked_last_2_years: {
    none: { share: 0.27, effect: 0.85 },
    '1_6': { share: 0.17, effect: 0.4 },
    '7_12': { share: 0.21, effect: 0.15 },
    '13_24': { share: 0.35, effect: 0 },
  },
  dependent_children: {
    no: { share: 0.64, effect: 0 },
    yes: { share: 0.36, effect: 0.05 },
  },
  driving_licence: {
    yes: { share: 0.74, effect: 0 },
    no: { share: 0.26, effect: 0.4 },
  },
  transport: {
    own: { share: 0.61, effect: 0 },
    public: { share: 0.24, effect: 0.15 },
    limited: { share: 0.15, effect: 0.5 },
  },
  digital_skills: {
    none: { share: 0.17, effect: 0.35 },
    basic: { share: 0.42, effect: 0 },
    intermediate: { share: 0.3, effect: -0.2 },
    advanced: { share: 0.11, effect: -0.35 },
  },
  italian: {
    up_to_a2: { share: 0.02, effect: 0.55 },
    b1_b2: { share: 0.05, effect: 0.25 },
    c1_or_native: { share: 0.93, effect: 0 },
  },
  foreign_languages: {
    none: { share: 0.63, effect: 0 },
    one: { share: 0.29, effect: -0.15 },
    two_or_more: { share: 0.08, effect: -0.25 },
  },
  recent_training: {
    no: { share: 0.79, effect: 0 },
    yes: { share: 0.21, effect: -0.25 },
  },
};

/**
 * Differences that the score is not told of, so that the audit by group has something to find:
 * real labour markets have them too. Log-odds of staying out of work. Ours.
 */
export const UNSEEN = { F: 0.18, M: -0.18, it: 0, eu: 0.05, other: 0.1 } as const;

/** Spread of what else moves people into one percorso rather than the next. Ours. */
export const ASSIGNMENT_NOISE = 0.6;

export interface History {
  readonly predictors: Readonly<Record<string, string>>;
  readonly sex: 'F' | 'M';
  readonly citizenship: 'it' | 'eu' | 'other';
  readonly percorso: Percorso;
  /** 1 when not in work 365 days after being taken in charge. */
  readonly outcome: 0 | 1;
}

/** `n` histories whose employment rates by percorso are the published ones to within one person. */
export function histories(n: number, random: Random): History[] {
  const people = Array.from({ length: n }, () => somebody(random));
  const percorso = assign(people, random);
  const outcome = new Map<number, 0 | 1>();
  for (const code of PERCORSI_WITH_RATES) {
    const members = [...percorso.keys()].filter((i) => percorso[i] === code);
    const out = 1 - PUBLISHED[code].employed / PUBLISHED[code].takenInCharge;
    const shift = shiftFor(
      members.map((i) => people[i]!.risk),
      out,
    );
    // Systematic sampling: each keeps the own probability, the sum is off by less than one.
    let carried = random.uniform();
    for (const i of random.shuffle(members)) {
      carried += logistic(people[i]!.risk + shift);
      outcome.set(i, carried >= 1 ? 1 : 0);
      if (carried >= 1) carried -= 1;
    }
  }
  return people.map(({ predictors, sex, citizenship }, i) => ({
    predictors,
    sex,
    citizenship,
    percorso: percorso[i]!,
    outcome: outcome.get(i)!,
  }));
}

function somebody(random: Random) {
  const sex: 'F' | 'M' = random.uniform() < 0.53 ? 'F' : 'M';
  const citizenship = draw({ it: 0.86, eu: 0.04, other: 0.1 }, random) as 'it' | 'eu' | 'other';
  const predictors: Record<string, string> = {};
  for (const [code, levels] of Object.entries(LEVELS)) {
    const shares = Object.fromEntries(Object.entries(levels).map(([k, v]) => [k, v.share]));
    predictors[code] = draw(given(code, shares, predictors, citizenship), random);
  }
  const risk = Object.entries(predictors).reduce(
    (sum, [code, level]) => sum + LEVELS[code]![level]!.effect,
    UNSEEN[sex] + UNSEEN[citizenship],
  );
  return { predictors, sex, citizenship, risk };
}

/** The few dependences without which the people would look absurd. */
function given(
  code: string,
  shares: Record<string, number>,
  known: Record<string, string>,
  citizenship: string,
): Record<string, number> {
  const scaled = (factors: Record<string, number>) =>
    Object.fromEntries(Object.entries(shares).map(([k, v]) => [k, v * (factors[k] ?? 1)]));
  if (code === 'italian' && citizenship !== 'it') {
    return { up_to_a2: 0.2, b1_b2: 0.45, c1_or_native: 0.35 };
  }
  if (
    code === 'status_year_before' &&
    known.months_out !== 'under_6' &&
    known.months_out !== '6_11'
  ) {
    return { unemployed: 0.82, student: 0.03, inactive: 0.15 };
  }
  if (code === 'status_year_before' && known.age !== 'under_30') return scaled({ student: 0.1 });
  if (code === 'worked_last_2_years' && known.months_out === '24_plus') return { none: 1 };
  if (code === 'worked_last_2_years' && known.months_out === '12_23') {
    return { none: 0.25, '1_6': 0.4, '7_12': 0.35 };
  }
  if (code === 'worked_last_2_years') return scaled({ none: 0.3 });
  if (code === 'digital_skills' && known.age === '55_plus') {
    return scaled({ none: 2.2, intermediate: 0.6, advanced: 0.4 });
  }
  if (code === 'digital_skills' && known.age === 'under_30') return scaled({ none: 0.3 });
  if (code === 'transport' && known.driving_licence === 'no') return { public: 0.6, limited: 0.4 };
  return shares;
}

function draw(shares: Record<string, number>, random: Random): string {
  const entries = Object.entries(shares);
  let rest = random.uniform() * entries.reduce((sum, [, share]) => sum + share, 0);
  for (const [code, share] of entries) {
    rest -= share;
    if (rest < 0) return code;
  }
  return entries.at(-1)![0];
}

/** People in order of risk, with noise, fill P1, P2 and the rest; P4 is drawn from that rest. */
function assign(people: readonly { risk: number }[], random: Random): Percorso[] {
  const total = PERCORSI_WITH_RATES.reduce((sum, code) => sum + PUBLISHED[code].takenInCharge, 0);
  const upTo = (...codes: Percorso[]) =>
    Math.round(
      (people.length * codes.reduce((sum, code) => sum + PUBLISHED[code].takenInCharge, 0)) / total,
    );
  const index = people.map(({ risk }) => risk + ASSIGNMENT_NOISE * normal(random));
  const order = [...people.keys()].sort((a, b) => index[a]! - index[b]!);
  const percorso: Percorso[] = people.map(() => 'P3');
  for (const i of order.slice(0, upTo('P1'))) percorso[i] = 'P1';
  for (const i of order.slice(upTo('P1'), upTo('P1', 'P2'))) percorso[i] = 'P2';
  const rest = random.shuffle(order.slice(upTo('P1', 'P2')));
  for (const i of rest.slice(0, upTo('P4'))) percorso[i] = 'P4';
  return percorso;
}

/** Box and Muller's normal deviate. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** The constant that, added to every log-odds, makes the mean probability the wanted one. */
function shiftFor(risks: readonly number[], wanted: number): number {
  let low = -10;
  let high = 10;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const mean = risks.reduce((sum, risk) => sum + logistic(risk + middle), 0) / risks.length;
    if (mean < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
