import { startsAt } from '../../booking/actions/joint-starts.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import { serviceById } from '../../booking/store/services.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { HALVES, type Half, halfDay, within } from '../rules/half-day.ts';
import { besideWhom, type Load, loadOf, mayOverbook } from '../rules/overbooking.ts';
import { roomFor } from '../rules/turnout.ts';
import { listRules, type NamedRule } from '../store/overbooking.ts';
import { type Expected, expectedIn } from '../store/visits.ts';
import { asBooked, foreseeing } from './foresee.ts';

/** One half-day of a service that may be overbooked. */
export interface HalfDayForecast extends Load {
  readonly rule: NamedRule;
  readonly half: Half;
  /** Starts that are really free: while there are any, nobody is booked beyond the places. */
  readonly free: number;
  /** People like those booked who may still be added; 0 where something is free. */
  readonly room: number;
  readonly beyondThem: readonly Expected[];
}

/** People added at most to a half-day. Ours. */
const MOST_ADDED = 10;

/**
 * What each half of a day holds and may still take, service by service where overbooking is on.
 * @throws {Problem} 401, 403 another office
 */
export async function forecastDay(
  call: Call,
  wanted: { readonly officeId: string; readonly day: IsoDate },
): Promise<HalfDayForecast[]> {
  authorise(call.actor, 'operator', 'administrator');
  authoriseOffice(call.actor, wanted.officeId);
  const rules = (await listRules(call.database, wanted.officeId)).filter(({ active }) => active);
  const forecasts: HalfDayForecast[] = [];
  for (const rule of rules) {
    for (const half of HALVES) {
      const forecast = await forecastHalf(call, rule, wanted.day, half);
      if (forecast) forecasts.push(forecast);
    }
  }
  return forecasts;
}

async function forecastHalf(
  call: Call,
  rule: NamedRule,
  day: IsoDate,
  half: Half,
): Promise<HalfDayForecast | undefined> {
  const { officeId, serviceId, tolerance, risk } = rule;
  const service = await serviceById(call.database, serviceId);
  if (!service || !mayOverbook(service)) return undefined;
  const window = halfDay(day, half);
  const bookable = within(window, bookableWindow(service, call.clock.now()));
  const where = { officeId, serviceId };
  const expected = await expectedIn(call.database, { ...where, window });
  const foresee = await foreseeing(call, call.database, where);
  const booked = expected.map((one) => asBooked(one, foresee));
  const load = loadOf(booked, tolerance);
  const free = (await startsAt(call.database, service, officeId, bookable)).length;
  const chances = booked.map(({ shows }) => shows);
  const beside = besideWhom(booked, bookable.start);
  const typical = chances.length === 0 ? 1 : load.expected / chances.length;
  const bound = { places: load.places, tolerance, risk };
  const room = free > 0 || !beside ? 0 : roomFor(typical, chances, bound, MOST_ADDED);
  return {
    ...load,
    rule,
    half,
    free,
    room,
    beyondThem: expected.filter(({ beyond }) => beyond),
  };
}
