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
    it: 'Nelle intestazioni mancano «X-Ricevuta», «X-Riferimento-Message-ID» o una data leggibile, oppure «daticert.xml» dice altro.',
    en: 'The headers lack X-Ricevuta, X-Riferimento-Message-ID or a date that can be read, or daticert.xml says otherwise.',
  },
});

export const receiptOfAnother = defineProblem({
  slug: 'pec-receipt-of-another-address',
  status: 422,
  title: { it: 'Ricevuta di un’altra casella', en: 'Receipt of another mailbox' },
  explanation: {
    it: 'La ricevuta dice che il messaggio fu consegnato a un indirizzo diverso da quello a cui era scritto: non prova nulla. Va guardata da una persona.',
    en: 'The receipt says that the message was delivered to another address than the one it was written to: it proves nothing. A person has to look at it.',
  },
});

export const notABounce = defineProblem({
  slug: 'not-a-delivery-report',
  status: 422,
  title: { it: 'Non è un avviso di mancata consegna', en: 'Not a delivery status notification' },
  explanation: {
    it: 'Il messaggio non è un «multipart/report» con una parte «message/delivery-status» (RFC 3464), o non ha una data leggibile.',
    en: 'The message is no multipart/report with a message/delivery-status part (RFC 3464), or has no date that can be read.',
  },
});

export const channelNotCarried = defineProblem({
  slug: 'channel-not-carried',
  status: 409,
  title: { it: 'Canale non attivo', en: 'The channel is not in service' },
  explanation: {
    it: 'Per questo canale non è configurato nessuno che porti i messaggi: scegline un altro, o telefona alla persona.',
    en: 'Nobody is configured to carry messages on this channel: choose another, or call the person.',
  },
});
