import { type Bilingual, defineProblem } from '../platform/problem.ts';
import type { ChangeRefusal } from './rules/what-if.ts';

export const standardsMissing = defineProblem({
  slug: 'planning-standards-missing',
  status: 409,
  title: { it: 'Mancano gli standard di lavoro', en: 'Work standards are missing' },
  explanation: {
    it: 'Per calcolare il fabbisogno servono i tempi delle attività e l’orario di lavoro: nessuno li ha ancora caricati per questa data.',
    en: 'To compute the need, the minutes of the activities and the working time are required: nobody has loaded any for this date.',
  },
});

/** Why a lever of a what-if cannot be pulled. */
export const LEVER_FAULTS: Record<ChangeRefusal | 'unknown-office' | 'no-change', Bilingual> = {
  'unknown-office': {
    it: 'Non c’è nessuna sede con questo codice.',
    en: 'No office has this code.',
  },
  'unknown-category': {
    it: 'Non c’è nessuna categoria con questo codice.',
    en: 'No category has this code.',
  },
  'too-few-people': {
    it: 'Nella sede non ci sono tante persone di questa categoria.',
    en: 'The office does not have that many people of this category.',
  },
  'no-change': { it: 'Zero persone non cambiano nulla.', en: 'Zero people change nothing.' },
};
