import { defineNotice } from '../notices/kind.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDateTime } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';
import type { AppointmentView } from './store/appointments.ts';
import type { Answer } from './table.ts';

const strings = defineStrings('sms-answers', {
  it: {
    cancelled: 'Annullato: {{service}}, {{when}}. Per prenotare di nuovo: {{book}}',
    'cancelled-already': 'Era già annullato: {{service}}, {{when}}.',
    confirmed: 'Grazie, ti aspettiamo: {{service}}, {{when}}.',
    imposed:
      'La data di questo appuntamento è fissata dall’ufficio e non si annulla con un SMS. Per chiedere un’altra data: {{convocation}}',
    closed: 'Su questo appuntamento non si può più rispondere per SMS. Per vederlo: {{mine}}',
    which:
      'Hai più appuntamenti: rispondi ANNULLA e il codice di quello che non ti serve, oppure CONFERMO e il codice.',
    'code-unknown':
      'Non troviamo questo codice tra gli appuntamenti di questo numero. Controllalo, o apri {{mine}}',
    none: 'Nessun appuntamento in programma per questo numero. Per gli altri messaggi usa il collegamento che contengono.',
    'not-understood':
      'Questo numero legge solo ANNULLA e CONFERMO, seguiti se vuoi dal codice. Per il resto: {{mine}}',
    phone: 'Telefono dell’ufficio: {{phone}}',
    replyNow: ' Per annullare rispondi ANNULLA.',
  },
  en: {
    cancelled: 'Cancelled: {{service}}, {{when}}. To book again: {{book}}',
    'cancelled-already': 'It was cancelled already: {{service}}, {{when}}.',
    confirmed: 'Thank you, we expect you: {{service}}, {{when}}.',
    imposed:
      'The office has set the date of this appointment: it is not cancelled by text message. To ask for another date: {{convocation}}',
    closed: 'This appointment can no longer be answered by text message. To see it: {{mine}}',
    which:
      'You have several appointments: reply CANCEL and the code of the one you do not need, or CONFIRM and the code.',
    'code-unknown':
      'We do not find this code among the appointments of this number. Check it, or open {{mine}}',
    none: 'No appointment is ahead for this number. For other messages use the link they carry.',
    'not-understood':
      'This number reads CANCEL and CONFIRM only, with the code if you wish. For anything else: {{mine}}',
    phone: 'Telephone of the office: {{phone}}',
    replyNow: ' To cancel, reply CANCEL.',
  },
});

/** What a text message is answered, in the reader's language. */
export function answerText(
  answer: Answer,
  about: AppointmentView | undefined,
  locale: Locale,
  config: Config,
): string {
  const t = strings(locale);
  const said = t(answer, {
    service: about?.service.name[locale] ?? '',
    when: about ? formatDateTime(about.startsAt, locale) : '',
    mine: `${config.publicUrl}/appuntamento`,
    book: `${config.publicUrl}/prenota`,
    convocation: `${config.publicUrl}/invito`,
  });
  const call = answer === 'imposed' || answer === 'closed' ? about?.office.phone : undefined;
  return call === undefined ? said : `${said} ${t('phone', { phone: call })}`;
}

/** How to cancel by answering; null where answers do not reach us: a name can send, not receive. */
export function howToReply(config: Config, locale: Locale): string | null {
  const reaches = config.deliveryKey !== undefined && /^\+?\d+$/.test(config.smsFrom);
  return reaches ? strings(locale)('replyNow') : null;
}

interface AnswerFacts {
  readonly answer: string;
}

export const smsAnswer = defineNotice<AnswerFacts>('sms-answer', {
  title: { it: 'Risposta a un SMS', en: 'Answer to a text message' },
  words: ({ answer }) => ({ answer }),
  mandatory: ['answer'],
  sample: { answer: 'Annullato: Primo colloquio, lunedì 8 marzo 2027, ore 9:30.' },
  it: { subject: 'Risposta al tuo SMS', paragraphs: ['{{answer}}'], short: '{{answer}}' },
  en: {
    subject: 'Answer to your text message',
    paragraphs: ['{{answer}}'],
    short: '{{answer}}',
  },
});
