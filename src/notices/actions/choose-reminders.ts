import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { type Bilingual, notFound } from '../../platform/problem.ts';
import { DEFAULT_REMINDER_DAYS } from '../rules/reminders.ts';
import { chosenReminderDays, saveReminderDays } from '../store/reminders.ts';

/** The services a later room has, which this one speaks about without knowing them. */
export type ServiceDirectory = (
  call: Call,
) => Promise<readonly { readonly id: string; readonly name: Bilingual }[]>;

export interface ReminderChoice {
  readonly serviceId: string;
  readonly name: Bilingual;
  /** Whole days before an appointment, the farthest first; empty: never. */
  readonly days: readonly number[];
  /** Whether somebody chose them, or they are what serves where nobody did. */
  readonly chosen: boolean;
}

/** How far ahead each service calls its appointments to mind. */
export async function listReminders(
  call: Call,
  services: ServiceDirectory,
): Promise<ReminderChoice[]> {
  authorise(call.actor, 'administrator');
  const [all, chosen] = await Promise.all([services(call), chosenReminderDays(call.database)]);
  return all.map(({ id, name }) => ({
    serviceId: id,
    name,
    days: chosen.get(id) ?? DEFAULT_REMINDER_DAYS,
    chosen: chosen.has(id),
  }));
}

/**
 * Chooses them for one service; appointments made before keep theirs.
 * @param days whole, each once @throws {Problem} 404 when there is no such service
 */
export async function chooseReminders(
  call: Call,
  services: ServiceDirectory,
  wanted: { readonly serviceId: string; readonly days: readonly number[] },
): Promise<readonly number[]> {
  authorise(call.actor, 'administrator');
  const known = await services(call);
  if (!known.some(({ id }) => id === wanted.serviceId)) throw notFound();
  const days = [...new Set(wanted.days)].sort((a, b) => b - a);
  await call.database.transaction(async (transaction) => {
    await saveReminderDays(transaction, {
      serviceId: wanted.serviceId,
      days,
      editedBy: actorId(call.actor) ?? null,
      editedAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'choose-reminders',
      subjectKind: 'service',
      subjectId: wanted.serviceId,
      detail: { days },
    });
  });
  return days;
}
