import { defineProblem } from '../platform/problem.ts';

export const alreadyRegistered = defineProblem({
  slug: 'already-registered',
  status: 409,
  title: { it: 'Sei già iscritto', en: 'You are registered already' },
  explanation: {
    it: 'Questa persona è già iscritta all’incontro, o in lista per un posto. Per cambiare, apri l’iscrizione con il suo codice.',
    en: 'This person is registered for the session already, or in the queue for a seat. To change that, open the registration with its code.',
  },
});

export const sessionFull = defineProblem({
  slug: 'session-full',
  status: 409,
  title: { it: 'I posti sono finiti', en: 'All seats are taken' },
  explanation: {
    it: 'Tutti i posti dell’incontro sono presi. Puoi metterti in lista: se un posto si libera ti viene tenuto e te lo scriviamo.',
    en: 'All seats of the session are taken. You can join its queue: if a seat comes free it is kept for you and we write to you.',
  },
});

export const registrationClosed = defineProblem({
  slug: 'registration-closed',
  status: 409,
  title: { it: 'Le iscrizioni non sono aperte', en: 'Registration is not open' },
  explanation: {
    it: 'A questo incontro ora non ci si può iscrivere: le iscrizioni non sono ancora aperte, sono chiuse, o l’incontro è annullato.',
    en: 'One cannot register for this session now: registration is not open yet, is over, or the session is cancelled.',
  },
});

export const seatOfferOver = defineProblem({
  slug: 'seat-offer-over',
  status: 410,
  title: { it: 'Il posto non è più tenuto per te', en: 'The seat is no longer kept for you' },
  explanation: {
    it: 'Il tempo per rispondere è passato e il posto è andato a chi veniva dopo. Puoi iscriverti di nuovo.',
    en: 'The time to answer is over and the seat went to the next in the queue. You can register again.',
  },
});

export const registrationOver = defineProblem({
  slug: 'registration-over',
  status: 409,
  title: { it: 'L’iscrizione è chiusa', en: 'The registration is closed' },
  explanation: {
    it: 'L’incontro è cominciato o l’iscrizione è già chiusa: non si può più cambiare.',
    en: 'The session has begun or the registration is closed already: it can no longer be changed.',
  },
});

export const registrationLookupFailed = defineProblem({
  slug: 'registration-lookup-failed',
  status: 404,
  title: { it: 'Iscrizione non trovata', en: 'Registration not found' },
  explanation: {
    it: 'Nessuna iscrizione corrisponde a questo codice e a questo contatto insieme. Controllali entrambi.',
    en: 'No registration matches this code and this contact together. Check both.',
  },
});

export const leaderBusy = defineProblem({
  slug: 'leader-busy',
  status: 409,
  title: { it: 'Chi conduce è già occupato', en: 'Whoever leads is busy' },
  explanation: {
    it: 'In quell’orario un operatore scelto ha già un appuntamento o un altro incontro. Nulla è stato registrato: scegli un altro orario o un’altra persona.',
    en: 'At that time one of the operators chosen has an appointment or another session already. Nothing was recorded: choose another time or another person.',
  },
});

export const seatsTaken = defineProblem({
  slug: 'seats-taken',
  status: 409,
  title: { it: 'Ci sono più iscritti che posti', en: 'More are registered than seats' },
  explanation: {
    it: 'I posti non possono scendere sotto quelli già presi: annulla prima qualche iscrizione, così chi è iscritto lo sa.',
    en: 'There cannot be fewer seats than are taken: cancel some registrations first, so that those registered know.',
  },
});

export const sessionClosed = defineProblem({
  slug: 'session-closed',
  status: 409,
  title: { it: 'L’incontro è chiuso', en: 'The session is closed' },
  explanation: {
    it: 'L’incontro è annullato o già cominciato: non si può più cambiare.',
    en: 'The session is cancelled or has begun: it can no longer be changed.',
  },
});

export const attendanceRefused = defineProblem({
  slug: 'attendance-refused',
  status: 409,
  title: { it: 'Presenza non registrabile', en: 'Attendance cannot be recorded' },
  explanation: {
    it: 'Una presenza si segna da un’ora prima dell’incontro, un’assenza solo dopo l’inizio; dopo una settimana l’elenco resta com’è.',
    en: 'Somebody is ticked off from an hour before the session, absent only once it began; after a week the list stands as it is.',
  },
});
