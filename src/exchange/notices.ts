import { defineNotice } from '../notices/kind.ts';

export interface GivenUpFacts {
  readonly url: string;
  readonly days: number;
}

/** To whoever runs the other system: nothing arrives there, and nothing more is sent. */
export const webhookGivenUp = defineNotice<GivenUpFacts>('webhook-given-up', {
  title: { it: 'Invio di eventi sospeso', en: 'Sending of events stopped' },
  words: ({ url, days }) => ({ url, days: String(days) }),
  mandatory: ['url'],
  sample: { url: 'https://regione.example.org/eventi', days: 5 },
  link: (_, locale, config) => ({
    text:
      locale === 'it'
        ? 'Per riattivare l’invio e ripetere gli eventi perduti:'
        : 'To switch it on again and repeat the events that were lost:',
    href: `${config.publicUrl}/amministrazione/collegamenti`,
  }),
  it: {
    subject: 'Gli eventi non arrivano: invio sospeso',
    paragraphs: [
      'Buongiorno,',
      'da {{days}} giorni nessun evento arriva a {{url}}, o l’indirizzo ha risposto che non li vuole più. L’invio è sospeso; gli eventi restano e si possono ripetere.',
    ],
    short: 'Eventi verso {{url}} sospesi.',
  },
  en: {
    subject: 'Events do not arrive: sending stopped',
    paragraphs: [
      'Hello,',
      'for {{days}} days no event has arrived at {{url}}, or the address answered that it wants no more. Sending is stopped; the events remain and can be repeated.',
    ],
    short: 'Events to {{url}} stopped.',
  },
});
