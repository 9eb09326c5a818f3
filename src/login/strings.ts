import { defineStrings } from '../web/strings.ts';

export const loginStrings = defineStrings('login', {
  it: {
    declined: 'L’accesso non è stato completato',
    declinedText: 'Hai annullato, oppure il gestore della tua identità non ha dato il consenso.',
    stale: 'Questo accesso è scaduto o è già stato usato',
    staleText: 'Un accesso vale un quarto d’ora e una volta sola, nel browser in cui è cominciato.',
    failed: 'Il servizio di accesso non risponde come dovrebbe',
    failedText: 'Il gestore dell’identità non risponde, o la sua risposta non è attendibile.',
    incomplete: 'L’accesso non dice chi sei',
    incompleteText:
      'Mancano il codice fiscale, il nome, o un recapito tra i dati che il gestore ci ha mandato.',
    nothingLost: 'Non sei entrato, e quello che avevi già fatto non è perso.',
    again: 'Riprova a entrare',
    back: 'Torna dov’eri senza entrare',
  },
  en: {
    declined: 'You did not finish signing in',
    declinedText: 'You cancelled, or your identity provider did not agree.',
    stale: 'This sign-in has expired or was used already',
    staleText: 'A sign-in is good for a quarter of an hour and once, in the browser it began in.',
    failed: 'The sign-in service does not answer as it should',
    failedText: 'The identity provider does not answer, or its answer cannot be trusted.',
    incomplete: 'The sign-in does not say who you are',
    incompleteText:
      'Tax code, name, or a way to reach you are missing from what the provider sent us.',
    nothingLost: 'You are not signed in, and what you had already done is not lost.',
    again: 'Try signing in again',
    back: 'Go back to where you were without signing in',
  },
});
