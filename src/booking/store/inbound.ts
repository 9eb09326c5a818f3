import { and, count, eq, gt, sql } from 'drizzle-orm';
import { outbox } from '../../notices/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { type Answer, inboundMessage } from '../table.ts';
import { type AppointmentView, appointmentById } from './appointments.ts';

/** Notes that a message came in; false when it came before. */
export async function noteMessage(
  transaction: Database,
  message: typeof inboundMessage.$inferInsert,
): Promise<boolean> {
  const noted = await transaction
    .insert(inboundMessage)
    .values(message)
    .onConflictDoNothing()
    .returning({ id: inboundMessage.id });
  return noted.length > 0;
}

export async function settleMessage(
  transaction: Database,
  id: string,
  outcome: { readonly answer: Answer; readonly appointmentId: string | undefined },
): Promise<void> {
  await transaction.update(inboundMessage).set(outcome).where(eq(inboundMessage.id, id));
}

/** Appointments looked at for one number, the last to begin first. */
const MOST = 30;

/** The appointments that a number was sent text messages about. */
export async function appointmentsToldTo(
  database: Database,
  number: string,
): Promise<AppointmentView[]> {
  const found = await rows<{ id: string }>(
    database,
    sql`select a.id from appointment a
      where a.state <> 'held' and a.id in (select o.subject_id from outbox o
        where o.channel = 'sms' and o.recipient = ${number} and o.state = 'sent')
      order by a.starts_at desc, a.id limit ${MOST}`,
  );
  const views = await Promise.all(found.map(({ id }) => appointmentById(database, id)));
  return views.filter((one) => one !== undefined);
}

/** Whether a number was ever sent a text message. */
export async function wasWrittenTo(database: Database, number: string): Promise<boolean> {
  const [found] = await database
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.channel, 'sms'), eq(outbox.recipient, number), eq(outbox.state, 'sent')))
    .limit(1);
  return found !== undefined;
}

/** How many messages of a kind went, or are to go, to a number since an instant. */
export async function messagesSince(
  database: Database,
  about: { readonly kind: string; readonly number: string; readonly since: Instant },
): Promise<number> {
  const [found] = await database
    .select({ n: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.channel, 'sms'),
        eq(outbox.recipient, about.number),
        eq(outbox.kind, about.kind),
        gt(outbox.createdAt, about.since),
      ),
    );
  return found?.n ?? 0;
}
