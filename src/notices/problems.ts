import { defineProblem } from '../platform/problem.ts';

export const notResendable = defineProblem({
  slug: 'notice-not-resendable',
  status: 409,
  title: { it: 'Messaggio che non si può rispedire', en: 'The message cannot be sent again' },
  explanation: {
    it: 'Si rispedisce un messaggio già partito o non riuscito, finché ciò di cui parla non è passato e il suo testo è ancora conservato; uno ancora in attesa partirà da solo.',
    en: 'A message can be sent again once it has left or failed, as long as what it speaks of is not past and its text is still kept; one that is waiting will leave by itself.',
  },
});

export const signatureRefused = defineProblem({
  slug: 'signature-refused',
  status: 401,
  title: { it: 'Firma non valida', en: 'The signature is not valid' },
  explanation: {
    it: 'La richiesta deve essere firmata con il segreto concordato, secondo Standard Webhooks, e da non più di cinque minuti.',
    en: 'The request must be signed with the agreed secret, as Standard Webhooks say, and no more than five minutes ago.',
  },
});

export const notAReceipt = defineProblem({
  slug: 'not-a-pec-receipt',
  status: 422,
  title: { it: 'Non è una ricevuta PEC', en: 'Not a receipt of certified mail' },
  explanation: {
    it: 'Nelle intestazioni mancano «X-Ricevuta», «X-Riferimento-Message-ID» o una data leggibile.',
    en: 'The headers lack X-Ricevuta, X-Riferimento-Message-ID or a date that can be read.',
  },
});
