import { defineProblem } from '../platform/problem.ts';

export const alreadyWaiting = defineProblem({
  slug: 'already-waiting',
  status: 409,
  title: { it: 'Sei già in lista d’attesa', en: 'You are on the waiting list already' },
  explanation: {
    it: 'Questa persona aspetta già questo servizio. Per cambiare che cosa va bene, apri il posto in lista con il suo codice.',
    en: 'This person waits for this service already. To change what suits, open the place in the list with its code.',
  },
});

export const noWaitingList = defineProblem({
  slug: 'no-waiting-list',
  status: 409,
  title: { it: 'Il servizio non ha una lista d’attesa', en: 'The service has no waiting list' },
  explanation: {
    it: 'Per questo servizio non si tiene una lista d’attesa: gli orari che si liberano tornano subito tra quelli prenotabili.',
    en: 'No waiting list is kept for this service: time that comes free can be booked again at once.',
  },
});

export const waitingLookupFailed = defineProblem({
  slug: 'waiting-lookup-failed',
  status: 404,
  title: { it: 'Posto in lista non trovato', en: 'Place in the list not found' },
  explanation: {
    it: 'Nessun posto in lista corrisponde a questo codice e a questo contatto insieme. Controllali entrambi.',
    en: 'No place in the list matches this code and this contact together. Check both.',
  },
});

export const offerOver = defineProblem({
  slug: 'offer-over',
  status: 410,
  title: { it: 'L’offerta non c’è più', en: 'The offer is over' },
  explanation: {
    it: 'Il tempo per rispondere è passato, o l’offerta ha già avuto risposta. Resti in lista finché valgono le tue preferenze.',
    en: 'The time to answer is over, or the offer was answered already. You stay in the list as long as your wishes hold.',
  },
});

export const notWaiting = defineProblem({
  slug: 'not-waiting',
  status: 409,
  title: { it: 'Non sei più in lista', en: 'You are no longer in the list' },
  explanation: {
    it: 'Questo posto in lista è già chiuso: hai avuto l’appuntamento, o sei uscito dalla lista.',
    en: 'This place in the list is closed already: you have the appointment, or you left the list.',
  },
});

export const offerNotPossible = defineProblem({
  slug: 'offer-not-possible',
  status: 409,
  title: { it: 'Orario non offribile', en: 'This time cannot be offered' },
  explanation: {
    it: 'L’orario non è libero, è troppo vicino, o la persona ha già un’offerta aperta.',
    en: 'The time is not free, is too near, or the person has an open offer already.',
  },
});
