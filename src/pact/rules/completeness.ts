import type { IsoDate } from '../../platform/clock.ts';
import type { Words } from '../../profiling/rules/model.ts';
import type { LegalLetter, PactContent } from './content.ts';

export interface ActionTerms {
  readonly who: 'person' | 'cpi' | 'provider';
  readonly what: string;
  readonly dueOn: IsoDate;
  readonly proof: string;
  readonly letter: LegalLetter | null;
}

export interface PactTerms {
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly content: PactContent;
  readonly actions: readonly ActionTerms[];
}

export interface PactFault {
  /** Path of the field in the wire's names: `content/search_acts`, `actions/0/due_on`. */
  readonly field: string;
  readonly words: Words;
}

const fault = (field: string, it: string, en: string): PactFault => ({ field, words: { it, en } });

/**
 * Why a patto cannot be signed yet: the minimum content of art. 20 c. 2 letters a–e, the
 * availability of c. 3, and actions that say who, what, by when and how proved. Empty when it can.
 */
export function pactFaults(pact: PactTerms): PactFault[] {
  const { content, actions } = pact;
  const faults: PactFault[] = [];
  if (pact.endsOn < pact.startsOn) {
    faults.push(
      fault('ends_on', 'Il patto finisce prima di cominciare.', 'The patto ends before it begins.'),
    );
  }
  if (content.targetJob.trim() === '') {
    faults.push(
      fault('content/target_job', 'Manca il lavoro cercato.', 'The job sought is missing.'),
    );
  }
  if (content.searchActs.trim() === '') {
    faults.push(
      fault(
        'content/search_acts',
        'Mancano gli atti di ricerca attiva e i loro tempi (art. 20 c. 2 lett. c).',
        'The acts of active search and their timing are missing (art. 20 c. 2 c).',
      ),
    );
  }
  if (!(content.contactEveryDays >= 1 && content.contactEveryDays <= 180)) {
    faults.push(
      fault(
        'content/contact_every_days',
        'Ogni quanti giorni ci si sente? Da 1 a 180 (art. 20 c. 2 lett. d).',
        'How many days between contacts? From 1 to 180 (art. 20 c. 2 d).',
      ),
    );
  }
  if (content.searchProof.trim() === '') {
    faults.push(
      fault(
        'content/search_proof',
        'Manca come si dimostra la ricerca (art. 20 c. 2 lett. e).',
        'How the search is proved is missing (art. 20 c. 2 e).',
      ),
    );
  }
  const { searchSkills, training, suitableOffers } = content.availability;
  if (!(searchSkills && training && suitableOffers)) {
    faults.push(
      fault(
        'content/availability',
        'La legge chiede tutte e tre le disponibilità (art. 20 c. 3).',
        'The law asks for all three declarations of availability (art. 20 c. 3).',
      ),
    );
  }
  if (!actions.some((action) => action.who === 'person')) {
    faults.push(
      fault(
        'actions',
        'Serve almeno un impegno della persona.',
        'At least one commitment of the person is needed.',
      ),
    );
  }
  for (const [i, action] of actions.entries()) faults.push(...actionFaults(pact, action, i));
  return faults;
}

function actionFaults(pact: PactTerms, action: ActionTerms, i: number): PactFault[] {
  const faults: PactFault[] = [];
  const at = `actions/${i}`;
  if (action.what.trim() === '')
    faults.push(fault(`${at}/what`, 'Manca che cosa fare.', 'What to do is missing.'));
  if (action.proof.trim() === '') {
    faults.push(fault(`${at}/proof`, 'Manca come si dimostra.', 'How it is proved is missing.'));
  }
  if (action.dueOn < pact.startsOn || action.dueOn > pact.endsOn) {
    faults.push(
      fault(
        `${at}/due_on`,
        'La scadenza è fuori dalla durata del patto.',
        'The date lies outside the duration of the patto.',
      ),
    );
  }
  if (action.who === 'person' && action.letter === null) {
    faults.push(
      fault(
        `${at}/legal_letter`,
        'Un impegno della persona cita la norma da cui nasce.',
        'A commitment of the person cites the law it comes from.',
      ),
    );
  }
  return faults;
}
