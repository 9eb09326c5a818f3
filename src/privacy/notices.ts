import { defineNotice } from '../notices/kind.ts';

interface ErasureFacts {
  readonly erased: boolean;
  readonly answer: string | null;
}

const OUTCOME = {
  it: {
    erased:
      'La tua richiesta è stata accolta: i dati che dicono chi sei sono stati cancellati. Questo è l’ultimo messaggio che ricevi da noi.',
    refused: 'La tua richiesta non può essere accolta.',
  },
  en: {
    erased:
      'Your request was granted: the data that say who you are were erased. This is the last message you receive from us.',
    refused: 'Your request cannot be granted.',
  },
};

/** What became of a request for erasure. */
export const erasureAnswered = defineNotice<ErasureFacts>('erasure-answered', {
  title: { it: 'Risposta alla richiesta di cancellazione', en: 'Answer to a request for erasure' },
  words: ({ erased, answer }, locale) => ({
    outcome: OUTCOME[locale][erased ? 'erased' : 'refused'],
    answer,
  }),
  mandatory: ['outcome'],
  sample: { erased: false, answer: 'Il patto firmato va conservato.' },
  it: {
    subject: 'La tua richiesta di cancellazione dei dati',
    paragraphs: [
      'Buongiorno,',
      '{{outcome}}',
      'Risposta dell’ufficio: {{answer}}',
      'Puoi rivolgerti al responsabile della protezione dei dati dell’ufficio, o presentare reclamo al Garante per la protezione dei dati personali.',
    ],
  },
  en: {
    subject: 'Your request for erasure of your data',
    paragraphs: [
      'Hello,',
      '{{outcome}}',
      'The office’s answer: {{answer}}',
      'You may turn to the office’s data protection officer, or complain to the Garante per la protezione dei dati personali.',
    ],
  },
});
