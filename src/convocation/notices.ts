import { defineNotice } from '../notices/kind.ts';
import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDate, formatDateTime, formatNumber } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';
import { formatGroups } from './rules/code.ts';

const strings = defineStrings('convocation-notices', {
  it: {
    choose: 'Scegli giorno e ora:',
    read: 'Che cosa succede se non puoi venire, e come chiedere un’altra data:',
    desk: 'Le richieste degli invitati:',
    undelivered: 'La convocazione e che cosa fare:',
  },
  en: {
    choose: 'Choose day and time:',
    read: 'What happens if you cannot come, and how to ask for another date:',
    desk: 'What invited people ask for:',
    undelivered: 'The convocation and what to do:',
  },
});

/** What an invitation says. */
interface InvitationFacts {
  readonly code: string;
  readonly service: string;
  readonly offices: readonly string[];
  /** When the code ends. */
  readonly until: Instant;
  /** What the office adds in its own words. */
  readonly text: string;
}

const invitationWords = (facts: InvitationFacts, locale: Locale) => ({
  code: formatGroups(facts.code),
  service: facts.service,
  offices: facts.offices,
  // Codes end at midnight: the day that people read is the one before.
  until: formatDate(facts.until - 1, locale),
  text: facts.text,
});

// What follows the # stays in the browser: no server on the way sees the code.
const toInvitation = (facts: InvitationFacts, locale: Locale, config: Config) => ({
  text: strings(locale)('choose'),
  href: `${config.publicUrl}/invito#${facts.code}`,
});

const invitationSample: InvitationFacts = {
  code: 'K7M2P9QXTD4R',
  service: 'Primo colloquio e patto di servizio',
  offices: ['Cpi di Palermo'],
  until: Date.parse('2027-03-31T22:00:00Z'),
  text: '',
};

const CODE_IT =
  'Servizio: {{service}}\nDove: {{offices}}\nEntro: {{until}}\nCodice di invito: {{code}}';
const CODE_EN =
  'Service: {{service}}\nWhere: {{offices}}\nBy: {{until}}\nInvitation code: {{code}}';

export const invitationSent = defineNotice<InvitationFacts>('invitation', {
  title: { it: 'Invito a prenotare', en: 'Invitation to book' },
  words: invitationWords,
  mandatory: ['code', 'until'],
  link: toInvitation,
  sample: invitationSample,
  staleAt: ({ until }) => until,
  it: {
    subject: 'Prenota il tuo appuntamento: {{service}}',
    paragraphs: [
      'Buongiorno,',
      'il Centro per l’impiego ti invita a scegliere giorno e ora di un appuntamento.',
      '{{text}}',
      CODE_IT,
    ],
    short: 'Centro per l’impiego: prenota {{service}} entro {{until}}. Codice {{code}}.',
  },
  en: {
    subject: 'Book your appointment: {{service}}',
    paragraphs: [
      'Hello,',
      'the employment centre invites you to choose the day and time of an appointment.',
      '{{text}}',
      CODE_EN,
    ],
    short: 'Employment centre: book {{service}} by {{until}}. Code {{code}}.',
  },
});

export const invitationReminder = defineNotice<InvitationFacts>('invitation-reminder', {
  title: { it: 'Promemoria di un invito', en: 'Reminder of an invitation' },
  words: invitationWords,
  mandatory: ['code', 'until'],
  link: toInvitation,
  sample: invitationSample,
  staleAt: ({ until }) => until,
  it: {
    subject: 'Promemoria: prenota entro {{until}}',
    paragraphs: ['Buongiorno,', 'non hai ancora scelto il tuo appuntamento.', CODE_IT],
    short: 'Promemoria: prenota {{service}} entro {{until}}. Codice {{code}}.',
  },
  en: {
    subject: 'Reminder: book by {{until}}',
    paragraphs: ['Hello,', 'you have not chosen your appointment yet.', CODE_EN],
    short: 'Reminder: book {{service}} by {{until}}. Code {{code}}.',
  },
});

/** What a convocation says. */
interface ConvocationFacts {
  readonly code: string;
  readonly service: string;
  readonly office: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly startsAt: Instant;
  readonly whatToBring: readonly string[];
}

const convocationWords = (facts: ConvocationFacts, locale: Locale) => ({
  code: formatGroups(facts.code),
  service: facts.service,
  when: formatDateTime(facts.startsAt, locale),
  where: [facts.office, facts.address].filter((part) => part !== null).join(', '),
  phone: facts.phone,
  bring: facts.whatToBring,
});

const toConvocation = (facts: ConvocationFacts, locale: Locale, config: Config) => ({
  text: strings(locale)('read'),
  href: `${config.publicUrl}/invito#${facts.code}`,
});

const convocationSample: ConvocationFacts = {
  code: 'T4RK7M2P9QXD',
  service: 'Primo colloquio e patto di servizio',
  office: 'Cpi di Palermo',
  address: 'Viale Praga 29, Palermo',
  phone: '+39 091 1234567',
  startsAt: Date.parse('2027-03-18T08:30:00Z'),
  whatToBring: ['Documento di identità'],
};

export const convocationSent = defineNotice<ConvocationFacts>('convocation', {
  title: { it: 'Convocazione', en: 'Convocation' },
  words: convocationWords,
  mandatory: ['when', 'where', 'code'],
  link: toConvocation,
  sample: convocationSample,
  staleAt: ({ startsAt }) => startsAt,
  it: {
    subject: 'Convocazione: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'il Centro per l’impiego ti convoca nel giorno e nell’ora indicati.',
      'Servizio: {{service}}\nQuando: {{when}}\nDove: {{where}}\nTelefono: {{phone}}\nCodice: {{code}}',
      'Che cosa portare:\n- {{bring}}',
      'Chi non si presenta senza un giustificato motivo può andare incontro alle conseguenze previste dall’art. 21 del D.Lgs. 150/2015. Se non puoi venire avvisa prima.',
    ],
    short: 'Convocazione: {{service}}, {{when}}, {{where}}. Codice {{code}}.',
  },
  en: {
    subject: 'Convocation: {{when}}',
    paragraphs: [
      'Hello,',
      'the employment centre convokes you on the day and at the hour given.',
      'Service: {{service}}\nWhen: {{when}}\nWhere: {{where}}\nTelephone: {{phone}}\nCode: {{code}}',
      'What to bring:\n- {{bring}}',
      'Whoever does not come without a justified reason may face the consequences of art. 21 of D.Lgs. 150/2015. If you cannot come, say so beforehand.',
    ],
    short: 'Convocation: {{service}}, {{when}}, {{where}}. Code {{code}}.',
  },
});

interface DeclinedFacts {
  readonly service: string;
  readonly startsAt: Instant;
  readonly answer: string;
}

export const postponementDeclined = defineNotice<DeclinedFacts>('postponement-declined', {
  title: { it: 'Rinvio non accolto', en: 'Another date refused' },
  words: (facts, locale) => ({
    service: facts.service,
    when: formatDateTime(facts.startsAt, locale),
    answer: facts.answer,
  }),
  mandatory: ['when', 'answer'],
  sample: {
    service: 'Primo colloquio',
    startsAt: Date.parse('2027-03-18T08:30:00Z'),
    answer: 'La data resta quella della convocazione.',
  },
  staleAt: ({ startsAt }) => startsAt,
  it: {
    subject: 'Rinvio non accolto: resta {{when}}',
    paragraphs: [
      'Buongiorno,',
      'la tua richiesta di un’altra data non è stata accolta: {{answer}}',
      'L’appuntamento resta: {{service}}, {{when}}.',
    ],
  },
  en: {
    subject: 'Another date refused: it remains {{when}}',
    paragraphs: [
      'Hello,',
      'your request for another date was refused: {{answer}}',
      'The appointment remains: {{service}}, {{when}}.',
    ],
  },
});

interface UndeliveredFacts {
  readonly convocation: string;
  /** The message that did not arrive. */
  readonly message: string;
  readonly office: string;
  readonly startsAt: Instant;
}

/** To the office; whom it was for stands on the page, not in the mail. */
export const convocationUndelivered = defineNotice<UndeliveredFacts>('convocation-undelivered', {
  title: { it: 'Convocazione non consegnata', en: 'Convocation not delivered' },
  words: (facts, locale) => ({
    office: facts.office,
    when: formatDateTime(facts.startsAt, locale),
  }),
  mandatory: ['when'],
  link: (facts, locale, config) => ({
    text: strings(locale)('undelivered'),
    href: `${config.publicUrl}/operatore/convocazioni/atti/${facts.convocation}`,
  }),
  sample: {
    convocation: '01890a5d-ac96-774b-bcce-b302099a8061',
    message: '01890a5d-ac96-774b-bcce-b302099a8062',
    office: 'Cpi di Palermo',
    startsAt: Date.parse('2027-03-18T08:30:00Z'),
  },
  staleAt: ({ startsAt }) => startsAt,
  it: {
    subject: 'Convocazione non consegnata: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'una convocazione ({{office}}, {{when}}) non è arrivata a chi era destinata. Così com’è non può sostenere alcun provvedimento: telefona alla persona e convocala per un’altra via.',
    ],
  },
  en: {
    subject: 'Convocation not delivered: {{when}}',
    paragraphs: [
      'Hello,',
      'a convocation ({{office}}, {{when}}) did not reach the person it was for. As it stands it can sustain no measure: call the person and convoke them by another way.',
    ],
  },
});

interface NoTimeFacts {
  readonly campaign: string;
  readonly office: string;
  readonly missing: number;
}

export const noTimeForInvited = defineNotice<NoTimeFacts>('no-time-for-invited', {
  title: { it: 'Invitati senza posti liberi', en: 'Invited people without free time' },
  words: (facts, locale) => ({
    campaign: facts.campaign,
    office: facts.office,
    missing: formatNumber(facts.missing, locale),
  }),
  mandatory: ['campaign'],
  link: (_, locale, config) => ({
    text: strings(locale)('desk'),
    href: `${config.publicUrl}/operatore/convocazioni`,
  }),
  sample: { campaign: 'Primi colloqui di marzo', office: 'Cpi di Palermo', missing: 1 },
  it: {
    subject: 'Mancano posti: {{campaign}}',
    paragraphs: [
      'Buongiorno,',
      'mancano posti liberi per chi è invitato ({{campaign}}, {{office}}): appuntamenti richiesti {{missing}}. Chi è invitato non ne ha colpa: apri altro orario.',
    ],
  },
  en: {
    subject: 'Time is missing: {{campaign}}',
    paragraphs: [
      'Hello,',
      'there is no free time for people who were invited ({{campaign}}, {{office}}): appointments asked for {{missing}}. It is not their fault: open more hours.',
    ],
  },
});
