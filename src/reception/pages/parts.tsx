import type { Locale } from '../../platform/locale.ts';
import type { Estimate } from '../rules/estimate.ts';
import { receptionStrings } from '../strings.ts';

/** The wait in words. */
export function waitWords(estimate: Estimate, locale: Locale): string {
  const t = receptionStrings(locale);
  if (!estimate.today) return t('notToday');
  const { fromMinutes: from, toMinutes: to } = estimate;
  if (to <= 5) return t('soon');
  return from === 0 ? t('upTo', { to }) : t('range', { from, to });
}

/** What the wait rests on. */
export function basisWords(measuredOn: number, locale: Locale): string {
  const t = receptionStrings(locale);
  return measuredOn > 0 ? t('basisMeasured', { count: measuredOn }) : t('basisPlanned');
}
