import type { CalendarEntry } from '../notices/calendar-file.ts';
import { defineNotice } from '../notices/kind.ts';
import { mailbox } from '../notices/mailbox.ts';
import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDateTime } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';

/** What a message about a registration says; texts are already in the reader's language. */
export interface SessionFacts {
  readonly code: string;
  readonly title: string;
  /** Office, address and room. */
  readonly where: string;
  readonly phone: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly whatToBring: readonly string[];
  readonly sequence: number;
  /** Until when a seat is kept, where one is. */
  readonly until?: Instant;
  /** Why the session was cancelled, when the office says so. */
  readonly reason?: string;
}

const strings = defineStrings('workshop-notices', {
  it: {
    manage:
      'Per vedere o annullare l’iscrizione apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:',
    accept:
      'Per prendere il posto apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:',
    others: 'Gli altri incontri:',
    code: 'Codice di iscrizione: {{code}}',
  },
  en: {
    manage:
      'To see or cancel the registration, open this page and enter the code and your e-mail or telephone number:',
    accept:
      'To take the seat, open this page and enter the code and your e-mail or telephone number:',
    others: 'Other sessions:',
    code: 'Registration code: {{code}}',
  },
});

const words = (facts: SessionFacts, locale: Locale) => ({
  title: facts.title,
  when: formatDateTime(facts.startsAt, locale),
  where: facts.where,
  phone: facts.phone,
  code: facts.code,
  bring: facts.whatToBring,
  until: facts.until === undefined ? null : formatDateTime(facts.until, locale),
  reason: facts.reason,
});

/** The session as an entry of a calendar, standing or cancelled. */
export const sessionEntry =
  (status: CalendarEntry['status']) =>
  (
    facts: SessionFacts,
    locale: Locale,
    config: Config,
    written: { readonly subjectId: string; readonly at: Instant },
  ): CalendarEntry => ({
    uid: written.subjectId,
    sequence: facts.sequence,
    status,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    stamp: written.at,
    summary: facts.title,
    location: facts.where,
    description: `${strings(locale)('code', { code: facts.code })}\n${config.publicUrl}/incontri/iscrizione`,
    organizer: mailbox(config.mailFrom),
  });

const linkTo =
  (text: 'manage' | 'accept' | 'others') => (_: SessionFacts, locale: Locale, config: Config) => ({
    text: strings(locale)(text),
    href: `${config.publicUrl}/incontri${text === 'others' ? '' : '/iscrizione'}`,
  });

const about = {
  words,
  mandatory: ['when', 'code'],
  staleAt: (facts: SessionFacts) => facts.startsAt,
  link: linkTo('manage'),
  sample: {
    code: 'K7M2P9QXTD',
    title: 'Come si scrive un curriculum',
    where: 'Cpi di Palermo, Sala riunioni',
    phone: '+39 091 1234567',
    startsAt: Date.parse('2027-03-08T08:30:00Z'),
    endsAt: Date.parse('2027-03-08T10:30:00Z'),
    whatToBring: ['Il tuo curriculum, se ne hai uno'],
    sequence: 0,
    until: Date.parse('2027-03-06T10:00:00Z'),
  } satisfies SessionFacts,
};

const FACTS = {
  it: 'Incontro: {{title}}\nQuando: {{when}}\nDove: {{where}}\nTelefono: {{phone}}\nCodice di iscrizione: {{code}}',
  en: 'Session: {{title}}\nWhen: {{when}}\nWhere: {{where}}\nTelephone: {{phone}}\nRegistration code: {{code}}',
};
const BRING = {
  it: 'Che cosa portare:\n- {{bring}}',
  en: 'What to bring:\n- {{bring}}',
};

export const registered = defineNotice<SessionFacts>('session-registered', {
  ...about,
  calendar: sessionEntry('confirmed'),
  title: { it: 'Iscrizione a un incontro', en: 'Registered for a session' },
  it: {
    subject: 'Iscrizione confermata: {{title}}',
    paragraphs: ['Buongiorno,', 'sei iscritto all’incontro.', FACTS.it, BRING.it],
    short: 'Iscritto: {{title}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Registration confirmed: {{title}}',
    paragraphs: ['Hello,', 'you are registered for the session.', FACTS.en, BRING.en],
    short: 'Registered: {{title}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

export const reminder = defineNotice<SessionFacts>('session-reminder', {
  ...about,
  calendar: sessionEntry('confirmed'),
  title: { it: 'Promemoria di un incontro', en: 'Reminder of a session' },
  it: {
    subject: 'Promemoria: {{title}}, {{when}}',
    paragraphs: ['Buongiorno,', 'ti ricordiamo l’incontro a cui sei iscritto.', FACTS.it, BRING.it],
    short: 'Promemoria: {{title}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Reminder: {{title}}, {{when}}',
    paragraphs: ['Hello,', 'this is a reminder of your session.', FACTS.en, BRING.en],
    short: 'Reminder: {{title}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

export const changed = defineNotice<SessionFacts>('session-changed', {
  ...about,
  calendar: sessionEntry('confirmed'),
  title: { it: 'Incontro cambiato', en: 'Session changed' },
  it: {
    subject: 'È cambiato l’incontro: {{title}}',
    paragraphs: [
      'Buongiorno,',
      'l’incontro a cui sei iscritto è cambiato: questi sono il giorno e il luogo nuovi. Il tuo posto resta tuo.',
      FACTS.it,
      BRING.it,
    ],
    short: 'Cambia l’incontro {{title}}: {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'The session has changed: {{title}}',
    paragraphs: [
      'Hello,',
      'the session you are registered for has changed: these are its new day and place. Your seat is still yours.',
      FACTS.en,
      BRING.en,
    ],
    short: 'The session {{title}} has changed: {{when}}, {{where}}. Code {{code}}.',
  },
});

export const queued = defineNotice<SessionFacts>('session-queued', {
  ...about,
  title: { it: 'In lista per un incontro', en: 'In the queue for a session' },
  it: {
    subject: 'Sei in lista: {{title}}',
    paragraphs: [
      'Buongiorno,',
      'i posti sono finiti e sei in lista. Se un posto si libera te lo teniamo e te lo scriviamo: fino ad allora non occorre presentarsi.',
      FACTS.it,
    ],
    short: 'In lista per {{title}}, {{when}}. Codice {{code}}.',
  },
  en: {
    subject: 'You are in the queue: {{title}}',
    paragraphs: [
      'Hello,',
      'all seats are taken and you are in the queue. If a seat comes free we keep it for you and write to you: until then you need not come.',
      FACTS.en,
    ],
    short: 'In the queue for {{title}}, {{when}}. Code {{code}}.',
  },
});

export const seatOffered = defineNotice<SessionFacts>('session-seat-offered', {
  ...about,
  mandatory: ['when', 'code', 'until'],
  link: linkTo('accept'),
  title: { it: 'Un posto libero a un incontro', en: 'A seat offered in a session' },
  it: {
    subject: 'Si è liberato un posto: {{title}}',
    paragraphs: [
      'Buongiorno,',
      'si è liberato un posto e lo teniamo per te fino a {{until}}. Poi va a chi viene dopo di te.',
      FACTS.it,
      BRING.it,
    ],
    short: 'Posto libero per {{title}}, {{when}}: tuo fino a {{until}}. Codice {{code}}.',
  },
  en: {
    subject: 'A seat has come free: {{title}}',
    paragraphs: [
      'Hello,',
      'a seat has come free and we keep it for you until {{until}}. Then it goes to the next in the queue.',
      FACTS.en,
      BRING.en,
    ],
    short: 'A seat for {{title}}, {{when}}: yours until {{until}}. Code {{code}}.',
  },
});

export const offerLapsed = defineNotice<SessionFacts>('session-offer-lapsed', {
  ...about,
  link: linkTo('others'),
  title: { it: 'Posto non confermato in tempo', en: 'Seat not taken in time' },
  it: {
    subject: 'Il posto non è più tenuto per te: {{title}}',
    paragraphs: [
      'Buongiorno,',
      'il tempo per rispondere è passato e il posto è andato a chi veniva dopo. Se vuoi puoi iscriverti di nuovo.',
      FACTS.it,
    ],
    short: 'Il posto per {{title}}, {{when}} non è più tenuto. Codice {{code}}.',
  },
  en: {
    subject: 'The seat is no longer kept for you: {{title}}',
    paragraphs: [
      'Hello,',
      'the time to answer is over and the seat went to the next in the queue. You can register again if you wish.',
      FACTS.en,
    ],
    short: 'The seat for {{title}}, {{when}} is no longer kept. Code {{code}}.',
  },
});

export const registrationCancelled = defineNotice<SessionFacts>('session-registration-cancelled', {
  ...about,
  link: linkTo('others'),
  calendar: sessionEntry('cancelled'),
  title: { it: 'Iscrizione annullata', en: 'Registration cancelled' },
  it: {
    subject: 'Iscrizione annullata: {{title}}',
    paragraphs: ['Buongiorno,', 'la tua iscrizione è annullata.', FACTS.it],
    short: 'Iscrizione annullata: {{title}}, {{when}}. Codice {{code}}.',
  },
  en: {
    subject: 'Registration cancelled: {{title}}',
    paragraphs: ['Hello,', 'your registration is cancelled.', FACTS.en],
    short: 'Registration cancelled: {{title}}, {{when}}. Code {{code}}.',
  },
});

export const sessionCancelled = defineNotice<SessionFacts>('session-cancelled', {
  ...about,
  link: linkTo('others'),
  calendar: sessionEntry('cancelled'),
  title: { it: 'Incontro annullato', en: 'Session cancelled' },
  it: {
    subject: 'Incontro annullato: {{title}}, {{when}}',
    paragraphs: [
      'Buongiorno,',
      'l’ufficio ha dovuto annullare l’incontro: non occorre presentarsi, e non conta come assenza.',
      'Motivo: {{reason}}',
      FACTS.it,
    ],
    short: 'Annullato dall’ufficio: {{title}}, {{when}}. Codice {{code}}.',
  },
  en: {
    subject: 'Session cancelled: {{title}}, {{when}}',
    paragraphs: [
      'Hello,',
      'the office had to cancel the session: you need not come, and it does not count as an absence.',
      'Reason: {{reason}}',
      FACTS.en,
    ],
    short: 'Cancelled by the office: {{title}}, {{when}}. Code {{code}}.',
  },
});
