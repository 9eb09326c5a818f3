import { calendarFeed } from '../../notices/calendar-file.ts';
import { mailbox } from '../../notices/mailbox.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { matchesPassword } from '../password.ts';
import { feedPasswordRequired } from '../problems.ts';
import { type AgendaEntry, agendaOfOperator } from '../store/agenda.ts';
import { passwordByUsername, recordUse } from '../store/passwords.ts';

/** Days before and after now that a calendar program is told of. Ours. */
const PAST_DAYS = 30;
const AHEAD_DAYS = 180;

/** States in which nobody is waited for any more. */
const OFF: readonly string[] = ['cancelled', 'revoked', 'displaced'];

/**
 * The agenda of the operator whom the application password stands for, as an iCalendar file. Who the
 * caller is does not matter: name and password say whose agenda it is. @throws {Problem} 401
 */
export async function readFeed(
  call: Call,
  given: { readonly username: string; readonly password: string } | undefined,
): Promise<string> {
  if (!given) throw feedPasswordRequired();
  const kept = await passwordByUsername(call.database, given.username);
  const matches = await matchesPassword(given.password, kept);
  if (!kept || !matches) throw feedPasswordRequired();
  const now = call.clock.now();
  await recordUse(call.database, kept.id, now);
  const entries = await agendaOfOperator(call.database, kept.operatorId, {
    start: now - PAST_DAYS * DAY,
    end: now + AHEAD_DAYS * DAY,
  });
  const organizer = mailbox(call.config.mailFrom);
  return calendarFeed(entries.map((entry) => ({ ...calendarEntry(entry), organizer })));
}

function calendarEntry(entry: AgendaEntry) {
  return {
    uid: entry.id,
    sequence: entry.version - 1,
    status: OFF.includes(entry.state) ? ('cancelled' as const) : ('confirmed' as const),
    startsAt: entry.starts,
    endsAt: entry.ends,
    stamp: entry.updated,
    summary: [entry.service.it, entry.initials].filter((part) => part !== null).join(' – '),
    location: [entry.office, entry.address].filter((part) => part !== null).join(', '),
    description: '',
  };
}
