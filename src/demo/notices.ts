import { asc, eq } from 'drizzle-orm';
import { bookedNotices } from '../booking/notices.ts';
import { appointmentById } from '../booking/store/appointments.ts';
import { appointment } from '../booking/table.ts';
import { person } from '../identity/table.ts';
import type { Channel } from '../notices/channel.ts';
import { outboxRow } from '../notices/outbox.ts';
import type { DeliveryStatus } from '../notices/rules/delivery.ts';
import { noticeDelivery, outbox } from '../notices/table.ts';
import type { Call } from '../platform/call.ts';
import { MINUTE } from '../platform/clock.ts';
import { DEMO_NEXT_IN_LINE } from './logins.ts';

/** One message of each channel, and one that came back: what an office would find in its list. */
const STORIES: readonly {
  readonly channel: Channel;
  readonly told: readonly DeliveryStatus[];
}[] = [
  { channel: 'email', told: ['sent'] },
  { channel: 'sms', told: ['sent', 'delivered'] },
  { channel: 'pec', told: ['sent', 'accepted', 'delivered'] },
  { channel: 'app_io', told: ['sent', 'read'] },
];

/** Messages about the next appointments of the demonstration operator, as if they had been sent. */
export async function writeNotices(call: Call): Promise<void> {
  for (const [index, { email }] of DEMO_NEXT_IN_LINE.entries()) {
    const story = STORIES[index % STORIES.length]!;
    const [next] = await call.database
      .select({ id: appointment.id })
      .from(appointment)
      .innerJoin(person, eq(person.id, appointment.personId))
      .where(eq(person.email, email))
      .orderBy(asc(appointment.startsAt))
      .limit(1);
    const view = next && (await appointmentById(call.database, next.id));
    if (!view) continue;
    const recipient = {
      email,
      sms: `+39333000000${index}`,
      pec: email.replace('@', '@pec.'),
      app_io: view.person?.id ?? '',
    }[story.channel];
    const now = call.clock.now();
    const sentAt = Math.min(view.createdAt, now - 10 * MINUTE);
    const [confirmation, ...reminders] = await bookedNotices(
      call.database,
      { ...view, locale: 'it' },
      { ...view, contactEmail: recipient },
      now,
    );
    const row = outboxRow(call, { ...confirmation!, channel: story.channel });
    await call.database
      .insert(outbox)
      .values([
        { ...row, state: 'sent', attempts: 1, dueAt: sentAt, sentAt, createdAt: sentAt },
        ...reminders.map((reminder) => outboxRow(call, { ...reminder, channel: story.channel })),
      ]);
    await call.database.insert(noticeDelivery).values(
      story.told.map((status, minutes) => ({
        id: call.ids(),
        outboxId: row.id,
        channel: story.channel,
        status,
        at: sentAt + minutes * MINUTE,
        recordedAt: sentAt + minutes * MINUTE,
        evidence: { report: 'demo' },
      })),
    );
  }
}
