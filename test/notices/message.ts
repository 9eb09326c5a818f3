import type { Message } from '../../src/notices/carrier.ts';

/** A confirmation in every form a carrier may want. */
export function aMessage(given: Partial<Message> = {}): Message {
  return {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    to: 'rosa@example.org',
    locale: 'it',
    subject: 'Appuntamento confermato: lunedì 8 marzo 2027, ore 9:30',
    text: 'Buongiorno,\n',
    html: '<p>Buongiorno,</p>',
    markdown: `Buongiorno,\n\n${'il tuo appuntamento è confermato. '.repeat(4)}`,
    short: 'Primo colloquio, lunedì 8 marzo 2027, ore 9:30',
    happensAt: Date.parse('2027-03-08T08:30:00Z'),
    attachments: [
      {
        name: 'appuntamento.ics',
        mediaType: 'text/calendar; charset=utf-8; method=PUBLISH',
        content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
      },
    ],
    ...given,
  };
}
