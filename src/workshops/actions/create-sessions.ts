import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { officeDetail } from '../../network/office-store.ts';
import type { Call } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { fault, unknownAmong } from '../../platform/faults.ts';
import { invalid } from '../../platform/problem.ts';
import { isHoliday } from '../../reference/holidays.ts';
import { seriesStarts } from '../rules/series.ts';
import type { GroupSession, SessionDetails } from '../session.ts';
import { sessionById, writeSession } from '../store/sessions.ts';
import { takeLeaders } from './lead-session.ts';

export interface NewSessions {
  readonly officeId: string;
  readonly details: SessionDetails;
  readonly published: boolean;
  /** Repeated so many times in all, so many weeks apart; once when absent. */
  readonly series?: { readonly weeks: number; readonly times: number };
}

const ONLY_HOLIDAYS = {
  it: 'Tutti i giorni della serie sono festivi.',
  en: 'All days of the series are holidays.',
};

/**
 * Writes a session with its numbered seats, or a series of them, and shuts the agendas of those who
 * lead. All or none. Each session of a series lives on its own afterwards; holidays are left out.
 * @throws {Problem} 401, 403 another office; 404; 409 a leader is busy; 422 in the past, or a series
 *   that holidays leave empty
 */
export async function createSessions(call: Call, wanted: NewSessions): Promise<GroupSession[]> {
  authoriseOffice(call.actor, wanted.officeId);
  const { details, series } = wanted;
  const office = await officeDetail(call.database, { id: wanted.officeId });
  if (!office) throw unknownAmong(call.locale, { '/office_id': office });
  const now = call.clock.now();
  if (details.startsAt <= now) {
    throw invalid({ errors: [fault('/starts_at', 'past', call.locale)] });
  }
  const starts = series
    ? seriesStarts(details.startsAt, series, (day) => isHoliday(day, office.patron?.on))
    : [details.startsAt];
  if (starts.length === 0) {
    throw invalid({ errors: [{ pointer: '/series', detail: ONLY_HOLIDAYS[call.locale] }] });
  }

  const seriesId = starts.length > 1 ? call.ids() : null;
  const { leaderIds, seats, ...common } = details;
  const ids = await transactionWithRetry(call.database, async (transaction) => {
    const written: string[] = [];
    for (const startsAt of starts) {
      const shift = startsAt - details.startsAt;
      const id = call.ids();
      const endsAt = details.endsAt + shift;
      await writeSession(
        transaction,
        {
          ...common,
          whatToBring: { it: [...common.whatToBring.it], en: [...common.whatToBring.en] },
          id,
          seriesId,
          officeId: office.id,
          startsAt,
          endsAt,
          registrationClosesAt: details.registrationClosesAt + shift,
          state: wanted.published ? 'published' : 'draft',
          createdAt: now,
          updatedAt: now,
        },
        seats,
      );
      const led = { id, officeId: office.id, title: details.title.it, startsAt, endsAt };
      await takeLeaders(transaction, call, led, leaderIds);
      written.push(id);
    }
    await audit(
      transaction,
      call,
      ...written.map((id, index) => ({
        action: 'create-session',
        subjectKind: 'group-session',
        subjectId: id,
        detail: { office: office.code, starts_at: toRfc3339(starts[index]!), seats },
      })),
    );
    return written;
  });
  const sessions = await Promise.all(ids.map((id) => sessionById(call.database, id)));
  return sessions.flatMap((session) => session ?? []);
}
