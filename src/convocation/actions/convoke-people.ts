import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { personById } from '../../identity/store.ts';
import { officeById } from '../../network/store.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { Problem } from '../../platform/problem.ts';
import { alreadyConvoked, hasAppointment, notReachable } from '../problems.ts';
import { isReachable, recipientBy } from '../rules/addresses.ts';
import { codeDigest, codeOf } from '../rules/code.ts';
import { isConvocable } from '../rules/follow-up.ts';
import type { Channel } from '../rules/kinds.ts';
import { convokesNow, NOTICE_DAYS } from '../rules/terms.ts';
import { type Campaign, convokingCampaigns } from '../store/campaigns.ts';
import { type Convocation, convocationById, insertConvocation } from '../store/convocations.ts';
import { invitedOf, standingOf } from '../store/people.ts';
import { campaignToChange } from './reach.ts';
import { type Followed, followed, readCampaign } from './read-campaign.ts';
import { seatConvocation } from './seat-convocations.ts';

export interface Convoking {
  readonly personId: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly channel: Channel;
  readonly noticeDays?: number | undefined;
  /** PEC address, where the channel is PEC. */
  readonly pec?: string | undefined;
  readonly postalAddress?: string | undefined;
  /** The date agreed with the person; the earliest that leaves the notice when absent. */
  readonly start?: Instant | undefined;
}

/**
 * Convokes one person: reserves a date and, where the channel is one that leaves by itself, sends the
 * convocation. When nothing is free yet it stays without a date and is tried again each hour.
 * @throws {Problem} 401, 403; 404; 409 convoked already, or has an appointment; 409, 422 for a date
 *   given that is not free; 422 no address for the channel
 */
export async function convokePerson(call: Call, wanted: Convoking): Promise<Convocation> {
  authoriseOffice(call.actor, wanted.officeId);
  const [person, service, office, standing] = await Promise.all([
    personById(call.database, wanted.personId),
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    standingOf(call.database, wanted.serviceId, [wanted.personId], call.clock.now()),
  ]);
  if (!person || !service || !office)
    throw unknownAmong(call.locale, {
      '/person_id': person,
      '/service_id': service,
      '/office_id': office,
    });
  if (standing.get(person.id)!.hasOpenAppointment) throw hasAppointment();
  const postalAddress = wanted.postalAddress ?? null;
  const recipient = recipientBy(wanted.channel, {
    ...person,
    personId: person.id,
    pec: wanted.pec,
    postalAddress,
  });
  // Paper may be addressed when it is printed; what leaves by itself needs to know where to now.
  const onPaper = wanted.channel === 'registered' || wanted.channel === 'letter';
  if (!onPaper && !isReachable(wanted.channel, { recipient, postalAddress })) throw notReachable();
  const id = call.ids();
  const row = await convocationRow(call, id, {
    ...wanted,
    campaignId: null,
    recipient,
    postalAddress,
    noticeDays: wanted.noticeDays ?? NOTICE_DAYS,
  });
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    if (!(await insertConvocation(transaction, row))) throw alreadyConvoked();
    await audit(transaction, call, convoked(id, wanted.channel));
  });
  try {
    await seatConvocation(call, id, wanted.start);
  } catch (error) {
    // A date that was given and cannot be had is said; without one it is looked for again.
    if (wanted.start !== undefined || !(error instanceof Problem)) throw error;
  }
  return (await convocationById(call.database, id))!;
}

const convoked = (id: string, channel: Channel) => ({
  action: 'convoke',
  subjectKind: 'convocation',
  subjectId: id,
  detail: { channel },
});

async function convocationRow(
  call: Call,
  id: string,
  wanted: {
    readonly personId: string;
    readonly serviceId: string;
    readonly officeId: string;
    readonly campaignId: string | null;
    readonly channel: Channel;
    readonly recipient: string | null;
    readonly postalAddress: string | null;
    readonly noticeDays: number;
  },
) {
  const now = call.clock.now();
  const { personId, serviceId, officeId, campaignId, channel, recipient, postalAddress } = wanted;
  return {
    id,
    personId,
    serviceId,
    officeId,
    campaignId,
    channel,
    recipient,
    postalAddress,
    noticeDays: wanted.noticeDays,
    codeDigest: await codeDigest(call.secrets, await codeOf(call.secrets, 'convocation', id)),
    appointmentId: call.ids(),
    createdBy: actorId(call.actor) ?? call.actor.kind,
    createdAt: now,
    retryAt: now,
  };
}

/** The people of a campaign whom the office may convoke now, in the order of the list. */
export async function convocable(call: Call, campaignId: string): Promise<Followed[]> {
  const { people } = await readCampaign(call, campaignId);
  return people.filter(mayBeConvoked);
}

function mayBeConvoked(one: Followed): boolean {
  const open = one.convocation !== undefined && one.convocation.state !== 'closed';
  return isConvocable(one.followUp) && !open && !one.archived;
}

/**
 * Convokes many people of a campaign: those named, or all who may be. They are written down in one
 * transaction and seated by the task of the minute; repeated, it convokes nobody twice.
 * @returns how many were convoked @throws {Problem} 401, 403; 404
 */
export async function convokePeople(
  call: Call,
  wanted: { readonly campaignId: string; readonly invitationIds?: readonly string[] | undefined },
): Promise<number> {
  const campaign = await campaignToChange(call, wanted.campaignId);
  const people = (await convocable(call, wanted.campaignId)).filter(
    ({ id }) => wanted.invitationIds === undefined || wanted.invitationIds.includes(id),
  );
  return writeDown(call, campaign, people);
}

async function writeDown(
  call: Call,
  campaign: Campaign,
  people: readonly Followed[],
): Promise<number> {
  return call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    let written = 0;
    for (const one of people) {
      const id = call.ids();
      const channel = campaign.convocationChannel;
      const person = await personById(transaction, one.personId);
      const row = await convocationRow(call, id, {
        personId: one.personId,
        serviceId: campaign.service.id,
        officeId: one.officeId,
        campaignId: campaign.id,
        channel,
        recipient: recipientBy(channel, {
          personId: one.personId,
          email: person?.email,
          phone: person?.phone,
          pec: one.format === 'pec' ? one.recipient : null,
          postalAddress: one.postalAddress,
        }),
        postalAddress: one.postalAddress,
        noticeDays: campaign.noticeDays,
      });
      if (!(await insertConvocation(transaction, row))) continue;
      await audit(transaction, call, convoked(id, channel));
      written += 1;
    }
    return written;
  });
}

/**
 * Convokes by itself, in the campaigns that ask for it, whoever did not answer and whose term is
 * near: once for each campaign, and not while the person waits for the office to open time. Safe to
 * repeat and to run in several processes.
 */
export async function convokeDue(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  for (const campaign of await convokingCampaigns(call.database)) {
    const { termDays, noticeDays } = campaign;
    const due = (await invitedOf(call.database, [campaign.id]))
      .map((one) => followed(call, one))
      .filter((one) => mayBeConvoked(one) && one.convocation === undefined && !one.asksForTime)
      .filter((one) => {
        const from = one.termFrom ?? dayOf(one.sentAt ?? campaign.createdAt);
        return convokesNow({ from, termDays, noticeDays }, now);
      });
    await writeDown(call, campaign, due);
  }
}
