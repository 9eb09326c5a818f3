import { z } from 'zod';
import { fieldFaults } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { invalid } from '../../platform/problem.ts';
import { isoDate, uuid } from '../../reference/fields.ts';
import type { SeriesChange } from '../actions/change-series.ts';
import {
  limitsSchema,
  newPeriodSchema,
  newSeriesSchema,
  patronFeastSchema,
  toLimits,
  toPatronFeast,
} from '../hours-schemas.ts';
import type { WallHours } from '../rules/openings.ts';
import type { SeriesDetails } from '../rules/series.ts';
import { wordsOf } from './skill-fields.tsx';

type Values = Readonly<Record<string, string | string[]>>;

const text = (values: Values, name: string) => {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** What a schema makes of a form. @throws {Problem} 422 pointing at the fields */
function parsed<S extends z.ZodType>(schema: S, given: unknown, locale: Locale): z.output<S> {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  throw invalid({ errors: fieldFaults(error.issues, locale) });
}

const seriesForm = newSeriesSchema.omit({ office_id: true, operator_id: true });

/** What it is not for, as the form of a series sends it. */
function limitsFrom(values: Values, locale: Locale) {
  const skills = wordsOf(values.skills, values.other_skills);
  const hours = text(values, 'public_hours_before');
  return toLimits(
    parsed(
      limitsSchema,
      {
        ...(skills.length > 0 && { skills }),
        ...(values.staff_only !== undefined && { staff_only: true }),
        ...(hours !== undefined && { public_hours_before: Number(hours) }),
      },
      locale,
    ),
  );
}

/** A new series. The recurrence travels as `rule:nth`, the period as `period:id`. */
export function seriesOf(values: Values, locale: Locale): SeriesDetails {
  const [recurrence, nth] = (text(values, 'recurrence') ?? 'weeks:1').split(':');
  const [kind, period] = (text(values, 'kind') ?? 'ordinary').split(':');
  const body = parsed(
    seriesForm,
    {
      kind: kind === 'period' ? 'ordinary' : kind,
      period_id: period,
      weekday: Number(text(values, 'weekday')),
      starts: text(values, 'starts'),
      ends: text(values, 'ends'),
      valid_from: text(values, 'valid_from'),
      valid_to: text(values, 'valid_to'),
      recurrence,
      nth: Number(nth),
    },
    locale,
  );
  return {
    kind: body.kind,
    periodId: body.period_id,
    weekday: body.weekday,
    starts: body.starts,
    ends: body.ends,
    validFrom: body.valid_from,
    validTo: body.valid_to ?? null,
    recurrence: { rule: body.recurrence, nth: body.nth },
    limits: limitsFrom(values, locale),
  };
}

export function idOf(values: Values, locale: Locale): string {
  return parsed(z.object({ id: uuid }), values, locale).id;
}

const { starts, ends } = newSeriesSchema.shape;
const dayForm = z.object({ series_id: uuid, day: isoDate });

/** One day of a series: dropped, put back, or with other hours. */
export function dayOf(
  values: Values,
  locale: Locale,
): { seriesId: string; day: string; hours: WallHours | null | undefined } {
  const { series_id: seriesId, day } = parsed(
    dayForm,
    { series_id: text(values, 'series_id'), day: text(values, 'day') },
    locale,
  );
  const what = text(values, 'what');
  if (what === 'back') return { seriesId, day, hours: undefined };
  if (what !== 'other') return { seriesId, day, hours: null };
  const given = { starts: text(values, 'day_starts'), ends: text(values, 'day_ends') };
  return { seriesId, day, hours: parsed(z.object({ starts, ends }), given, locale) };
}

/** What is asked for one series. */
export type SeriesStep =
  | { readonly kind: 'all'; readonly change: SeriesChange }
  | { readonly kind: 'from'; readonly day: string; readonly change: SeriesChange }
  | { readonly kind: 'day'; readonly day: string; readonly hours: WallHours | null }
  | { readonly kind: 'end'; readonly day: string }
  | { readonly kind: 'remove' };

export function seriesStepOf(values: Values, locale: Locale): SeriesStep {
  const step = text(values, 'step');
  if (step === 'remove') return { kind: 'remove' };
  if (step === 'end' || step === 'skip') {
    const { end_day: day } = parsed(
      z.object({ end_day: isoDate }),
      { end_day: text(values, 'end_day') },
      locale,
    );
    return step === 'end' ? { kind: 'end', day } : { kind: 'day', day, hours: null };
  }
  const scope = text(values, 'scope');
  const given = { starts: text(values, 'starts'), ends: text(values, 'ends') };
  const dayGiven = { day: text(values, 'day') };
  if (scope === 'day') {
    const { day, ...hours } = parsed(
      z.object({ day: isoDate, starts, ends }),
      { ...dayGiven, ...given },
      locale,
    );
    return { kind: 'day', day, hours };
  }
  const [recurrence, nth] = (text(values, 'recurrence') ?? 'weeks:1').split(':');
  const body = parsed(
    seriesForm.pick({
      weekday: true,
      starts: true,
      ends: true,
      valid_to: true,
      recurrence: true,
      nth: true,
    }),
    {
      ...given,
      weekday: Number(text(values, 'weekday')),
      valid_to: text(values, 'valid_to'),
      recurrence,
      nth: Number(nth),
    },
    locale,
  );
  const change = {
    weekday: body.weekday,
    starts: body.starts,
    ends: body.ends,
    validTo: body.valid_to ?? null,
    recurrence: { rule: body.recurrence, nth: body.nth },
    limits: limitsFrom(values, locale),
  };
  if (scope === 'all') return { kind: 'all', change };
  return { kind: 'from', ...parsed(z.object({ day: isoDate }), dayGiven, locale), change };
}

const periodForm = newPeriodSchema.pick({ name: true, valid_from: true, valid_to: true });

export function periodOf(values: Values, locale: Locale) {
  const { name, valid_from, valid_to } = parsed(
    periodForm,
    {
      name: text(values, 'period_name'),
      valid_from: text(values, 'period_from'),
      valid_to: text(values, 'period_to'),
    },
    locale,
  );
  return { name, validFrom: valid_from, validTo: valid_to };
}

/** The patron's feast; nothing where the saint was left empty. */
export function feastOf(values: Values, locale: Locale) {
  if (text(values, 'saint') === undefined) return undefined;
  const number = (name: string) => Number(text(values, name));
  const given = {
    saint: text(values, 'saint'),
    month: number('feast_month'),
    day: number('feast_day'),
    source: text(values, 'source'),
  };
  return toPatronFeast(parsed(patronFeastSchema, given, locale));
}

const NAMES: Record<string, Record<string, string>> = {
  giorno: { starts: 'day_starts', ends: 'day_ends' },
  periodo: { name: 'period_name', valid_from: 'period_from', valid_to: 'period_to' },
  patrono: { month: 'feast_month', day: 'feast_day' },
};

/** Errors under the names that the fields have in the form of a step. */
export function renamed(step: string, errors: Record<string, string>): Record<string, string> {
  const names = NAMES[step] ?? {};
  return Object.fromEntries(
    Object.entries(errors).map(([name, words]) => [names[name] ?? name, words]),
  );
}
