import { sql } from 'drizzle-orm';
import { type Database, statement } from '../../platform/database.ts';
import { DEFAULT_REMINDER_DAYS } from '../rules/reminders.ts';
import { noticeReminder } from '../table.ts';

const daysOf = statement<{ days: readonly number[] }, { serviceId: string }>(
  (value) =>
    sql`select to_json(days) as days from notice_reminder where service_id = ${value('serviceId')}`,
);

/** How many days before its appointments a service calls them to mind; see `remindersOf`. */
export async function reminderDays(
  database: Database,
  serviceId: string,
): Promise<readonly number[]> {
  const [found] = await daysOf(database, { serviceId });
  return found?.days ?? DEFAULT_REMINDER_DAYS;
}

/** Every service that chose for itself. */
export async function chosenReminderDays(
  database: Database,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = await database.select().from(noticeReminder);
  return new Map(found.map(({ serviceId, days }) => [serviceId, days]));
}

export async function saveReminderDays(
  transaction: Database,
  row: typeof noticeReminder.$inferInsert,
): Promise<void> {
  const { serviceId: _, ...chosen } = row;
  await transaction
    .insert(noticeReminder)
    .values(row)
    .onConflictDoUpdate({ target: noticeReminder.serviceId, set: chosen });
}
