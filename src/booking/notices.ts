import { type CalendarEntry, calendarFile } from '../notices/calendar-file.ts';
import { defineNotice, type Notice } from '../notices/kind.ts';
import { mailbox } from '../notices/mailbox.ts';
import { type Reach, toEach } from '../notices/reach.ts';
import type { Words } from '../notices/rules/fill.ts';
import { remindersOf } from '../notices/rules/reminders.ts';
import { reminderDays } from '../notices/store/reminders.ts';
import type { Call } from '../platform/call.ts';
import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDateTime } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';
import { howToReply } from './reply-notices.ts';
import type { Service, ServiceMode } from './service.ts';
import type { AppointmentView } from './store/appointments.ts';
import { whereWords } from './where.ts';

/** What a message about an appointment says; texts are already in the reader's language. */
export interface AppointmentFacts {
  /** The code that, with the e-mail or telephone, opens the appointment. */
  readonly code: string;
  readonly service: string;
  readonly office: string;
  /** As on an envelope; null where the office receives elsewhere (by telephone, by video). */
  readonly address: string | null;
  /** How the office receives; at the desk when not said, as before it was. */
  readonly mode?: ServiceMode;
  readonly phone: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly whatToBring: readonly string[];
  /** How many times the appointment changed since it was made; newer calendar files win by it. */
  readonly sequence: number;
  /** Whether the office alone may change the date. */
  readonly imposed?: boolean;
  /** Why it was cancelled, when the reason may be told. */
  readonly reason?: string;
}

const strings = defineStrings('appointment-notices', {
  it: {
    manage:
      'Per rivedere, spostare o annullare l’appuntamento apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:',
    bookAgain: 'Per prenotare un altro appuntamento:',
    eventSummary: '{{service}} – {{office}}',
    eventCode: 'Codice di prenotazione: {{code}}',
    bring: 'Che cosa portare',
  },
  en: {
    manage:
      'To see, move or cancel the appointment, open this page and enter the code and your e-mail or telephone number:',
    bookAgain: 'To book another appointment:',
    eventSummary: '{{service}} – {{office}}',
    eventCode: 'Booking code: {{code}}',
    bring: 'What to bring',
  },
});

const place = ({ office, address, mode = 'desk' }: AppointmentFacts, locale: Locale) =>
  whereWords(mode, { name: office, address }, locale);

/** The words that every message about an appointment may use. */
function appointmentWords(facts: AppointmentFacts, locale: Locale): Words {
  return {
    service: facts.service,
    when: formatDateTime(facts.startsAt, locale),
    where: place(facts, locale),
    phone: facts.phone,
    code: facts.code,
    bring: facts.whatToBring,
    reason: facts.reason,
  };
}

/** An appointment as an entry of its holder's calendar. */
export function appointmentEntry(
  facts: AppointmentFacts,
  locale: Locale,
  config: Config,
  written: { readonly subjectId: string; readonly at: Instant },
): CalendarEntry {
  const t = strings(locale);
  return {
    uid: written.subjectId,
    sequence: facts.sequence,
    status: 'confirmed',
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    stamp: written.at,
    summary: t('eventSummary', { service: facts.service, office: facts.office }),
    location: place(facts, locale),
    description: [
      t('eventCode', { code: facts.code }),
      ...(facts.whatToBring.length > 0 ? [`${t('bring')}: ${facts.whatToBring.join('; ')}`] : []),
      `${config.publicUrl}/appuntamento`,
    ].join('\n'),
    organizer: mailbox(config.mailFrom),
  };
}

/** What the kinds about a standing appointment have in common. */
const standing = {
  words: appointmentWords,
  mandatory: ['when', 'code'],
  calendar: appointmentEntry,
  // The address of a page that asks for the code: no secret travels in a link.
  link: (_: AppointmentFacts, locale: Locale, config: Config) => ({
    text: strings(locale)('manage'),
    href: `${config.publicUrl}/appuntamento`,
  }),
  staleAt: (facts: AppointmentFacts) => facts.startsAt,
  sample: {
    code: 'K7M2P9QXTD',
    service: 'Primo colloquio',
    office: 'Cpi di Palermo',
    address: 'Viale Praga 29, Palermo',
    phone: '+39 091 1234567',
    startsAt: Date.parse('2027-03-08T08:30:00Z'),
    endsAt: Date.parse('2027-03-08T09:00:00Z'),
    whatToBring: ['Documento di identità', 'Tessera sanitaria'],
    sequence: 0,
  } satisfies AppointmentFacts,
};

const FACTS_IT =
  'Servizio: {{service}}\nQuando: {{when}}\nDove: {{where}}\nTelefono: {{phone}}\nCodice di prenotazione: {{code}}';
const FACTS_EN =
  'Service: {{service}}\nWhen: {{when}}\nWhere: {{where}}\nTelephone: {{phone}}\nBooking code: {{code}}';
const BRING_IT = 'Che cosa portare:\n- {{bring}}';
const BRING_EN = 'What to bring:\n- {{bring}}';

const appointmentConfirmed = defineNotice<AppointmentFacts>('appointment-confirmed', {
  ...standing,
  title: { it: 'Appuntamento confermato', en: 'Appointment confirmed' },
  it: {
    subject: 'Appuntamento confermato: {{when}}',
    paragraphs: ['Buongiorno,', 'il tuo appuntamento è confermato.', FACTS_IT, BRING_IT],
    short: '{{service}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Appointment confirmed: {{when}}',
    paragraphs: ['Hello,', 'your appointment is confirmed.', FACTS_EN, BRING_EN],
    short: '{{service}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

const appointmentMoved = defineNotice<AppointmentFacts>('appointment-moved', {
  ...standing,
  title: { it: 'Appuntamento spostato', en: 'Appointment moved' },
  it: {
    subject: 'Appuntamento spostato: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'il tuo appuntamento è stato spostato: questo è il nuovo orario.',
      FACTS_IT,
      BRING_IT,
    ],
    short: 'Spostato: {{service}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Appointment moved: {{when}}',
    paragraphs: [
      'Hello,',
      'your appointment has been moved: this is the new time.',
      FACTS_EN,
      BRING_EN,
    ],
    short: 'Moved: {{service}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

const appointmentReminder = defineNotice<AppointmentFacts>('appointment-reminder', {
  ...standing,
  words: (facts, locale, config) => ({
    ...appointmentWords(facts, locale),
    reply: facts.imposed ? null : howToReply(config, locale),
  }),
  title: { it: 'Promemoria dell’appuntamento', en: 'Reminder of the appointment' },
  it: {
    subject: 'Promemoria: {{when}}',
    paragraphs: ['Buongiorno,', 'ti ricordiamo il tuo appuntamento.', FACTS_IT, BRING_IT],
    short: 'Promemoria: {{service}}, {{when}}, {{where}}. Codice {{code}}.{{reply}}',
  },
  en: {
    subject: 'Reminder: {{when}}',
    paragraphs: ['Hello,', 'this is a reminder of your appointment.', FACTS_EN, BRING_EN],
    short: 'Reminder: {{service}}, {{when}}, {{where}}. Code {{code}}.{{reply}}',
  },
});

const appointmentCancelled = defineNotice<AppointmentFacts>('appointment-cancelled', {
  ...standing,
  title: { it: 'Appuntamento annullato', en: 'Appointment cancelled' },
  sample: { ...standing.sample, reason: 'Lo sportello quel giorno è chiuso' },
  calendar: (...about) => ({ ...appointmentEntry(...about), status: 'cancelled' }),
  link: (_, locale, config) => ({
    text: strings(locale)('bookAgain'),
    href: `${config.publicUrl}/prenota`,
  }),
  it: {
    subject: 'Appuntamento annullato: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'questo appuntamento è stato annullato e non occorre più presentarsi.',
      'Servizio: {{service}}\nQuando: {{when}}\nDove: {{where}}\nCodice di prenotazione: {{code}}\nMotivo: {{reason}}',
    ],
    short: 'Annullato: {{service}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Appointment cancelled: {{when}}',
    paragraphs: [
      'Hello,',
      'this appointment has been cancelled and you need not come.',
      'Service: {{service}}\nWhen: {{when}}\nWhere: {{where}}\nBooking code: {{code}}\nReason: {{reason}}',
    ],
    short: 'Cancelled: {{service}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

/** The facts of an appointment that a message about it tells. */
export interface ToldAppointment {
  readonly id: string;
  readonly code: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly version: number;
  readonly locale: Locale;
  /** Where it came from; by its person's own choice when absent. */
  readonly origin?: string;
  /** Days before, at which its service reminds; read again when absent. */
  readonly reminderDays?: readonly number[];
  readonly service: Pick<Service, 'id' | 'name' | 'whatToBring' | 'mode'>;
  readonly office: {
    readonly id: string;
    readonly name: string;
    readonly address?: string;
    readonly phone?: string;
  };
}

/** The facts of an appointment, for any message about it. */
function appointmentFacts(told: ToldAppointment): AppointmentFacts {
  return {
    code: told.code,
    service: told.service.name[told.locale],
    office: told.office.name,
    address: told.service.mode === 'desk' ? (told.office.address ?? null) : null,
    mode: told.service.mode,
    phone: told.office.phone ?? null,
    startsAt: told.startsAt,
    endsAt: told.endsAt,
    whatToBring: told.service.whatToBring[told.locale],
    sequence: told.version - 1,
    ...(told.origin === 'convocation' && { imposed: true }),
  };
}

/** Confirmation at once, and the reminders of its service that do not follow it within a day. */
export function bookedNotices(
  database: Database,
  told: ToldAppointment,
  reach: Reach,
  now: Instant,
): Promise<Notice[]> {
  return withReminders(database, appointmentConfirmed, told, reach, now);
}

/** The new time at once, and the reminders of it. */
export function movedNotices(
  database: Database,
  told: ToldAppointment,
  reach: Reach,
  now: Instant,
): Promise<Notice[]> {
  return withReminders(database, appointmentMoved, told, reach, now);
}

async function withReminders(
  database: Database,
  kind: typeof appointmentConfirmed,
  told: ToldAppointment,
  reach: Reach,
  now: Instant,
): Promise<Notice[]> {
  const about = aboutIt(told);
  const days = told.reminderDays ?? (await reminderDays(database, told.service.id));
  const reminders = remindersOf(told.startsAt, days, now);
  return [
    ...toEach(kind, reach, about),
    ...reminders.flatMap((at) => toEach(appointmentReminder, reach, { ...about, ...at })),
  ];
}

/** The reminders still ahead of an appointment that stands again after all. */
export async function remindersAgain(
  database: Database,
  appointment: ToldAppointment & Reach & Pick<AppointmentView, 'createdAt'>,
  now: Instant,
): Promise<Notice[]> {
  const { createdAt } = appointment;
  const days = await reminderDays(database, appointment.service.id);
  return remindersOf(appointment.startsAt, days, createdAt)
    .filter(({ dueAt }) => dueAt > now)
    .flatMap((at) => toEach(appointmentReminder, appointment, { ...aboutIt(appointment), ...at }));
}

/** Whether a message before the appointment was promised when it was made. */
export async function willBeReminded(
  call: Call,
  { service, startsAt, createdAt }: AppointmentView,
): Promise<boolean> {
  const days = await reminderDays(call.database, service.id);
  return remindersOf(startsAt, days, createdAt).length > 0;
}

export function cancelledNotices(told: ToldAppointment, reach: Reach): Notice[] {
  return toEach(appointmentCancelled, reach, aboutIt(told));
}

function aboutIt(told: ToldAppointment) {
  return {
    facts: appointmentFacts(told),
    locale: told.locale,
    subjectId: told.id,
    serviceId: told.service.id,
    officeId: told.office.id,
  };
}

/** The appointment as an iCalendar file; a cancelled one takes itself out of the calendar. */
export function appointmentFile(call: Call, view: AppointmentView): string {
  const entry = appointmentEntry(
    appointmentFacts({ ...view, locale: call.locale }),
    call.locale,
    call.config,
    { subjectId: view.id, at: call.clock.now() },
  );
  return calendarFile(view.state === 'cancelled' ? { ...entry, status: 'cancelled' } : entry);
}
