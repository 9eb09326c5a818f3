import { defineProblem } from '../platform/problem.ts';

export const ticketOver = defineProblem({
  slug: 'ticket-over',
  status: 409,
  title: { it: 'Il numero non è più in attesa', en: 'The number is no longer in the queue' },
  explanation: {
    it: 'Nel frattempo questa persona è stata chiamata, ricevuta o è andata via. Aggiorna la coda e riprova.',
    en: 'Meanwhile this person was called, received or went away. Refresh the queue and try again.',
  },
});

export const somebodyInHand = defineProblem({
  slug: 'somebody-at-the-desk',
  status: 409,
  title: { it: 'Hai già qualcuno allo sportello', en: 'You have somebody at your desk' },
  explanation: {
    it: 'Concludi la visita di chi hai chiamato, o passalo avanti, prima di chiamarne un altro.',
    en: 'Finish the visit of whoever you called, or pass them over, before you call another.',
  },
});

export const nobodyToCall = defineProblem({
  slug: 'nobody-to-call',
  status: 409,
  title: { it: 'Nessuno da chiamare adesso', en: 'Nobody to call now' },
  explanation: {
    it: 'Nessuno che tu possa ricevere è in attesa, o il tempo che resta è tenuto per chi ha prenotato. Chi aspetta può essere chiamato per nome di numero.',
    en: 'Nobody whom you can receive is waiting, or the time left is kept for somebody who booked. Whoever waits can be called by their number.',
  },
});

export const notTodayAnyMore = defineProblem({
  slug: 'not-today-any-more',
  status: 409,
  title: { it: 'Oggi non c’è più tempo', en: 'There is no time left today' },
  explanation: {
    it: 'Contando chi ha prenotato e chi è già in attesa, oggi l’ufficio non può più fare questo servizio. Prenota un appuntamento: il primo libero è subito visibile.',
    en: 'Counting who booked and who waits already, the office can no longer do this service today. Book an appointment: the first free one is shown at once.',
  },
});

export const arrivalElsewhere = defineProblem({
  slug: 'arrival-elsewhere',
  status: 409,
  title: {
    it: 'L’appuntamento non è qui oggi',
    en: 'The appointment is not here today',
  },
  explanation: {
    it: 'Questo codice è di un appuntamento in un altro ufficio, in un altro giorno, o già chiuso. Controlla la conferma o chiedi allo sportello.',
    en: 'This code is of an appointment at another office, on another day, or closed already. Look at the confirmation or ask at the desk.',
  },
});

export const codeUnknown = defineProblem({
  slug: 'arrival-code-unknown',
  status: 404,
  title: { it: 'Codice non trovato', en: 'Code not found' },
  explanation: {
    it: 'Nessuna prenotazione ha questo codice. Sono dieci caratteri, scritti nella conferma; se non lo trovi chiedi allo sportello.',
    en: 'No booking has this code. It has ten characters, written in the confirmation; if you cannot find it ask at the desk.',
  },
});

export const cannotReceive = defineProblem({
  slug: 'cannot-receive',
  status: 409,
  title: { it: 'Nessuno lo può ricevere', en: 'Nobody can receive them' },
  explanation: {
    it: 'L’operatore scelto non è di questo ufficio, o oggi nessuno qui fa questo servizio. Nulla è cambiato.',
    en: 'The operator chosen is not of this office, or nobody here does this service today. Nothing was changed.',
  },
});

export const timeNotFree = defineProblem({
  slug: 'time-not-free',
  status: 409,
  title: { it: 'Il tempo dopo non è libero', en: 'The time after is not free' },
  explanation: {
    it: 'La visita non si può allungare: dopo c’è qualcuno che ha prenotato, o l’ufficio chiude. Chi ha prenotato non si sposta.',
    en: 'The visit cannot be made longer: somebody booked the time after, or the office closes. Who booked is not moved.',
  },
});

export const nothingToUndo = defineProblem({
  slug: 'nothing-to-undo',
  status: 409,
  title: { it: 'Niente da annullare', en: 'Nothing to take back' },
  explanation: {
    it: 'Oggi non hai fatto altro, o qualcuno ha cambiato quel numero dopo di te.',
    en: 'You did nothing else today, or somebody changed that number after you.',
  },
});

export const officeNotReceivingNow = defineProblem({
  slug: 'nobody-receives-today',
  status: 409,
  title: { it: 'Oggi qui non si riceve', en: 'Nobody receives here today' },
  explanation: {
    it: 'Oggi in questo ufficio nessuno fa questo servizio. Prenota un appuntamento, qui o in un ufficio vicino.',
    en: 'Nobody does this service at this office today. Book an appointment, here or at an office nearby.',
  },
});

export const numbersFinished = defineProblem({
  slug: 'numbers-finished',
  status: 409,
  title: { it: 'I numeri di oggi sono finiti', en: 'Today’s numbers are finished' },
  explanation: {
    it: 'L’ufficio ha dato tutti i numeri della giornata. Prenota un appuntamento o chiedi allo sportello.',
    en: 'The office gave all of the day’s numbers. Book an appointment or ask at the desk.',
  },
});
