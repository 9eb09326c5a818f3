import { type LoadedMonth, loadMonth } from '../../booking/pages/calendar.tsx';
import type { Service } from '../../booking/service.ts';
import type { Call } from '../../platform/call.ts';
import { type Interval, wall } from '../../platform/clock.ts';

/** A month of an office's free starts, of which only those inside `window` are shown. */
export async function monthWithin(
  call: Call,
  service: Service,
  office: { readonly id: string },
  query: { readonly mese?: string; readonly giorno?: string },
  window: Interval,
): Promise<LoadedMonth> {
  const mese = query.mese ?? wall(window.start).toFormat('yyyy-MM');
  const loaded = await loadMonth(call, service, office, { ...query, mese });
  const inside = (start: number) => window.start <= start && start < window.end;
  const days = new Map(
    [...loaded.days]
      .map(([day, starts]) => [day, starts.filter(({ start }) => inside(start))] as const)
      .filter(([, starts]) => starts.length > 0),
  );
  const { next } = loaded.found;
  return {
    ...loaded,
    days,
    day: loaded.day !== undefined && days.has(loaded.day) ? loaded.day : [...days.keys()][0],
    found: {
      ...loaded.found,
      bookable: window,
      next: next !== undefined && inside(next) ? next : undefined,
    },
  };
}
