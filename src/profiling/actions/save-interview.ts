import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { numbered } from '../numbered.ts';
import { interviewClosed } from '../problems.ts';
import {
  type InterviewAnswers,
  recordable,
  unanswered,
  unknownAnswers,
} from '../rules/interview.ts';
import { QUESTIONNAIRE_ID } from '../rules/questionnaire.ts';
import { type Interview, insertInterview, interviewById, updateInterview } from '../store.ts';
import { readPerson } from './person.ts';

const WORDS = {
  unknown: {
    it: 'Questa risposta non è tra quelle previste.',
    en: 'This is not one of the possible answers.',
  },
  missing: {
    it: 'Per concludere il colloquio serve una risposta qui.',
    en: 'An answer is needed here to complete the interview.',
  },
};

export interface InterviewInput {
  readonly personId: string;
  readonly answers: InterviewAnswers;
  /** Half-way, or done. */
  readonly complete: boolean;
  /** The draft that is continued and the version that was read; absent for a new one. */
  readonly draft?: { readonly id: string; readonly version: number };
}

/**
 * Saves an interview, half-way or complete. Sensitive answers without consent are dropped before
 * anything is written. @throws {Problem} 404; 409 already complete, or another draft is open; 412
 * somebody saved meanwhile; 422 answers unknown, or missing to complete
 */
export async function saveInterview(call: Call, input: InterviewInput): Promise<Interview> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  const { id: personId } = await readPerson(call, input.personId);
  const unknown = unknownAnswers(input.answers);
  const missing = input.complete ? unanswered(input.answers) : [];
  if (unknown.length + missing.length > 0) {
    const fault = (words: typeof WORDS.unknown) => (code: string) => ({
      pointer: `/answers/${code}`,
      detail: words[call.locale],
    });
    throw invalid({
      errors: [...unknown.map(fault(WORDS.unknown)), ...missing.map(fault(WORDS.missing))],
    });
  }

  const now = call.clock.now();
  const content = {
    answers: recordable(input.answers),
    state: input.complete ? ('complete' as const) : ('draft' as const),
    savedBy: operatorId,
    savedAt: now,
    completedAt: input.complete ? now : null,
  };
  const id = input.draft?.id ?? call.ids();
  await numbered(() =>
    transactionWithRetry(call.database, async (transaction) => {
      if (input.draft) await continueDraft(transaction, personId, input.draft, content);
      else {
        await insertInterview(transaction, {
          id,
          personId,
          questionnaire: QUESTIONNAIRE_ID,
          startedAt: now,
          ...content,
        });
      }
      await audit(transaction, call, {
        action: input.complete ? 'complete-interview' : 'save-interview',
        subjectKind: 'interview',
        subjectId: id,
        detail: { answered: Object.keys(content.answers).length },
      });
    }),
  );
  return (await interviewById(call.database, id))!;
}

async function continueDraft(
  transaction: Database,
  personId: string,
  draft: { readonly id: string; readonly version: number },
  content: Parameters<typeof updateInterview>[3],
): Promise<void> {
  const found = await interviewById(transaction, draft.id);
  if (!found || found.personId !== personId) throw notFound();
  if (found.state === 'complete') throw interviewClosed();
  if (!(await updateInterview(transaction, draft.id, draft.version, content))) {
    throw editedMeanwhile();
  }
}
