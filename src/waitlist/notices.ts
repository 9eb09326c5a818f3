import { defineNotice, type Notice, type NoticeKind } from '../notices/kind.ts';
import { toEach } from '../notices/reach.ts';
import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDateTime } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';
import type { Offer, WaitingEntry } from './entry.ts';
import { MAX_LET_PASS } from './rules/fit.ts';

interface WaitingFacts {
  readonly code: string;
  readonly service: string;
  readonly startsAt?: Instant;
  readonly where?: string;
  /** Until when the time is kept. */
  readonly until?: Instant;
  /** Offers that may still be let pass. */
  readonly left?: number;
}

const strings = defineStrings('waiting-notices', {
  it: {
    answer:
      'Per rispondere apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:',
    see: 'Per vedere il tuo posto in lista o uscirne apri questa pagina e scrivi il codice e la tua e-mail o il tuo telefono:',
    again: 'Per metterti di nuovo in lista:',
  },
  en: {
    answer: 'To answer, open this page and enter the code and your e-mail or telephone number:',
    see: 'To see your place in the list or leave it, open this page and enter the code and your e-mail or telephone number:',
    again: 'To join the list again:',
  },
});

const linkTo =
  (text: 'answer' | 'see' | 'again') => (_: WaitingFacts, locale: Locale, config: Config) => ({
    text: strings(locale)(text),
    href: `${config.publicUrl}${text === 'again' ? '/prenota' : '/attesa/posto'}`,
  });

const about = {
  words: (facts: WaitingFacts, locale: Locale) => ({
    code: facts.code,
    service: facts.service,
    where: facts.where,
    when: facts.startsAt === undefined ? null : formatDateTime(facts.startsAt, locale),
    until: facts.until === undefined ? null : formatDateTime(facts.until, locale),
    left: facts.left === undefined ? null : String(facts.left),
  }),
  mandatory: ['code'],
  link: linkTo('see'),
  sample: {
    code: 'K7M2P9QXTD',
    service: 'Primo colloquio',
    where: 'Cpi di Palermo',
    startsAt: Date.parse('2027-03-08T08:30:00Z'),
    until: Date.parse('2027-03-05T10:00:00Z'),
    left: 2,
  } satisfies WaitingFacts,
};

const joined = defineNotice<WaitingFacts>('waiting-joined', {
  ...about,
  title: { it: 'In lista d’attesa', en: 'On the waiting list' },
  it: {
    subject: 'Sei in lista d’attesa: {{service}}',
    paragraphs: [
      'Buongiorno,',
      'sei in lista d’attesa. Quando si libera un orario adatto te lo teniamo per un po’ e te lo scriviamo.',
      'Servizio: {{service}}\nCodice: {{code}}',
    ],
    short: 'In lista d’attesa per {{service}}. Codice {{code}}.',
  },
  en: {
    subject: 'You are on the waiting list: {{service}}',
    paragraphs: [
      'Hello,',
      'you are on the waiting list. When time that suits you comes free, we keep it for you for a while and write to you.',
      'Service: {{service}}\nCode: {{code}}',
    ],
    short: 'On the waiting list for {{service}}. Code {{code}}.',
  },
});

const offerMade = defineNotice<WaitingFacts>('waiting-offer', {
  ...about,
  mandatory: ['code', 'when', 'until'],
  link: linkTo('answer'),
  title: { it: 'Offerta di un orario liberato', en: 'Offer of freed time' },
  it: {
    subject: 'Si è liberato un orario: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'si è liberato un orario e lo teniamo per te fino a {{until}}. Poi va a chi viene dopo di te.',
      'Servizio: {{service}}\nQuando: {{when}}\nDove: {{where}}\nCodice: {{code}}',
    ],
    short: '{{service}}, {{when}}, {{where}}: tuo se rispondi entro {{until}}. Codice {{code}}.',
  },
  en: {
    subject: 'Time has come free: {{when}}',
    paragraphs: [
      'Hello,',
      'time has come free and we keep it for you until {{until}}. Then it goes to the next in the list.',
      'Service: {{service}}\nWhen: {{when}}\nWhere: {{where}}\nCode: {{code}}',
    ],
    short: '{{service}}, {{when}}, {{where}}: yours if you answer by {{until}}. Code {{code}}.',
  },
});

const offerLapsed = defineNotice<WaitingFacts>('waiting-offer-lapsed', {
  ...about,
  title: { it: 'Offerta scaduta', en: 'Offer lapsed' },
  it: {
    subject: 'L’orario è andato a un’altra persona: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'il tempo per rispondere è passato e l’orario non è più tenuto per te. Resti in lista; offerte che puoi ancora lasciar passare: {{left}}.',
      'Servizio: {{service}}\nQuando: {{when}}\nCodice: {{code}}',
    ],
    short: 'L’offerta del {{when}} è scaduta; resti in lista. Codice {{code}}.',
  },
  en: {
    subject: 'The time went to somebody else: {{when}}',
    paragraphs: [
      'Hello,',
      'the time to answer is over and the appointment is no longer kept for you. You stay in the list; offers you may still let pass: {{left}}.',
      'Service: {{service}}\nWhen: {{when}}\nCode: {{code}}',
    ],
    short: 'The offer of {{when}} has lapsed; you stay in the list. Code {{code}}.',
  },
});

const offerWithdrawn = defineNotice<WaitingFacts>('waiting-offer-withdrawn', {
  ...about,
  title: { it: 'Offerta ritirata', en: 'Offer withdrawn' },
  it: {
    subject: 'L’orario che ti abbiamo offerto non c’è più: {{when}}',
    paragraphs: [
      'Buongiorno,',
      'a quell’orario l’ufficio non può più ricevere: ce ne scusiamo. Resti in lista al tuo posto; questa offerta non conta tra quelle che hai lasciato passare.',
      'Servizio: {{service}}\nQuando: {{when}}\nCodice: {{code}}',
    ],
    short: 'L’offerta del {{when}} è ritirata dall’ufficio; resti in lista. Codice {{code}}.',
  },
  en: {
    subject: 'The time we offered you is gone: {{when}}',
    paragraphs: [
      'Hello,',
      'the office can no longer receive at that time: we apologise. You keep your place in the list; this offer does not count among those you let pass.',
      'Service: {{service}}\nWhen: {{when}}\nCode: {{code}}',
    ],
    short: 'The office withdrew the offer of {{when}}; you stay in the list. Code {{code}}.',
  },
});

const ended = defineNotice<WaitingFacts>('waiting-ended', {
  ...about,
  link: linkTo('again'),
  title: { it: 'Fine dell’attesa', en: 'End of the wait' },
  it: {
    subject: 'Non sei più in lista d’attesa: {{service}}',
    paragraphs: [
      'Buongiorno,',
      'il tuo posto in lista è chiuso: sono passati i giorni che andavano bene, o le offerte che si possono lasciar passare. Non cambia nulla per gli appuntamenti che hai già.',
      'Servizio: {{service}}\nCodice: {{code}}',
    ],
    short: 'Non sei più in lista per {{service}}. Codice {{code}}.',
  },
  en: {
    subject: 'You are no longer on the waiting list: {{service}}',
    paragraphs: [
      'Hello,',
      'your place in the list is closed: the days that suited you have passed, or the offers that may be let pass. Nothing changes for appointments you have.',
      'Service: {{service}}\nCode: {{code}}',
    ],
    short: 'No longer in the list for {{service}}. Code {{code}}.',
  },
});

function notices(
  kind: NoticeKind<WaitingFacts>,
  entry: WaitingEntry,
  more: Partial<WaitingFacts> = {},
  officeId?: string,
): Notice[] {
  return toEach(kind, entry, {
    facts: { code: entry.code, service: entry.service.name[entry.locale], ...more },
    locale: entry.locale,
    subjectId: entry.id,
    serviceId: entry.service.id,
    officeId,
    staleAt: more.until ?? more.startsAt,
  });
}

const offered = (offer: Offer) => ({
  startsAt: offer.startsAt,
  where: [offer.office.name, offer.office.address].filter(Boolean).join(', '),
});

export const joinedNotices = (entry: WaitingEntry): Notice[] => notices(joined, entry);

export const offerNotices = (entry: WaitingEntry, offer: Offer): Notice[] =>
  notices(offerMade, entry, { ...offered(offer), until: offer.expiresAt }, offer.office.id);

export const lapsedNotices = (entry: WaitingEntry, offer: Offer): Notice[] =>
  notices(
    offerLapsed,
    entry,
    { ...offered(offer), left: MAX_LET_PASS - entry.letPass },
    offer.office.id,
  );

export const withdrawnNotices = (entry: WaitingEntry, offer: Offer): Notice[] =>
  notices(offerWithdrawn, entry, offered(offer), offer.office.id);

export const endedNotices = (entry: WaitingEntry): Notice[] => notices(ended, entry);
