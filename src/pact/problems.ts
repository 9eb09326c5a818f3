import { defineProblem } from '../platform/problem.ts';

export const didMissing = defineProblem({
  slug: 'did-missing',
  status: 409,
  title: { it: 'Manca la Did', en: 'The Did is missing' },
  explanation: {
    it: 'Il patto si stipula con chi ha dichiarato la propria immediata disponibilità. Registra prima la Did.',
    en: 'The patto is made with those who declared their immediate availability. Register the Did first.',
  },
});

export const didOpen = defineProblem({
  slug: 'did-already-open',
  status: 409,
  title: { it: 'C’è già una Did aperta', en: 'A Did is already open' },
  explanation: {
    it: 'Per ogni persona può esserci una sola dichiarazione di disponibilità aperta.',
    en: 'A person can have only one open declaration of availability.',
  },
});

export const decisionMissing = defineProblem({
  slug: 'percorso-undecided',
  status: 409,
  title: { it: 'Il percorso non è ancora deciso', en: 'The percorso is not decided yet' },
  explanation: {
    it: 'Il patto nasce dalle misure del percorso. Decidi prima il percorso della persona.',
    en: 'The patto is made of the measures of the percorso. Decide the person’s percorso first.',
  },
});

export const pactOpen = defineProblem({
  slug: 'patto-already-open',
  status: 409,
  title: { it: 'C’è già un patto da firmare', en: 'A patto is already waiting to be signed' },
  explanation: {
    it: 'Completa o firma la versione aperta prima di prepararne un’altra.',
    en: 'Complete or sign the open version before preparing another.',
  },
});

export const pactFinal = defineProblem({
  slug: 'patto-not-editable',
  status: 409,
  title: { it: 'Questo patto non si può modificare', en: 'This patto cannot be changed' },
  explanation: {
    it: 'Un patto firmato da una delle parti non si modifica. Riaprilo se manca ancora la firma della persona, altrimenti prepara una nuova versione.',
    en: 'A patto that one party signed is not changed. Reopen it if the person’s signature is still missing, otherwise prepare a new version.',
  },
});

export const signatureOutOfTurn = defineProblem({
  slug: 'signature-out-of-turn',
  status: 409,
  title: { it: 'Non è il momento di questa firma', en: 'It is not the turn of this signature' },
  explanation: {
    it: 'Firma prima l’operatore, poi la persona. Ricarica il patto per vedere a che punto è.',
    en: 'The operator signs first, then the person. Reload the patto to see where it stands.',
  },
});
