import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import { seriesIn } from '../hours-store.ts';
import { transferStands } from '../problems.ts';
import { firstDayFrom } from '../rules/series.ts';
import { insertSeries } from '../series-store.ts';
import { requireOwner, sameOwner, staffMember } from '../staff-store.ts';
import { insertTransfer, settleTransfersUntil, transferAhead } from '../transfer-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';

export interface NewTransfer {
  readonly operatorId: string;
  readonly toOfficeId: string;
  /** First day at the new office; today moves the operator at once. */
  readonly fromDay: IsoDate;
  /** Whether their own weekly hours go with them; otherwise they keep those of the new office. */
  readonly ownHours: boolean;
}

/**
 * Moves an operator to another office from a day on: their free time is there from that day, and
 * with the day the operator belongs to it. Returns the id of the move.
 * @throws {Problem} 401, 403, 404; 409 a move is ahead already; 422 the day is past, or it is no move
 */
export async function transferOperator(
  call: Call,
  { operatorId, toOfficeId, fromDay, ownHours }: NewTransfer,
  follow: NetworkChanged,
): Promise<string> {
  authorise(call.actor, 'administrator', 'system');
  const today = dayOf(call.clock.now());
  if (fromDay < today) refuse(call, PAST_DAY);
  const id = call.ids();
  return changeNetwork(
    call,
    async (transaction) => {
      const member = await staffMember(transaction, operatorId);
      if (!member) throw notFound();
      await requireOwner(transaction, { officeId: toOfficeId, operatorId: undefined });
      const { officeId: fromOfficeId } = member;
      if (fromOfficeId === toOfficeId) throw sameOffice(call);
      if (await transferAhead(transaction, operatorId)) throw transferStands();
      await insertTransfer(transaction, { id, operatorId, fromOfficeId, toOfficeId, fromDay });
      const from = { officeId: fromOfficeId, operatorId };
      const to = { officeId: toOfficeId, operatorId };
      if (ownHours) {
        const all = await seriesIn(transaction, { operatorIds: [operatorId] });
        const own = all.filter((one) => sameOwner(one, from) && one.periodId === undefined);
        for (const one of own) {
          const validFrom = firstDayFrom(one, fromDay);
          if (validFrom === undefined) continue;
          const recurrence = one.recurrence ?? { rule: 'weeks', nth: 1 };
          await insertSeries(transaction, call.ids(), to, { ...one, validFrom, recurrence });
        }
      }
      await settleTransfersUntil(transaction, today);
      return {
        owners: [to],
        result: id,
        entry: {
          action: 'transfer-operator',
          subjectKind: 'operator',
          subjectId: operatorId,
          detail: { from: fromOfficeId, to: toOfficeId, fromDay, ownHours },
        },
      };
    },
    follow,
  );
}

const PAST_DAY = {
  field: 'from_day',
  words: {
    it: 'Questo giorno è già passato: scegline uno da oggi in poi.',
    en: 'This day is past already: choose one from today on.',
  },
} as const;

function sameOffice(call: Call) {
  const words = {
    it: 'Lavora già in questo ufficio: scegline un altro.',
    en: 'They work at this office already: choose another.',
  };
  return invalid({ errors: [{ pointer: '/to_office_id', detail: words[call.locale] }] });
}
