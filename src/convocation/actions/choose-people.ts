import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { MOST_PEOPLE } from '../people-list.ts';
import { campaignNotDraft } from '../problems.ts';
import { recipientBy } from '../rules/addresses.ts';
import { codeDigest, codeOf } from '../rules/code.ts';
import { type Campaign, lockCampaign } from '../store/campaigns.ts';
import { clearList, insertInvitations } from '../store/invitations.ts';
import { findPeople, invitedOf, type PeopleFilter } from '../store/people.ts';
import type { invitation } from '../table.ts';
import { campaignToChange } from './reach.ts';

/** Somebody to be put on a campaign's list. */
export interface Listing {
  readonly personId: string;
  readonly officeId: string;
  readonly recipient: string | null;
  readonly postalAddress: string | null;
  readonly termFrom: string | null;
}

/**
 * Puts on the list of a campaign, up to a number, people who live in the bacini of its offices; those
 * who are on it already stay once. @returns how many were added
 * @throws {Problem} 401, 403; 404; 409 launched already
 */
export async function choosePeople(
  call: Call,
  campaignId: string,
  filter: Pick<PeopleFilter, 'comune' | 'history' | 'limit'>,
): Promise<number> {
  const campaign = await campaignToChange(call, campaignId);
  const wanted = {
    ...filter,
    officeIds: campaign.offices.map(({ id }) => id),
    serviceId: campaign.service.id,
  };
  const found = await findPeople(call.database, wanted, call.clock.now());
  return call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const added = await addToList(
      transaction,
      call,
      campaign,
      found.map((one) => ({
        personId: one.id,
        officeId: one.officeId,
        recipient: recipientBy(campaign.format, { ...one, personId: one.id }),
        postalAddress: one.postalAddress,
        termFrom: null,
      })),
    );
    await audit(transaction, call, {
      action: 'choose-people',
      subjectKind: 'campaign',
      subjectId: campaignId,
      detail: { added, history: filter.history },
    });
    return added;
  });
}

/** Takes everybody off the list of a draft. @throws {Problem} 401, 403; 404; 409 launched already */
export async function clearPeople(call: Call, campaignId: string): Promise<void> {
  await campaignToChange(call, campaignId);
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await lockDraft(transaction, campaignId);
    await clearList(transaction, campaignId);
    await audit(transaction, call, {
      action: 'clear-people',
      subjectKind: 'campaign',
      subjectId: campaignId,
    });
  });
}

/** Adds to the list inside the caller's transaction. @throws {Problem} 404; 409 launched already */
export async function addToList(
  transaction: Database,
  call: Call,
  campaign: Campaign,
  people: readonly Listing[],
): Promise<number> {
  await lockDraft(transaction, campaign.id);
  const listed = (await invitedOf(transaction, [campaign.id])).length;
  const room = people.slice(0, Math.max(0, MOST_PEOPLE - listed));
  const list = await Promise.all(
    room.map(async (one, index): Promise<typeof invitation.$inferInsert> => {
      const id = call.ids();
      return {
        ...one,
        id,
        campaignId: campaign.id,
        serviceId: campaign.service.id,
        position: listed + index,
        format: campaign.format,
        codeDigest: await codeDigest(call.secrets, await codeOf(call.secrets, 'invitation', id)),
        appointmentId: call.ids(),
      };
    }),
  );
  return insertInvitations(transaction, list);
}

/** How many people the list of a campaign still takes. */
export async function roomOnList(database: Database, campaignId: string): Promise<number> {
  return Math.max(0, MOST_PEOPLE - (await invitedOf(database, [campaignId])).length);
}

async function lockDraft(transaction: Database, campaignId: string): Promise<void> {
  const locked = await lockCampaign(transaction, campaignId);
  if (!locked) throw notFound();
  if (locked.state !== 'draft') throw campaignNotDraft();
}
