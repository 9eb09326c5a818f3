import type { Call } from '../platform/call.ts';
import type { Config } from '../platform/config.ts';
import { fault } from '../platform/faults.ts';
import type { FieldFault } from '../platform/problem.ts';

/** Channels that a person may choose for messages besides e-mail. */
export const ALSO_BY = ['sms', 'app_io'] as const;
export type AlsoBy = (typeof ALSO_BY)[number];

/**
 * What may be asked for besides e-mail: what is configured, and App IO only of a person whose identity
 * is known, since it finds people by codice fiscale and anybody can type another's.
 */
export function offeredBesides(config: Config, known: boolean): AlsoBy[] {
  return [
    ...(config.smsUrl !== undefined || config.demo ? (['sms'] as const) : []),
    ...(known && (config.appIoKey !== undefined || config.demo) ? (['app_io'] as const) : []),
  ];
}

const NOT_OFFERED = {
  it: 'Su questo canale qui non si può scrivere.',
  en: 'This channel is not offered here.',
};

/** What is wrong with the channel asked for, or missing for it; undefined when nothing is. */
export function faultOfChannel(
  { config, locale }: Pick<Call, 'config' | 'locale'>,
  asked: { readonly alsoBy?: AlsoBy | undefined; readonly phone: string | undefined },
  known: boolean,
): FieldFault | undefined {
  const { alsoBy, phone } = asked;
  if (alsoBy === undefined) return undefined;
  if (!offeredBesides(config, known).includes(alsoBy))
    return { pointer: '/person/also_by', detail: NOT_OFFERED[locale] };
  if (alsoBy === 'sms' && phone === undefined) return fault('/person/phone', 'required', locale);
  return undefined;
}
