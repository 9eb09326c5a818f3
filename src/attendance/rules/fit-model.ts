import { mean } from 'simple-statistics';
import type { Interval } from '../../platform/clock.ts';
import { brier } from '../../reference/statistics/calibration.ts';
import { auc } from '../../reference/statistics/discrimination.ts';
import { type Fit, FitFailed, fitLogistic } from '../../reference/statistics/fit.ts';
import type { Decile, ModelCard, Term } from './model-card.ts';
import { chanceOfAbsence } from './predict.ts';
import { TERM_CODES, termOfService, termValue, type Visit } from './visit.ts';

/** A visit and how it went. */
export interface Observation extends Visit {
  readonly came: boolean;
}

/** Fewest appointments that a model is fitted on. Ours. */
const FEWEST_OBSERVATIONS = 500;
/** Fewest absences for each coefficient (Peduzzi and others, J Clin Epidemiol 1996, 49: 1373). */
const EVENTS_PER_TERM = 10;
/** Fewest appointments in which a term is not zero. Ours. */
const FEWEST_WITH_TERM = 30;
/** Share of the newest observations that the check is made on. */
const HELD_BACK = 0.2;

/**
 * Fits who does not come on what was seen so far. The figures of the check come from a fit on the
 * older four fifths, tried on the newest fifth; the coefficients from all.
 * @param observations in the order of their appointments, the oldest first
 * @returns undefined where they are too few, or show no model that means anything
 */
export function fitAttendance(
  observations: readonly Observation[],
  window: Interval,
): ModelCard | undefined {
  if (observations.length < FEWEST_OBSERVATIONS) return undefined;
  const split = Math.floor(observations.length * (1 - HELD_BACK));
  const older = fitTerms(observations.slice(0, split));
  const whole = fitTerms(observations);
  if (!older || !whole) return undefined;
  const newest = observations.slice(split);
  const outcomes = newest.map(({ came }) => Number(!came));
  const predicted = newest.map((visit) => chanceOfAbsence(older, visit));
  const share = mean(observations.slice(0, split).map(({ came }) => Number(!came)));
  return {
    ...whole,
    window,
    n: observations.length,
    notCome: observations.filter(({ came }) => !came).length,
    check: {
      n: newest.length,
      auc: auc(outcomes, predicted),
      brier: brier(outcomes, predicted),
      brierOfShare: brier(
        outcomes,
        outcomes.map(() => share),
      ),
      deciles: decilesOf(outcomes, predicted),
    },
  };
}

type Fitted = Pick<ModelCard, 'intercept' | 'terms' | 'leftOut'>;

function fitTerms(observations: readonly Observation[]): Fitted | undefined {
  const { codes, leftOut } = usableTerms(observations);
  const y = observations.map(({ came }) => Number(!came));
  const events = y.reduce((sum, one) => sum + one, 0);
  if (Math.min(events, y.length - events) < EVENTS_PER_TERM * (codes.length + 1)) return undefined;
  const columns = codes.map((code) => observations.map((visit) => termValue(code, visit)));
  const fit = tryFit(
    observations.map((_, i) => [1, ...columns.map((column) => column[i]!)]),
    y,
  );
  if (!fit) return undefined;
  const terms: Term[] = [];
  for (const [j, code] of codes.entries()) {
    const coefficient = fit.coefficients[j + 1];
    const standardError = fit.standardErrors[j + 1];
    if (coefficient == null || standardError == null) leftOut.push(code);
    else terms.push({ code, coefficient, standardError, mean: mean(columns[j]!) });
  }
  return {
    intercept: { coefficient: fit.coefficients[0]!, standardError: fit.standardErrors[0]! },
    terms,
    leftOut,
  };
}

/**
 * Terms with enough observations. The commonest service has none of its own: the others are
 * compared with it.
 */
function usableTerms(observations: readonly Observation[]) {
  const byService = new Map<string, number>();
  for (const { service } of observations) {
    byService.set(service, (byService.get(service) ?? 0) + 1);
  }
  const [, ...others] = [...byService]
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .map(([service]) => termOfService(service));
  const candidates = [...TERM_CODES, ...others];
  const codes = candidates.filter(
    (code) =>
      observations.filter((visit) => termValue(code, visit) !== 0).length >= FEWEST_WITH_TERM,
  );
  return { codes, leftOut: candidates.filter((code) => !codes.includes(code)) };
}

function tryFit(x: readonly (readonly number[])[], y: readonly number[]): Fit | undefined {
  try {
    const fit = fitLogistic(x, y);
    return fit.separated ? undefined : fit;
  } catch (error) {
    if (error instanceof FitFailed) return undefined;
    throw error;
  }
}

/** Ten groups of nearly equal size, from those least likely to be absent to the most. */
function decilesOf(outcomes: readonly number[], predicted: readonly number[]): Decile[] {
  const order = [...predicted.keys()].sort((a, b) => predicted[a]! - predicted[b]!);
  return Array.from({ length: 10 }, (_, tenth) =>
    order.slice(
      Math.floor((tenth * order.length) / 10),
      Math.floor(((tenth + 1) * order.length) / 10),
    ),
  )
    .filter((group) => group.length > 0)
    .map((group) => ({
      n: group.length,
      predicted: mean(group.map((i) => predicted[i]!)),
      observed: mean(group.map((i) => outcomes[i]!)),
    }));
}
