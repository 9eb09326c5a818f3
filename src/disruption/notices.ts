import { appointmentEntry } from '../booking/notices.ts';
import type { AppointmentView } from '../booking/store/appointments.ts';
import { defineNotice, type Notice, type NoticeDefinition } from '../notices/kind.ts';
import { toEach } from '../notices/reach.ts';
import type { Instant } from '../platform/clock.ts';
import { formatDate, formatDateTime } from '../web/format.ts';

/** What the office has to say about an appointment that was made. */
interface DisruptionFacts {
  readonly code: string;
  readonly service: string;
  readonly office: string;
  readonly startsAt: Instant;
  readonly phone: string | null;
  readonly reason: string;
  /** Of a relocation: where the office will be, and from when. */
  readonly address: string | null;
  readonly from: Instant | null;
  /** Messages written by an earlier version have neither: nothing in the calendar changes by them. */
  readonly endsAt?: Instant;
  readonly sequence?: number;
}

/** What becomes of the appointment in its holder's calendar. */
const inCalendar =
  (status: 'confirmed' | 'cancelled'): NoticeDefinition<DisruptionFacts>['calendar'] =>
  (facts, ...about) => {
    const { endsAt, sequence } = facts;
    if (endsAt === undefined || sequence === undefined) return undefined;
    const standing = { ...facts, endsAt, sequence, whatToBring: [] };
    return { ...appointmentEntry(standing, ...about), status };
  };

const common = {
  mandatory: ['code'],
  words: (facts, locale) => ({
    code: facts.code,
    service: facts.service,
    office: facts.office,
    when: formatDateTime(facts.startsAt, locale),
    phone: facts.phone,
    reason: facts.reason,
    address: facts.address,
    from: facts.from === null ? null : formatDate(facts.from, locale),
  }),
  link: (_, locale, config) => ({
    text:
      locale === 'it'
        ? 'Per scegliere tu un altro orario o annullare, apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:'
        : 'To choose another time yourself or to cancel, open this page and enter the code and your e-mail or telephone number:',
    href: `${config.publicUrl}/appuntamento`,
  }),
  sample: {
    code: 'K7M2P9QXTD',
    service: 'Primo colloquio',
    office: 'Cpi di Palermo',
    startsAt: Date.parse('2027-03-08T08:30:00Z'),
    phone: '+39 091 1234567',
    reason: 'guasto all’impianto elettrico',
    address: 'Via Nuova 1, Palermo',
    from: Date.parse('2027-03-01T00:00:00Z'),
    endsAt: Date.parse('2027-03-08T09:00:00Z'),
    sequence: 1,
  },
} satisfies Omit<NoticeDefinition<DisruptionFacts>, 'it' | 'en' | 'title'>;

export const appointmentDisplaced = defineNotice<DisruptionFacts>('appointment-displaced', {
  ...common,
  calendar: inCalendar('cancelled'),
  title: { it: 'Orario tolto dall’ufficio', en: 'Time taken away by the office' },
  it: {
    subject: 'L’appuntamento del {{when}} va spostato',
    paragraphs: [
      'Buongiorno,',
      'non possiamo riceverti all’orario del tuo appuntamento. Ce ne scusiamo: non dipende da te e non conta come assenza.',
      'Servizio: {{service}}\nEra previsto: {{when}}\nUfficio: {{office}}\nMotivo: {{reason}}\nTelefono: {{phone}}\nCodice di prenotazione: {{code}}',
      'L’appuntamento resta tuo: se quell’orario torna libero te lo ridiamo e ti avvisiamo. Se preferisci, scegline subito un altro.',
    ],
    short: 'Appuntamento del {{when}} da spostare: {{reason}}. Codice {{code}}.',
  },
  en: {
    subject: 'Your appointment of {{when}} has to move',
    paragraphs: [
      'Hello,',
      'we cannot receive you at the time of your appointment. We apologise: it is not your doing and does not count as an absence.',
      'Service: {{service}}\nIt was on: {{when}}\nOffice: {{office}}\nReason: {{reason}}\nTelephone: {{phone}}\nBooking code: {{code}}',
      'The appointment remains yours: if that time comes free again we give it back to you and tell you. If you prefer, choose another at once.',
    ],
    short: 'Appointment of {{when}} has to move: {{reason}}. Code {{code}}.',
  },
});

export const appointmentRestored = defineNotice<DisruptionFacts>('appointment-restored', {
  ...common,
  calendar: inCalendar('confirmed'),
  title: { it: 'Orario restituito', en: 'Time given back' },
  staleAt: ({ startsAt }) => startsAt,
  it: {
    subject: 'Di nuovo confermato: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'possiamo di nuovo riceverti all’orario di prima: il tuo appuntamento è confermato.',
      'Servizio: {{service}}\nQuando: {{when}}\nUfficio: {{office}}\nTelefono: {{phone}}\nCodice di prenotazione: {{code}}',
    ],
    short: 'Di nuovo confermato: {{service}}, {{when}}. Codice {{code}}.',
  },
  en: {
    subject: 'Confirmed again: {{when}}',
    paragraphs: [
      'Hello,',
      'we can receive you at the former time after all: your appointment is confirmed.',
      'Service: {{service}}\nWhen: {{when}}\nOffice: {{office}}\nTelephone: {{phone}}\nBooking code: {{code}}',
    ],
    short: 'Confirmed again: {{service}}, {{when}}. Code {{code}}.',
  },
});

export const appointmentRevoked = defineNotice<DisruptionFacts>('appointment-revoked', {
  ...common,
  calendar: inCalendar('cancelled'),
  title: { it: 'Appuntamento annullato dall’ufficio', en: 'Appointment called off by the office' },
  link: (_, locale, config) => ({
    text: locale === 'it' ? 'Per prenotarne un altro:' : 'To book another:',
    href: `${config.publicUrl}/prenota`,
  }),
  it: {
    subject: 'Appuntamento annullato dall’ufficio: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'abbiamo dovuto annullare il tuo appuntamento. Ce ne scusiamo: non dipende da te e non conta come assenza.',
      'Servizio: {{service}}\nEra previsto: {{when}}\nUfficio: {{office}}\nMotivo: {{reason}}\nTelefono: {{phone}}\nCodice di prenotazione: {{code}}',
    ],
    short: 'Annullato dall’ufficio: {{service}}, {{when}}: {{reason}}. Codice {{code}}.',
  },
  en: {
    subject: 'Appointment called off by the office: {{when}}',
    paragraphs: [
      'Hello,',
      'we had to call your appointment off. We apologise: it is not your doing and does not count as an absence.',
      'Service: {{service}}\nIt was on: {{when}}\nOffice: {{office}}\nReason: {{reason}}\nTelephone: {{phone}}\nBooking code: {{code}}',
    ],
    short: 'Called off by the office: {{service}}, {{when}}: {{reason}}. Code {{code}}.',
  },
});

export const officeMoves = defineNotice<DisruptionFacts>('office-moves', {
  ...common,
  calendar: inCalendar('confirmed'),
  title: { it: 'L’ufficio si trasferisce', en: 'The office moves house' },
  mandatory: ['code', 'address'],
  staleAt: ({ startsAt }) => startsAt,
  it: {
    subject: 'Nuovo indirizzo per il tuo appuntamento del {{when}}',
    paragraphs: [
      'Buongiorno,',
      'dal {{from}} l’ufficio si trasferisce: il tuo appuntamento resta confermato alla stessa ora, ma a un altro indirizzo.',
      'Nuovo indirizzo: {{address}}\nServizio: {{service}}\nQuando: {{when}}\nUfficio: {{office}}\nTelefono: {{phone}}\nCodice di prenotazione: {{code}}',
    ],
    short: 'Nuovo indirizzo: {{address}}. {{service}}, {{when}}. Codice {{code}}.',
  },
  en: {
    subject: 'New address for your appointment of {{when}}',
    paragraphs: [
      'Hello,',
      'from {{from}} the office moves house: your appointment stands at the same time, but at another address.',
      'New address: {{address}}\nService: {{service}}\nWhen: {{when}}\nOffice: {{office}}\nTelephone: {{phone}}\nBooking code: {{code}}',
    ],
    short: 'New address: {{address}}. {{service}}, {{when}}. Code {{code}}.',
  },
});

/**
 * The message of one kind to the person of an appointment as it stands now, with its version; none
 * when no address is known.
 */
export function disruptionNotices(
  kind: typeof appointmentDisplaced,
  view: AppointmentView,
  told: {
    readonly reason: string;
    readonly address?: string | null;
    readonly from?: Instant;
  },
): Notice[] {
  const { locale, service, office } = view;
  return toEach(kind, view, {
    facts: {
      code: view.code,
      service: service.name[locale],
      office: office.name,
      startsAt: view.startsAt,
      phone: office.phone ?? null,
      reason: told.reason,
      address: told.address ?? null,
      from: told.from ?? null,
      endsAt: view.endsAt,
      sequence: view.version - 1,
    },
    locale,
    subjectId: view.id,
    serviceId: service.id,
    officeId: office.id,
  });
}
