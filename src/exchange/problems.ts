import { defineProblem } from '../platform/problem.ts';

export const destinationRefused = defineProblem({
  slug: 'webhook-destination-refused',
  status: 422,
  title: { it: 'Indirizzo non ammesso', en: 'Address not allowed' },
  explanation: {
    it: 'Gli eventi si inviano solo a indirizzi https pubblici, senza nome utente né password. Gli indirizzi interni vanno ammessi nella configurazione.',
    en: 'Events are sent to public https addresses only, without user name or password. Internal addresses must be allowed in the configuration.',
  },
});

export const exportTooLarge = defineProblem({
  slug: 'export-too-large',
  status: 422,
  title: { it: 'Troppe righe per un solo file', en: 'Too many rows for one file' },
  explanation: {
    it: 'Il periodo scelto contiene più righe di quante un foglio di calcolo apra con agio. Scegli un periodo più breve.',
    en: 'The period asked for has more rows than a spreadsheet opens at ease. Choose a shorter period.',
  },
});

export const tooManyPasswords = defineProblem({
  slug: 'too-many-application-passwords',
  status: 409,
  title: { it: 'Troppe password per applicazioni', en: 'Too many application passwords' },
  explanation: {
    it: 'Ogni operatore può averne dieci. Revoca quelle che non usi più e riprova.',
    en: 'Each operator can have ten. Revoke those you no longer use and try again.',
  },
});

export const feedPasswordRequired = defineProblem({
  slug: 'application-password-required',
  status: 401,
  title: { it: 'Occorre la password per applicazioni', en: 'An application password is needed' },
  explanation: {
    it: 'Il calendario si apre con nome utente e password per applicazioni, create nella pagina «Collegamenti».',
    en: 'The calendar opens with the user name and application password made on the page “Connections”.',
  },
});
