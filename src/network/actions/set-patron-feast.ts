import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { invalid } from '../../platform/problem.ts';
import { dateIn, type YearlyDay } from '../../reference/holidays.ts';
import { comuneByCode } from '../../reference/store.ts';
import type { Owner } from '../series-store.ts';
import { officesSeatedIn, putPatronFeast } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/** The feast of a comune's patron saint: whose it is, when, and who says so. */
export interface PatronFeast {
  readonly saint: string;
  readonly on: YearlyDay;
  readonly source: string;
}

/** Whose hours the feast of a comune's patron decides: the offices seated there. */
export async function ownersOfFeast(call: Call, istatCode: string): Promise<Owner[]> {
  authorise(call.actor, 'administrator', 'system');
  const offices = await officesSeatedIn(call.database, istatCode);
  return offices.map((officeId) => ({ officeId, operatorId: undefined }));
}

/** A leap year, in which every day there is exists. */
const LEAP = 2028;

/**
 * Sets the feast on which the offices seated in a comune are closed; `undefined` takes it away.
 * @throws {Problem} 401, 403; 404 unknown comune; 422 no such day
 */
export async function setPatronFeast(
  call: Call,
  istatCode: string,
  feast: PatronFeast | undefined,
  follow: NetworkChanged,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  if (feast && dateIn(LEAP, feast.on) === undefined) {
    const words = { it: 'Questo giorno non esiste.', en: 'There is no such day.' };
    throw invalid({ errors: [{ pointer: '/day', detail: words[call.locale] }] });
  }
  await changeNetwork(
    call,
    async (transaction) => {
      const comune = await comuneByCode(transaction, istatCode);
      if (!comune) throw unknownAmong(call.locale, { '/comune': comune });
      await putPatronFeast(transaction, comune.istatCode, feast);
      const offices = await officesSeatedIn(transaction, comune.istatCode);
      return {
        result: undefined,
        owners: offices.map((officeId) => ({ officeId, operatorId: undefined })),
        entry: {
          action: feast ? 'set-patron-feast' : 'remove-patron-feast',
          subjectKind: 'comune',
          subjectId: comune.istatCode,
          detail: { ...feast },
        },
      };
    },
    follow,
  );
}
