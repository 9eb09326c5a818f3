import { DateTime } from 'luxon';
import { z } from 'zod';
import { dayOf, type Instant, type IsoDate, midnight, wall, ZONE } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { isoDate, uuid } from '../../reference/fields.ts';
import { zodErrors } from '../../web/form.ts';
import type { GroupSession, SessionDetails } from '../session.ts';
import { workshopStrings } from '../strings.ts';

const blank = (value: unknown) => (value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/u);
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const HOUR = 3_600_000;

const form = z.object({
  titolo: line(200),
  titolo_en: optional(line(200)),
  descrizione: text(2000),
  descrizione_en: optional(text(2000)),
  portare: optional(text(2000)),
  sala: line(200),
  giorno: isoDate,
  dalle: hour,
  alle: hour,
  posti: whole(1, 500),
  apre: isoDate,
  chiude_ore: whole(0, 336),
  conduce: optional(uuid),
  insieme: optional(uuid),
  volte: z.preprocess((value) => blank(value) ?? 1, whole(1, 26)),
  settimane: z.preprocess((value) => blank(value) ?? 1, whole(1, 8)),
  pubblica: z.literal('si').optional(),
});

export interface ParsedSession {
  readonly details: SessionDetails;
  readonly published: boolean;
  readonly series: { readonly weeks: number; readonly times: number } | undefined;
}

/** What an operator typed of a session; one sentence for each field to be put right. */
export function parseSessionForm(
  values: Record<string, unknown>,
  locale: Locale,
): ParsedSession | { readonly errors: Record<string, string> } {
  const parsed = form.safeParse(values);
  if (!parsed.success) return { errors: zodErrors(parsed.error, locale) };
  const { data } = parsed;
  const t = workshopStrings(locale);
  const startsAt = wallInstant(data.giorno, data.dalle);
  const endsAt = wallInstant(data.giorno, data.alle);
  if (startsAt === undefined) return { errors: { dalle: t('wrongTime') } };
  if (endsAt === undefined) return { errors: { alle: t('wrongTime') } };
  if (endsAt <= startsAt) return { errors: { alle: t('endsBefore') } };
  const registrationOpensAt = midnight(data.apre);
  const registrationClosesAt = startsAt - data.chiude_ore * HOUR;
  if (registrationClosesAt <= registrationOpensAt) {
    return { errors: { apre: t('closesBeforeOpening') } };
  }
  const things = data.portare?.split(/\r?\n/).flatMap((one) => one.trim() || []) ?? [];
  return {
    details: {
      title: { it: data.titolo, en: data.titolo_en ?? data.titolo },
      description: { it: data.descrizione, en: data.descrizione_en ?? data.descrizione },
      whatToBring: { it: things.slice(0, 20), en: things.slice(0, 20) },
      room: data.sala,
      startsAt,
      endsAt,
      registrationOpensAt,
      registrationClosesAt,
      seats: data.posti,
      leaderIds: [...new Set([data.conduce, data.insieme])].flatMap((id) => id ?? []),
    },
    published: data.pubblica === 'si',
    series: data.volte > 1 ? { weeks: data.settimane, times: data.volte } : undefined,
  };
}

/** Undefined where clocks go forward and the hour does not exist. */
function wallInstant(day: IsoDate, time: string): Instant | undefined {
  const at = DateTime.fromISO(`${day}T${time}`, { zone: ZONE });
  return at.toFormat('HH:mm') === time ? at.toMillis() : undefined;
}

/** A session as the fields of its form. */
export function sessionValues(session: GroupSession): Record<string, string> {
  const [leader, second] = session.leaders;
  const other = ({ it, en }: { it: string; en: string }) => (it === en ? '' : en);
  return {
    titolo: session.title.it,
    titolo_en: other(session.title),
    descrizione: session.description.it,
    descrizione_en: other(session.description),
    portare: session.whatToBring.it.join('\n'),
    sala: session.room,
    giorno: dayOf(session.startsAt),
    dalle: wall(session.startsAt).toFormat('HH:mm'),
    alle: wall(session.endsAt).toFormat('HH:mm'),
    posti: String(session.seats),
    apre: dayOf(session.registrationOpensAt),
    chiude_ore: String(Math.round((session.startsAt - session.registrationClosesAt) / HOUR)),
    conduce: leader?.id ?? '',
    insieme: second?.id ?? '',
    ...(session.state === 'published' && { pubblica: 'si' }),
  };
}
