import { defineProblem } from '../platform/problem.ts';

export const erasureAsked = defineProblem({
  slug: 'erasure-already-asked',
  status: 409,
  title: { it: 'La cancellazione è già stata chiesta', en: 'Erasure was asked for already' },
  explanation: {
    it: 'C’è già una richiesta di cancellazione che l’ufficio non ha ancora deciso.',
    en: 'There is a request for erasure already that the office has not decided yet.',
  },
});

export const erasureDecided = defineProblem({
  slug: 'erasure-already-decided',
  status: 409,
  title: { it: 'La richiesta è già decisa', en: 'The request is decided already' },
  explanation: {
    it: 'Qualcuno ha già deciso su questa richiesta di cancellazione.',
    en: 'Somebody has decided on this request for erasure already.',
  },
});

export const erasureBarred = defineProblem({
  slug: 'erasure-barred',
  status: 409,
  title: { it: 'I dati non si possono cancellare ora', en: 'The data cannot be erased now' },
  explanation: {
    it: 'La persona ha appuntamenti o procedimenti aperti, oppure atti che la legge chiede di conservare (firme, profili, dichiarazioni, misure). Chiudi prima ciò che è aperto, o rispondi alla persona perché la richiesta non si può accogliere.',
    en: 'The person has appointments or procedures that are open, or acts that the law asks to keep (signatures, profiles, declarations, measures). Close first what is open, or answer the person why the request cannot be granted.',
  },
});
