import { postgresFault } from '../platform/database.ts';
import { conflict } from '../platform/problem.ts';

/** Unique indexes over the version of a person's record, or over what a person has one of. */
const NUMBERINGS = new Set([
  'person_data_version_unique',
  'profile_version_unique',
  'interview_one_draft_unique',
  'did_one_open_unique',
  'pact_version_unique',
  'pact_one_open_unique',
]);

/** Two who write the same next version at once: one wins, the other is told to look again. */
export async function numbered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const constraint = postgresFault(error)?.constraint;
    if (constraint !== undefined && NUMBERINGS.has(constraint)) throw conflict();
    throw error;
  }
}
