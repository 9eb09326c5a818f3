import type { z } from 'zod';
import type { FormState } from '../../web/form.ts';
import type { ServiceSettings } from '../service.ts';
import type { newServiceSchema } from '../service-schemas.ts';

type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;
const HOUR = 60;

/** What was typed, as the API would be told it; what is no number stays for the schema to refuse. */
export function settingsFrom(
  values: Typed,
): Record<keyof z.input<typeof newServiceSchema>, unknown> {
  const word = (name: string) => (values[name] as string | undefined) ?? '';
  const lines = (name: string) =>
    word(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const figure = (name: string) => (word(name) === '' ? undefined : Number(word(name)));
  const hours = (name: string) => {
    const typed = figure(name);
    return typed === undefined ? undefined : Math.round(typed * HOUR);
  };
  const ticked = (name: string) => values[name] !== undefined;
  return {
    code: word('code'),
    name: { it: word('name.it'), en: word('name.en') },
    description: { it: word('description.it'), en: word('description.en') },
    what_to_bring: { it: lines('what_to_bring.it'), en: lines('what_to_bring.en') },
    duration_minutes: figure('duration_minutes'),
    other_durations: word('other_durations')
      .split(/[\s,;]+/)
      .filter((one) => one !== '')
      .map(Number),
    buffer_minutes: figure('buffer_minutes'),
    buffer_before_minutes: figure('buffer_before_minutes'),
    grid_minutes: figure('grid_minutes'),
    grid_anchor: word('grid_anchor'),
    compact_starts: ticked('compact_starts'),
    min_notice_minutes: hours('min_notice_minutes'),
    horizon_days: figure('horizon_days'),
    mode: word('mode'),
    video_address: word('video_address') || undefined,
    skill: word('skill'),
    min_category: word('min_category'),
    lep: word('lep') || undefined,
    audience: word('audience'),
    tax_code_required: ticked('tax_code_required'),
    operators: figure('operators'),
    own_operator: ticked('own_operator'),
    resource_kind: word('resource_kind') || undefined,
    hold_minutes: figure('hold_minutes'),
    release_delay_minutes: hours('release_delay_minutes'),
    limit:
      word('limit.appointments') === '' && word('limit.days') === ''
        ? undefined
        : { appointments: figure('limit.appointments'), days: figure('limit.days') },
    waiting_list: ticked('waiting_list'),
    position: figure('position'),
    active: ticked('active'),
  };
}

/** A service's settings as its form shows them. */
export function valuesOf(settings: Omit<ServiceSettings, 'id'>): FormState['values'] {
  const tick = (on: boolean) => (on ? 'si' : undefined);
  return {
    code: settings.code,
    'name.it': settings.name.it,
    'name.en': settings.name.en,
    'description.it': settings.description.it,
    'description.en': settings.description.en,
    'what_to_bring.it': settings.whatToBring.it.join('\n'),
    'what_to_bring.en': settings.whatToBring.en.join('\n'),
    duration_minutes: String(settings.durationMinutes),
    other_durations: settings.otherDurations.join(' '),
    buffer_minutes: String(settings.bufferMinutes),
    buffer_before_minutes: String(settings.bufferBeforeMinutes),
    grid_minutes: String(settings.gridMinutes),
    grid_anchor: settings.gridAnchor,
    compact_starts: tick(settings.compactStarts),
    min_notice_minutes: String(settings.minNoticeMinutes / HOUR),
    horizon_days: String(settings.horizonDays),
    mode: settings.mode,
    video_address: settings.videoAddress,
    skill: settings.skill,
    min_category: settings.minCategory,
    lep: settings.lep,
    audience: settings.audience,
    tax_code_required: tick(settings.taxCodeRequired),
    operators: String(settings.operators),
    own_operator: tick(settings.ownOperator),
    resource_kind: settings.resourceKind,
    hold_minutes: String(settings.holdMinutes),
    release_delay_minutes: String(settings.releaseDelayMinutes / HOUR),
    'limit.appointments': settings.limit && String(settings.limit.appointments),
    'limit.days': settings.limit && String(settings.limit.days),
    waiting_list: tick(settings.waitingList),
    position: String(settings.position),
    active: tick(settings.active),
    version: String(settings.version),
  };
}

/** What a new service's form begins with. */
export const NEW_VALUES: FormState['values'] = {
  duration_minutes: '30',
  buffer_minutes: '0',
  buffer_before_minutes: '0',
  grid_minutes: '15',
  grid_anchor: 'clock',
  min_notice_minutes: '24',
  horizon_days: '90',
  mode: 'desk',
  audience: 'anyone',
  operators: '1',
  hold_minutes: '10',
  release_delay_minutes: '0',
  position: '0',
  active: 'si',
};
