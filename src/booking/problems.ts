import { defineProblem } from '../platform/problem.ts';

export const slotTaken = defineProblem({
  slug: 'slot-taken',
  status: 409,
  title: { it: 'L’orario non è libero', en: 'The time is not free' },
  explanation: {
    it: 'Qualcuno l’ha preso un attimo prima, oppure nessuno che possa riceverti è in servizio a quell’ora. Nulla è stato prenotato: scegli tra gli orari vicini indicati o cercane un altro.',
    en: 'Somebody took it a moment before, or nobody who can receive you works at that hour. Nothing was booked: choose one of the times near it or search for another.',
  },
});

export const slotNotOffered = defineProblem({
  slug: 'slot-not-offered',
  status: 422,
  title: { it: 'Questo orario non è offerto', en: 'This time is not offered' },
  explanation: {
    it: 'L’orario è fuori dalla griglia, dal preavviso minimo o dal periodo prenotabile del servizio. Cerca tra gli orari liberi.',
    en: 'The time is off the grid, within the minimum notice or beyond the bookable period of the service. Search among the free times.',
  },
});

export const notBookedAlone = defineProblem({
  slug: 'not-booked-alone',
  status: 403,
  title: { it: 'Questo servizio lo prenota l’ufficio', en: 'The office books this service' },
  explanation: {
    it: 'Si prenota con il codice di un invito, alla pagina «Ho ricevuto un invito», oppure lo prenota il Centro per l’impiego per te.',
    en: 'It is booked with the code of an invitation, on the page “I was invited”, or the employment centre books it for you.',
  },
});

export const alreadyBooked = defineProblem({
  slug: 'already-booked',
  status: 409,
  title: {
    it: 'Hai già un appuntamento per questo servizio',
    en: 'You already have an appointment for this service',
  },
  explanation: {
    it: 'Per ogni servizio si può avere un solo appuntamento aperto. Per cambiare giorno, annulla prima quello che hai, con il codice ricevuto.',
    en: 'Each service allows one open appointment. To change the day, first cancel the one you have, with the code you received.',
  },
});

export const lookupFailed = defineProblem({
  slug: 'appointment-not-recognised',
  status: 404,
  title: { it: 'Appuntamento non trovato', en: 'Appointment not found' },
  explanation: {
    it: 'Nessun appuntamento corrisponde a questo codice e a questo contatto insieme. Controlla entrambi: sono nel messaggio di conferma.',
    en: 'No appointment matches this code and this contact together. Check both: they are in the confirmation message.',
  },
});

export const tooLateToCancel = defineProblem({
  slug: 'too-late-to-cancel',
  status: 409,
  title: { it: 'L’appuntamento è già iniziato', en: 'The appointment has already begun' },
  explanation: {
    it: 'Non si può più annullare. Se non sei potuto venire, contatta il Centro per l’impiego e spiega il motivo.',
    en: 'It can no longer be cancelled. If you could not come, contact the employment centre and explain why.',
  },
});

export const notOpen = defineProblem({
  slug: 'appointment-closed',
  status: 409,
  title: { it: 'L’appuntamento è chiuso', en: 'The appointment is closed' },
  explanation: {
    it: 'L’appuntamento è annullato o ha già un esito: non si sposta e non si annulla più.',
    en: 'The appointment is cancelled or has an outcome already: it can no longer be moved or cancelled.',
  },
});

export const outcomeTooEarly = defineProblem({
  slug: 'outcome-too-early',
  status: 409,
  title: { it: 'È presto per questo esito', en: 'It is too early for this outcome' },
  explanation: {
    it: 'Un’assenza si registra solo dopo l’ora dell’appuntamento; una presenza da due ore prima.',
    en: 'An absence is recorded only after the time of the appointment; a presence from two hours before.',
  },
});

export const outcomeStands = defineProblem({
  slug: 'outcome-stands',
  status: 409,
  title: { it: 'L’esito non si può più cambiare', en: 'The outcome can no longer be changed' },
  explanation: {
    it: 'Dopo una settimana l’esito registrato resta; un appuntamento annullato non ha esito.',
    en: 'After a week the outcome recorded stands; a cancelled appointment has none.',
  },
});

export const officeNotReceiving = defineProblem({
  slug: 'office-not-receiving',
  status: 409,
  title: { it: 'L’ufficio non riceveva', en: 'The office was not receiving' },
  explanation: {
    it: 'In quell’ora l’ufficio era chiuso o l’operatore assente: la persona non può risultare assente. Sposta o revoca l’appuntamento.',
    en: 'At that time the office was closed or the operator away: the person cannot be recorded as absent. Move or revoke the appointment.',
  },
});

export const tooManyOpen = defineProblem({
  slug: 'too-many-open-appointments',
  status: 409,
  title: { it: 'Troppi appuntamenti aperti', en: 'Too many open appointments' },
  explanation: {
    it: 'Con questo indirizzo e-mail ci sono già molti appuntamenti aperti. Annulla quelli che non servono, oppure chiedi al Centro per l’impiego di prenotare per te.',
    en: 'This e-mail address already has many open appointments. Cancel those you do not need, or ask the employment centre to book for you.',
  },
});

export const ownOfficeOnly = defineProblem({
  slug: 'own-office-only',
  status: 403,
  title: { it: 'Servizio del proprio Cpi', en: 'A service of one’s own Cpi' },
  explanation: {
    it: 'Questo servizio è dato solo dal Centro per l’impiego competente per il comune di domicilio. Indica il tuo comune e prenota al tuo Cpi; i servizi aperti a tutti si prenotano ovunque.',
    en: 'This service is given only by the employment centre of one’s comune of domicile. Say which comune is yours and book at your Cpi; services open to all can be booked anywhere.',
  },
});

export const noOwnOperator = defineProblem({
  slug: 'no-own-operator',
  status: 409,
  title: { it: 'Nessun operatore ti segue ancora', en: 'No operator follows you yet' },
  explanation: {
    it: 'Questo servizio si svolge con l’operatore che ti segue già. Prenota prima un primo colloquio: da quel momento avrai un operatore di riferimento.',
    en: 'This service is given by the operator who follows you already. Book a first interview before: from then on you will have your own operator.',
  },
});

export const holdExpired = defineProblem({
  slug: 'hold-expired',
  status: 410,
  title: { it: 'L’orario non è più tenuto per te', en: 'The time is no longer kept for you' },
  explanation: {
    it: 'Il tempo per compilare la richiesta è finito e l’orario è tornato libero per tutti. Sceglilo di nuovo, se c’è ancora.',
    en: 'The time to fill in the request ran out and the start is open to everybody again. Choose it again, if it is still there.',
  },
});

export const holdUsed = defineProblem({
  slug: 'hold-already-confirmed',
  status: 412,
  title: { it: 'L’orario è già stato confermato', en: 'The time was confirmed already' },
  explanation: {
    it: 'Questo orario tenuto è già diventato un appuntamento: non serve confermarlo un’altra volta.',
    en: 'This kept time has become an appointment already: there is no need to confirm it again.',
  },
});

export const dateImposed = defineProblem({
  slug: 'date-imposed',
  status: 409,
  title: { it: 'La data è stata fissata dall’ufficio', en: 'The date was set by the office' },
  explanation: {
    it: 'Questo appuntamento è una convocazione: non si sposta né si annulla da soli. Si può chiedere un rinvio, spiegando il motivo, dalla pagina della convocazione.',
    en: 'This appointment is a convocation: it cannot be moved or cancelled by the person alone. A postponement can be asked for, with the reason, on the page of the convocation.',
  },
});

export const tooManyHeld = defineProblem({
  slug: 'too-many-kept',
  status: 429,
  title: { it: 'Troppi orari tenuti insieme', en: 'Too many times kept at once' },
  explanation: {
    it: 'Da questa rete si stanno già tenendo molti orari. Il tuo non è stato tenuto: puoi prenotarlo lo stesso, o riprovare dopo i secondi indicati in «Retry-After».',
    en: 'Many times are being kept from this network already. Yours was not kept: you can book it all the same, or try again after the seconds given in Retry-After.',
  },
});

export const serviceLimit = defineProblem({
  slug: 'service-limit-reached',
  status: 409,
  title: { it: 'Troppi appuntamenti per questo servizio', en: 'Too many appointments' },
  explanation: {
    it: 'Questo servizio si può prenotare solo un certo numero di volte in un periodo, e ci sei già arrivato: scegli un giorno più lontano o chiama il Centro per l’impiego.',
    en: 'This service can be booked only so many times within a period, and you have reached it: choose a later day or call the employment centre.',
  },
});

export const serviceCodeTaken = defineProblem({
  slug: 'service-code-taken',
  status: 409,
  title: { it: 'C’è già un servizio con questo codice', en: 'There is a service of this code' },
  explanation: {
    it: 'Il codice dà il nome al servizio per sempre e non si ripete, neppure se l’altro non è più in uso. Scegline un altro, o rimetti in uso quello.',
    en: 'The code names a service for good and is not used again, even if the other is out of use. Choose another, or put that one back into use.',
  },
});
