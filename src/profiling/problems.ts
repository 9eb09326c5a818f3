import { defineProblem } from '../platform/problem.ts';

export const dataFormMissing = defineProblem({
  slug: 'data-form-missing',
  status: 409,
  title: { it: 'Manca la scheda dei dati', en: 'The data form is missing' },
  explanation: {
    it: 'Il profilo si calcola dai dati confermati con la persona. Compila prima la sua scheda dei dati.',
    en: 'The profile is computed from the data confirmed with the person. Fill in their data form first.',
  },
});

export const explanationUnread = defineProblem({
  slug: 'explanation-unread',
  status: 409,
  title: { it: 'La spiegazione non è stata letta', en: 'The explanation was not read' },
  explanation: {
    it: 'Nessuno decide su un punteggio senza sapere da che cosa viene: apri la spiegazione del profilo, poi conferma il percorso.',
    en: 'Nobody decides on a score without knowing what it comes from: open the explanation of the profile, then confirm the percorso.',
  },
});

export const profileSuperseded = defineProblem({
  slug: 'profile-superseded',
  status: 409,
  title: { it: 'C’è un profilo più recente', en: 'There is a newer profile' },
  explanation: {
    it: 'Dopo quello che stavi guardando il profilo è stato ricalcolato. Leggi il nuovo e decidi su quello.',
    en: 'The profile was computed again after the one you were looking at. Read the new one and decide on that.',
  },
});

export const interviewOpen = defineProblem({
  slug: 'interview-open',
  status: 409,
  title: { it: 'Il colloquio non è concluso', en: 'The interview is not complete' },
  explanation: {
    it: 'Il percorso si decide dopo il colloquio. Rispondi alle domande ancora aperte e concludilo.',
    en: 'The percorso is decided after the interview. Answer the questions still open and complete it.',
  },
});

export const interviewClosed = defineProblem({
  slug: 'interview-closed',
  status: 409,
  title: { it: 'Il colloquio è già concluso', en: 'The interview is already complete' },
  explanation: {
    it: 'Un colloquio concluso non si modifica. Se qualcosa è cambiato, apri un nuovo colloquio.',
    en: 'A completed interview is not changed. If something is different now, start a new one.',
  },
});
