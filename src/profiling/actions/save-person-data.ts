import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { invalid } from '../../platform/problem.ts';
import { numbered } from '../numbered.ts';
import { dataFaults } from '../rules/data-faults.ts';
import type { PersonData } from '../rules/person-data.ts';
import { snakeCase } from '../snake-case.ts';
import { type DataForm, insertDataForm, latestDataForm } from '../store.ts';
import { readPerson } from './person.ts';

/**
 * Keeps the data that the person confirmed, as a new version. @throws {Problem} 404 not in care;
 * 422 data that cannot be true
 */
export async function savePersonData(
  call: Call,
  input: { readonly personId: string; readonly data: PersonData },
): Promise<DataForm> {
  authorise(call.actor, 'operator');
  const savedBy = call.actor.operatorId;
  const { id: personId } = await readPerson(call, input.personId);
  const now = call.clock.now();
  const faults = dataFaults(input.data, dayOf(now));
  if (faults.length > 0) {
    throw invalid({
      errors: faults.map(({ field, words }) => ({
        pointer: `/${snakeCase(field)}`,
        detail: words[call.locale],
      })),
    });
  }
  return await numbered(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const before = await latestDataForm(transaction, personId);
      const form: DataForm = {
        id: call.ids(),
        personId,
        version: (before?.version ?? 0) + 1,
        data: input.data,
        savedAt: now,
        savedBy,
      };
      await insertDataForm(transaction, form);
      await audit(transaction, call, {
        action: 'save-person-data',
        subjectKind: 'person',
        subjectId: personId,
        detail: { version: form.version },
      });
      return form;
    }),
  );
}
