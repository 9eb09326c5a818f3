import * as read from './columns.ts';
import { type Column, optional, required } from './columns.ts';
import type { Provenance } from './provenance.ts';

/**
 * The files a network is imported from. A file is told by its name; its columns may come in any
 * order; columns that are not named here are refused, since they are most often a misspelling.
 */

const provenance = {
  kind: optional(read.provenanceKind, {
    about: {
      it: 'Da dove viene il dato: «declared» (lo dichiara l’amministrazione; se manca, è questo), «sourced» (lo dice una fonte pubblica), «computed» (lo calcola una regola).',
      en: 'Where the fact comes from: “declared” (the administration says so; the default), “sourced” (a public source says so), “computed” (a rule derives it).',
    },
    example: '',
  }),
  source: optional(read.text(2000), {
    about: { it: 'La fonte o la regola.', en: 'The source, or the rule.' },
    example: '',
  }),
  date: optional(read.text(40), {
    about: { it: 'Data della fonte.', en: 'Date of the source.' },
    example: '',
  }),
};

const office = (example: string) =>
  required(read.officeCode, {
    about: {
      it: 'Codice dell’ufficio, stabile: i dati si aggiornano in base a questo.',
      en: 'Stable code of the office: data are updated by it.',
    },
    example,
  });

const active = optional(read.yesOrNo, {
  about: { it: 'Se è in attività; se manca, sì.', en: 'Whether it is active; yes by default.' },
  example: 'sì',
});

export const FILES = {
  categories: {
    code: required(read.code, {
      about: { it: 'Categoria del personale.', en: 'Staff category.' },
      example: 'C',
    }),
    level: required(read.integer(1, 20), {
      about: {
        it: 'Livello: chi sta più in alto può fare anche il lavoro di chi sta sotto. 1 è il più basso.',
        en: 'Level: a higher one may also do the work of those below. 1 is the lowest.',
      },
      example: '3',
    }),
    name: required(read.text(200), {
      about: { it: 'Nome della categoria.', en: 'Name of the category.' },
      example: 'Istruttori',
    }),
    valid_from: required(read.date, {
      about: { it: 'Da quando vale.', en: 'Since when it holds.' },
      example: '2020-01-01',
    }),
    source: required(read.text(500), {
      about: { it: 'Contratto o atto che la istituisce.', en: 'Contract or act that sets it.' },
      example: 'Contratto collettivo',
    }),
  },
  offices: {
    code: office('pa-palermo'),
    name: required(read.text(200), {
      about: { it: 'Nome dell’ufficio.', en: 'Name of the office.' },
      example: 'Centro per l’impiego di Palermo',
    }),
    seat_istat: required(read.istat, {
      about: { it: 'Codice ISTAT del comune della sede.', en: 'ISTAT code of the seat’s comune.' },
      example: '082053',
    }),
    address: optional(read.text(300), {
      about: { it: 'Indirizzo.', en: 'Address.' },
      example: '',
    }),
    phone: optional(read.text(40), { about: { it: 'Telefono.', en: 'Telephone.' }, example: '' }),
    email: optional(read.text(254), { about: { it: 'E-mail.', en: 'E-mail.' }, example: '' }),
    latitude: optional(read.decimal(-90, 90), {
      about: {
        it: 'Latitudine della sede in gradi (WGS 84); se manca, quella del comune.',
        en: 'Latitude of the seat in degrees (WGS 84); the comune’s by default.',
      },
      example: '38.1157',
    }),
    longitude: optional(read.decimal(-180, 180), {
      about: {
        it: 'Longitudine della sede; insieme alla latitudine o nessuna delle due.',
        en: 'Longitude of the seat; with the latitude, or neither.',
      },
      example: '13.3614',
    }),
    active,
    seat_kind: provenance.kind,
    seat_source: provenance.source,
    seat_date: provenance.date,
    staff_kind: provenance.kind,
    staff_source: provenance.source,
    staff_date: provenance.date,
  },
  comuni: {
    comune_istat: required(read.istat, {
      about: {
        it: 'Codice ISTAT di un comune servito.',
        en: 'ISTAT code of a comune served.',
      },
      example: '082053',
    }),
    comune_name: optional(read.text(100), {
      about: {
        it: 'Nome del comune: se c’è, deve corrispondere al codice.',
        en: 'Name of the comune: where given, it must match the code.',
      },
      example: 'Palermo',
    }),
    office_code: office('pa-palermo'),
    ...provenance,
  },
  operators: {
    staff_number: required(read.code, {
      about: {
        it: 'Numero di matricola: i dati si aggiornano in base a questo.',
        en: 'Staff number: data are updated by it.',
      },
      example: '100001',
    }),
    office_code: office('pa-palermo'),
    given_name: required(read.text(100), {
      about: { it: 'Nome.', en: 'Given name.' },
      example: 'Maria',
    }),
    family_name: required(read.text(100), {
      about: { it: 'Cognome.', en: 'Family name.' },
      example: 'Rossi',
    }),
    category: required(read.code, {
      about: { it: 'Codice della categoria.', en: 'Code of the category.' },
      example: 'C',
    }),
    skills: optional(read.codes, {
      about: {
        it: 'Codici delle competenze, separati da «|».',
        en: 'Codes of the skills, with “|” between them.',
      },
      example: 'patto|orientamento',
    }),
    languages: optional(read.languages, {
      about: {
        it: 'Lingue parlate (ISO 639-1), separate da «|»; se manca, it.',
        en: 'Languages spoken (ISO 639-1), with “|” between them; it by default.',
      },
      example: 'it|en',
    }),
    bookable: required(read.yesOrNo, {
      about: {
        it: 'Se riceve su appuntamento.',
        en: 'Whether people can book an appointment.',
      },
      example: 'sì',
    }),
    active,
    ...provenance,
  },
  'opening-hours': {
    office_code: office('pa-palermo'),
    staff_number: optional(read.code, {
      about: {
        it: 'Matricola, se l’orario è di un solo operatore; vuoto per tutto l’ufficio.',
        en: 'Staff number where the hours are one operator’s; empty for the whole office.',
      },
      example: '',
    }),
    weekday: required(read.weekday, {
      about: {
        it: 'Giorno, da 1 (lunedì) a 7 (domenica).',
        en: 'Day, from 1 (Monday) to 7 (Sunday).',
      },
      example: '1',
    }),
    starts: required(read.time, { about: { it: 'Apertura.', en: 'Opening.' }, example: '09:00' }),
    ends: required(read.time, { about: { it: 'Chiusura.', en: 'Closing.' }, example: '13:00' }),
    valid_from: required(read.date, {
      about: { it: 'Primo giorno in cui vale.', en: 'First day it holds.' },
      example: '2026-01-01',
    }),
    valid_to: optional(read.date, {
      about: {
        it: 'Ultimo giorno in cui vale, compreso; vuoto se senza termine.',
        en: 'Last day it holds, included; empty while open-ended.',
      },
      example: '',
    }),
    recurrence: optional(read.recurrence, {
      about: {
        it: 'Come si ripete: «weeks» (ogni tante settimane), «month-week» (in una settimana del mese, righe del calendario), «month-weekday» (l’ennesimo giorno di quel nome nel mese); se manca, ogni settimana.',
        en: 'How it recurs: “weeks” (every so many weeks), “month-week” (in one week of the month, rows of the calendar), “month-weekday” (the nth such weekday of the month); every week by default.',
      },
      example: '',
    }),
    nth: optional(read.nth, {
      about: {
        it: 'Il numero della ripetizione: ogni quante settimane, o quale nel mese; -1 per l’ultima.',
        en: 'The number of the recurrence: every how many weeks, or which of the month; -1 for the last.',
      },
      example: '',
    }),
    skills: optional(read.codes, {
      about: {
        it: 'Solo per i servizi che chiedono una di queste competenze, separate da «|»; vuoto per tutti.',
        en: 'Only for services that ask for one of these skills, with “|” between them; empty for all.',
      },
      example: '',
    }),
    staff_only: optional(read.yesOrNo, {
      about: {
        it: 'Se è riservato al personale; se manca, no.',
        en: 'Whether it is kept for the staff; no by default.',
      },
      example: '',
    }),
    public_hours_before: optional(read.integer(0, 2000), {
      about: {
        it: 'Di ciò che è riservato: quante ore prima si apre al pubblico; vuoto per mai.',
        en: 'Of what is kept: how many hours before it opens to the public; empty for never.',
      },
      example: '',
    }),
    ...provenance,
  },
  'street-zones': {
    comune_istat: required(read.istat, {
      about: {
        it: 'Codice ISTAT del comune: le sue vie sostituiscono tutte quelle registrate.',
        en: 'ISTAT code of the comune: its streets replace all those recorded.',
      },
      example: '082053',
    }),
    street: required(read.street, {
      about: {
        it: 'Via, viale, piazza… con il nome per intero.',
        en: 'Via, viale, piazza… with its name in full.',
      },
      example: 'Via Maqueda',
    }),
    number_from: optional(read.integer(1, 99_999), {
      about: { it: 'Primo numero civico; se manca, 1.', en: 'First civic number; 1 by default.' },
      example: '1',
    }),
    number_to: optional(read.integer(1, 99_999), {
      about: {
        it: 'Ultimo numero civico, compreso; vuoto fino in fondo alla via.',
        en: 'Last civic number, included; empty to the end of the street.',
      },
      example: '',
    }),
    side: optional(read.side, {
      about: {
        it: 'Lato: «tutti», «dispari» o «pari»; se manca, tutti.',
        en: 'Side: “all”, “odd” or “even”; all by default.',
      },
      example: 'tutti',
    }),
    office_code: office('pa-palermo'),
  },
} as const satisfies Record<string, Record<string, Column<unknown>>>;

export type FileName = keyof typeof FILES;
export const FILE_NAMES = Object.keys(FILES) as FileName[];

type Cells<C> = { -readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never };

/** A row that could be read, with the line it stands on (the header is line 1). */
export type RowOf<F extends FileName> = Cells<(typeof FILES)[F]> & { readonly line: number };

/** Given columns as one provenance; what the administration sends without a word is `declared`. */
export function provenanceOf(
  kind: Provenance['kind'] | undefined,
  source: string | undefined,
  date: string | undefined,
): Provenance {
  return {
    kind: kind ?? 'declared',
    source: source ?? 'import',
    ...(date === undefined ? {} : { date }),
  };
}
