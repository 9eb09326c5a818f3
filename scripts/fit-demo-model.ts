/**
 * Fits the demonstration model on synthetic histories and writes src/profiling/demo-model.json.
 * The same seed writes the same file: `npx tsx scripts/fit-demo-model.ts`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seeded } from '../src/platform/random.ts';
import { canonical } from '../src/profiling/canonical.ts';
import { bandOf } from '../src/profiling/rules/bands.ts';
import type { GroupMetrics, ProfilingModel } from '../src/profiling/rules/model.ts';
import { score } from '../src/profiling/rules/score.ts';
import { brier, calibrationLine } from '../src/reference/statistics/calibration.ts';
import { auc, flagRates } from '../src/reference/statistics/discrimination.ts';
import { fitLogistic } from '../src/reference/statistics/fit.ts';
import { wilson } from '../src/reference/statistics/proportions.ts';
import {
  ASSIGNMENT_NOISE,
  type History,
  histories,
  LEVELS,
  PERCORSI_WITH_RATES,
  PUBLISHED,
  UNSEEN,
} from './demo-histories.ts';
import { CARD, CLASSES, GROUPS, VARIABLES } from './demo-model-words.ts';

const SEED = 20251231;
const N = 40_000;
/** Ours: near the shares of the percorsi taken in charge (P1 49%, P2 25%, P3 and P4 26%). */
const THRESHOLDS = [0.45, 0.65];
const FITTED_ON = '2026-11-22';

const all = histories(N, seeded(SEED));
// Every other history is kept back, to see how the model does on people it was not fitted on.
const fitted = all.filter((_, i) => i % 2 === 0);
const heldOut = all.filter((_, i) => i % 2 === 1);

const terms = Object.entries(VARIABLES).flatMap(([variable, { reference, levels }]) =>
  Object.keys(levels)
    .filter((level) => level !== reference)
    .map((level) => ({ variable, level })),
);
const fit = fitLogistic(
  fitted.map((h) => [1, ...terms.map((t) => (h.predictors[t.variable] === t.level ? 1 : 0))]),
  fitted.map((h) => h.outcome),
);
if (fit.separated || fit.aliased.length > 0)
  throw new Error('the histories cannot carry this model');

// Four decimals are more than the standard errors support, and the same on every machine.
const round = (value: number, decimals = 4) => Number(value.toFixed(decimals));
const estimate = (variable: string, level: string) => {
  const i = 1 + terms.findIndex((t) => t.variable === variable && t.level === level);
  return { coefficient: round(fit.coefficients[i]!), standardError: round(fit.standardErrors[i]!) };
};

const edges = [0, ...THRESHOLDS, 1];
const model: Omit<ProfilingModel, 'hash' | 'card'> = {
  id: 'demo-risk',
  version: '1.0.0',
  provenance: 'demonstration',
  title: CARD.title,
  purpose: CARD.purpose,
  outcome: { definition: CARD.outcome, windowDays: 365, direction: 'adverse' },
  population: CARD.population,
  intercept: round(fit.coefficients[0]!),
  interceptStandardError: round(fit.standardErrors[0]!),
  variables: Object.entries(VARIABLES).map(([code, { label, reference, levels, reachable }]) => ({
    kind: 'categorical' as const,
    code,
    label,
    levels: Object.entries(levels).map(([level, words]) => ({
      code: level,
      label: words,
      ...(level === reference ? { coefficient: 0, standardError: null } : estimate(code, level)),
    })),
    ...(reachable ? { reachable } : {}),
  })),
  reference: Object.fromEntries(Object.entries(VARIABLES).map(([code, v]) => [code, v.reference])),
  scale: {
    boundary: 'above',
    decimals: null,
    source: 'ours: the national thresholds are not published',
    bands: CLASSES.map((band, i) => ({ ...band, from: edges[i]!, to: edges[i + 1]! })),
  },
};

const probability = (h: History) => score(model as ProfilingModel, h.predictors).probability;

function groupOf(h: History): string[] {
  return ['all', `sex:${h.sex}`, `age:${h.predictors.age}`, `citizenship:${h.citizenship}`];
}

function measure(group: string): GroupMetrics {
  const members = heldOut.filter((h) => groupOf(h).includes(group));
  const y = members.map((h) => h.outcome as number);
  const p = members.map(probability);
  const events = y.reduce((sum, value) => sum + value, 0);
  const observed = wilson(events, y.length);
  const rates = flagRates(
    y,
    p.map((value) => bandOf(model.scale, value).code === '3'),
  );
  const orNull = (value: number | null) => (value === null ? null : round(value));
  return {
    group,
    label: GROUPS[group]!,
    n: y.length,
    events,
    observed: round(observed.value),
    predicted: round(p.reduce((sum, value) => sum + value, 0) / p.length),
    observedLow: round(observed.low),
    observedHigh: round(observed.high),
    auc: orNull(auc(y, p)),
    brier: round(brier(y, p)),
    calibrationSlope: orNull(calibrationLine(y, p).slope),
    selectionRate: round(rates.selectionRate),
    truePositiveRate: orNull(rates.truePositiveRate),
    falsePositiveRate: orNull(rates.falsePositiveRate),
  };
}

const percorsi = PERCORSI_WITH_RATES.map((code) => {
  const members = all.filter((h) => h.percorso === code);
  const employed = members.filter((h) => h.outcome === 0).length;
  return {
    percorso: code,
    n: members.length,
    employedAt365Days: round(employed / members.length),
    published: round(PUBLISHED[code].employed / PUBLISHED[code].takenInCharge),
  };
});
const whole: Omit<ProfilingModel, 'hash'> = {
  ...model,
  card: {
    fittedOn: FITTED_ON,
    n: fitted.length,
    events: fitted.reduce((sum, h) => sum + h.outcome, 0),
    heldOut: Object.keys(GROUPS).map(measure),
    limits: CARD.limits,
    excluded: CARD.excluded,
    generation: {
      label: 'ours',
      seed: SEED,
      histories: N,
      assignmentNoise: ASSIGNMENT_NOISE,
      levels: LEVELS,
      unseen: UNSEEN,
      percorsi,
      employedAt365Days: round(all.filter((h) => h.outcome === 0).length / all.length),
    },
    sources: [
      'Inapp, Focus Gol 17/2025, dati al 31/12/2025: presi in carico e occupati a 365 giorni per percorso',
    ],
    approval: CARD.approval,
    contact: CARD.contact,
  },
};
const hash = createHash('sha256').update(canonical(whole)).digest('hex');
const path = fileURLToPath(new URL('../src/profiling/demo-model.json', import.meta.url));
writeFileSync(path, JSON.stringify({ ...whole, hash }, null, 2));
// Laid out as the project's formatter wants it, or the same model would not be the same file.
execFileSync('npx', ['biome', 'format', '--write', path]);

const shares = CLASSES.map(
  ({ code }) => all.filter((h) => bandOf(model.scale, probability(h)).code === code).length / N,
);
console.log('employed at 365 days', percorsi, whole.card.generation.employedAt365Days);
console.log('classes', shares, 'held out', whole.card.heldOut[0]);
