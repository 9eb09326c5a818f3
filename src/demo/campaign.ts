import { and, asc, desc, eq, exists, gte, sql } from 'drizzle-orm';
import { appointment } from '../booking/table.ts';
import { codeDigest, codeOf } from '../convocation/rules/code.ts';
import {
  campaign,
  campaignOffice,
  convocation,
  deliveryProof,
  invitation,
} from '../convocation/table.ts';
import { person } from '../identity/table.ts';
import { office } from '../network/table.ts';
import type { Call } from '../platform/call.ts';
import { DAY, dayOf } from '../platform/clock.ts';
import { DEMO_JOBSEEKER, DEMO_OFFICE } from './logins.ts';

/** How many people of the campaign are where; ours, for a page that shows each state. */
const SHARES = [
  { state: 'seen', count: 4 },
  { state: 'confirmed', count: 4 },
  { state: 'absent', count: 2 },
] as const;
/** Days since the campaign began, and until it ends. */
const BEGAN = 120;
const ENDS = 90;

/**
 * A small campaign under way at the office that visitors enter, made of people and appointments that
 * the demonstration has already; and a convocation by registered letter. The last person on its list
 * is invited by the first run of the minute, so that the message can be read and tried.
 */
export async function writeDemoCampaign(
  call: Call,
  services: ReadonlyMap<string, string>,
): Promise<void> {
  const { database } = call;
  const now = call.clock.now();
  const serviceId = services.get('primo-colloquio')!;
  const [found] = await database
    .select({ id: office.id })
    .from(office)
    .where(eq(office.code, DEMO_OFFICE));
  if (!found) return;
  const officeId = found.id;
  const campaignId = call.ids();
  const beganAt = now - BEGAN * DAY;
  await database.insert(campaign).values({
    id: campaignId,
    title: 'Primi colloqui (dimostrazione)',
    serviceId,
    state: 'launched',
    format: 'email',
    opensOn: dayOf(beganAt),
    closesOn: dayOf(now + ENDS * DAY),
    createdBy: 'demo',
    createdAt: beganAt,
    launchedAt: beganAt,
    demo: true,
  });
  await database.insert(campaignOffice).values({ campaignId, officeId });

  const people = new Map<string, { email: string | null; sentAt: number | null }>();
  for (const { state, count } of SHARES) {
    const shown = await database
      .selectDistinctOn([appointment.personId], { id: person.id, email: person.email })
      .from(appointment)
      .innerJoin(person, eq(person.id, appointment.personId))
      .where(
        and(
          eq(appointment.officeId, officeId),
          eq(appointment.serviceId, serviceId),
          eq(appointment.state, state),
          gte(appointment.createdAt, beganAt),
        ),
      )
      .orderBy(asc(appointment.personId))
      .limit(count);
    for (const { id, email } of shown) people.set(id, { email, sentAt: beganAt });
  }
  const own = await database
    .select({ id: person.id, email: person.email })
    .from(person)
    .where(and(eq(person.demo, true), eq(person.email, DEMO_JOBSEEKER.email)))
    .limit(1);
  for (const { id, email } of own) people.set(id, { email, sentAt: null });

  const rows = [];
  for (const [personId, { email, sentAt }] of people) {
    const id = call.ids();
    rows.push({
      id,
      campaignId,
      personId,
      serviceId,
      officeId,
      position: rows.length,
      format: 'email' as const,
      state: sentAt === null ? ('queued' as const) : ('sent' as const),
      recipient: email,
      codeDigest: await codeDigest(call.secrets, await codeOf(call.secrets, 'invitation', id)),
      appointmentId: call.ids(),
      sendAt: sentAt === null ? now : null,
      sentAt,
      openedAt: sentAt === null ? null : sentAt + DAY,
      expiresAt: sentAt === null ? null : now + ENDS * DAY,
    });
  }
  if (rows.length > 0) await database.insert(invitation).values(rows);
  await writeDemoConvocation(call, { serviceId, officeId, campaignId });
}

/** The last appointment ahead, as if it had been imposed by a registered letter on its way. */
async function writeDemoConvocation(
  call: Call,
  about: { readonly serviceId: string; readonly officeId: string; readonly campaignId: string },
): Promise<void> {
  const { database } = call;
  const now = call.clock.now();
  const [last] = await database
    .select({ id: appointment.id, personId: appointment.personId })
    .from(appointment)
    .where(
      and(
        eq(appointment.officeId, about.officeId),
        eq(appointment.serviceId, about.serviceId),
        eq(appointment.state, 'confirmed'),
        exists(
          database
            .select({ one: sql`1` })
            .from(invitation)
            .where(
              and(
                eq(invitation.campaignId, about.campaignId),
                eq(invitation.personId, appointment.personId),
              ),
            ),
        ),
      ),
    )
    .orderBy(desc(appointment.startsAt))
    .limit(1);
  if (!last?.personId) return;
  const id = call.ids();
  const sentAt = now - 5 * DAY;
  await database.insert(convocation).values({
    ...about,
    id,
    personId: last.personId,
    state: 'open',
    channel: 'registered',
    postalAddress: 'Via della Dimostrazione 1\n90100 Palermo PA',
    noticeDays: 7,
    codeDigest: await codeDigest(call.secrets, await codeOf(call.secrets, 'convocation', id)),
    appointmentId: last.id,
    createdBy: 'demo',
    createdAt: sentAt,
    retryAt: sentAt,
    sentAt,
  });
  await database.insert(deliveryProof).values({
    id: call.ids(),
    convocationId: id,
    kind: 'registered_posted',
    happenedOn: dayOf(sentAt),
    reference: 'RA dimostrativa 0001',
    recordedBy: 'demo',
    recordedAt: sentAt,
  });
}
