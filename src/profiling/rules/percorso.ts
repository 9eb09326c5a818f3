import type { Words } from './model.ts';

export const PERCORSI = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
/** Track of the Gol programme. */
export type PercorsoGol = (typeof PERCORSI)[number];

export type RiskClass = 1 | 2 | 3;

/**
 * How the person's skills stand against the job sought, as judged by the operator.
 * `complete`: spendable, and nothing on the check-list stands against it.
 */
export const SKILLS = ['complete', 'spendable', 'short_gap', 'inadequate'] as const;
export type Skills = (typeof SKILLS)[number];

export interface Assessment {
  /** Quantitative class: 1 low, 2 medium, 3 high risk of remaining without work. */
  readonly riskClass: RiskClass;
  readonly skills: Skills;
  /** As many complex needs as the administration's threshold, or more. */
  readonly complexNeeds: boolean;
  /** Assessed as a group in the crisis of a company. */
  readonly collectiveCrisis: boolean;
}

export interface PercorsoRule {
  readonly code: string;
  /** Fields left out do not matter. */
  readonly when: {
    readonly riskClass?: readonly RiskClass[];
    readonly skills?: readonly Skills[];
    readonly complexNeeds?: boolean;
    readonly collectiveCrisis?: boolean;
  };
  readonly percorso: PercorsoGol;
  readonly because: Words;
  /** Where the row comes from; `ours` marks what no text says and this project fills in. */
  readonly source: string;
  readonly origin: 'text' | 'ours';
  /** Whether the official text itself was read. */
  readonly verified: boolean;
}

const ALLEGATO_B =
  'Delibera Commissario straordinario Anpal 5/2022, allegato B (Gol), letto in riproduzioni';

/**
 * Which percorso is proposed to the operator, first match wins. A proposal, never a decision: the
 * class is where the assessment starts, not where it ends.
 */
export const PERCORSO_RULES: readonly PercorsoRule[] = [
  {
    code: 'collective-crisis',
    when: { collectiveCrisis: true },
    percorso: 'P5',
    because: {
      it: 'La persona è coinvolta in una crisi aziendale seguita come gruppo.',
      en: 'The person is part of a company crisis that is assessed as a group.',
    },
    source: `${ALLEGATO_B}; la precedenza su ogni altra riga è nostra`,
    origin: 'text',
    verified: false,
  },
  {
    code: 'complex-needs',
    when: { complexNeeds: true },
    percorso: 'P4',
    because: {
      it: 'Dal colloquio emergono più bisogni complessi: serve una rete con i servizi sociali.',
      en: 'The interview shows several complex needs: a network with social services is needed.',
    },
    source: ALLEGATO_B,
    origin: 'text',
    verified: false,
  },
  {
    code: 'low-risk-skills',
    when: { riskClass: [1], skills: ['complete', 'spendable'] },
    percorso: 'P1',
    because: {
      it: 'Rischio basso e competenze spendibili per il lavoro cercato.',
      en: 'Low risk, and skills that can be used in the job sought.',
    },
    source: ALLEGATO_B,
    origin: 'text',
    verified: false,
  },
  {
    code: 'low-risk-short-gap',
    when: { riskClass: [1], skills: ['short_gap'] },
    percorso: 'P2',
    because: {
      it: 'Rischio basso, ma per il lavoro cercato manca qualcosa che si recupera con un corso breve.',
      en: 'Low risk, but the job sought asks for something that a short course can fill.',
    },
    source: 'Regola di questo progetto: il testo non prevede il caso',
    origin: 'ours',
    verified: false,
  },
  {
    code: 'low-risk-inadequate',
    when: { riskClass: [1], skills: ['inadequate'] },
    percorso: 'P3',
    because: {
      it: 'Rischio basso, ma le competenze non sono adeguate al lavoro cercato.',
      en: 'Low risk, but the skills are not adequate to the job sought.',
    },
    source: 'Regola di questo progetto: il testo non prevede il caso',
    origin: 'ours',
    verified: false,
  },
  {
    code: 'medium-risk-no-gap',
    when: { riskClass: [2], skills: ['complete'] },
    percorso: 'P1',
    because: {
      it: 'Rischio medio, ma nessuna carenza di competenze e nessun punto critico nella check-list.',
      en: 'Medium risk, but no gap in the skills and nothing critical on the check-list.',
    },
    source: 'Regola di questo progetto, a partire dal testo di base',
    origin: 'ours',
    verified: false,
  },
  {
    code: 'medium-risk-skills',
    when: { riskClass: [2], skills: ['spendable', 'short_gap'] },
    percorso: 'P2',
    because: {
      it: 'Rischio medio e competenze spendibili, da aggiornare con un corso breve.',
      en: 'Medium risk, and usable skills to be updated with a short course.',
    },
    source: ALLEGATO_B,
    origin: 'text',
    verified: false,
  },
  {
    code: 'medium-risk-inadequate',
    when: { riskClass: [2], skills: ['inadequate'] },
    percorso: 'P3',
    because: {
      it: 'Rischio medio e competenze non adeguate al lavoro cercato.',
      en: 'Medium risk, and skills not adequate to the job sought.',
    },
    source: 'Regola di questo progetto: il testo non prevede il caso',
    origin: 'ours',
    verified: false,
  },
  {
    code: 'high-risk',
    when: { riskClass: [3] },
    percorso: 'P3',
    because: {
      it: 'Rischio alto: serve una riqualificazione con una formazione più lunga.',
      en: 'High risk: reskilling with longer training is needed.',
    },
    source: ALLEGATO_B,
    origin: 'text',
    verified: false,
  },
];

/** The first row that matches. @throws {RangeError} when none does: the table must be total. */
export function proposePercorso(
  assessment: Assessment,
  rules: readonly PercorsoRule[] = PERCORSO_RULES,
): PercorsoRule {
  const rule = rules.find(
    ({ when }) =>
      (when.riskClass?.includes(assessment.riskClass) ?? true) &&
      (when.skills?.includes(assessment.skills) ?? true) &&
      (when.complexNeeds ?? assessment.complexNeeds) === assessment.complexNeeds &&
      (when.collectiveCrisis ?? assessment.collectiveCrisis) === assessment.collectiveCrisis,
  );
  if (!rule) throw new RangeError('no row of the percorso table matches');
  return rule;
}

/** Fewest characters of a reason that says something. Ours. */
export const REASON_MIN = 20;

export interface Decision {
  readonly proposed: PercorsoGol;
  readonly decided: PercorsoGol;
  readonly reason: string | undefined;
}

/** An operator may depart either way, and says why. */
export function lacksReason({ proposed, decided, reason }: Decision): boolean {
  return proposed !== decided && (reason ?? '').trim().length < REASON_MIN;
}
