import { defineProblem } from '../platform/problem.ts';

export const standardsMissing = defineProblem({
  slug: 'planning-standards-missing',
  status: 409,
  title: { it: 'Mancano gli standard di lavoro', en: 'Work standards are missing' },
  explanation: {
    it: 'Per calcolare il fabbisogno servono i tempi delle attività e l’orario di lavoro: nessuno li ha ancora caricati per questa data.',
    en: 'To compute the need, the minutes of the activities and the working time are required: nobody has loaded any for this date.',
  },
});
