import type { ServiceSettings } from '../service.ts';

/**
 * Grids that are counted from midnight divide the hour; in minutes. Each start of one or two minutes
 * would be looked at for every part of a visit: seconds, for a family and a month.
 */
const CLOCK_GRIDS: readonly number[] = [3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** What is wrong with one setting of a service. */
export interface SettingFault {
  /** The setting's name on the wire. */
  readonly field: string;
  readonly words: { readonly it: string; readonly en: string };
}

const DAY_MINUTES = 1440;

/** Settings that contradict each other: such a service could never be booked, or not as meant. */
export function settingFaults(settings: Omit<ServiceSettings, 'id' | 'version'>): SettingFault[] {
  const faults: SettingFault[] = [];
  const refuse = (field: string, it: string, en: string) =>
    faults.push({ field, words: { it, en } });
  if (settings.minNoticeMinutes >= settings.horizonDays * DAY_MINUTES)
    refuse(
      'min_notice_minutes',
      'Il preavviso supera il periodo prenotabile: nessun orario sarebbe mai offerto.',
      'The notice is longer than the bookable period: no time would ever be offered.',
    );
  if (settings.gridAnchor === 'clock' && !CLOCK_GRIDS.includes(settings.gridMinutes))
    refuse(
      'grid_minutes',
      `Una griglia contata dall’orologio divide l’ora: ${CLOCK_GRIDS.join(', ')} minuti.`,
      `A grid counted from the clock divides the hour: ${CLOCK_GRIDS.join(', ')} minutes.`,
    );
  const lengths = [settings.durationMinutes, ...settings.otherDurations];
  if (new Set(lengths).size < lengths.length)
    refuse(
      'other_durations',
      'Le altre durate sono diverse tra loro e da quella abituale.',
      'The other lengths differ from each other and from the usual one.',
    );
  if (settings.videoAddress !== undefined && settings.mode !== 'video')
    refuse(
      'video_address',
      'Solo un servizio in video ha un indirizzo per incontrarsi.',
      'Only a service by video has an address to meet at.',
    );
  if (settings.ownOperator && settings.operators > 1)
    refuse(
      'own_operator',
      'Chi è ricevuto solo dal proprio operatore è ricevuto da uno.',
      'Who is received by their own operator only is received by one.',
    );
  return faults;
}
