import type { Call } from '../../platform/call.ts';
import {
  type FollowUp,
  type Funnel,
  followUpOf,
  funnelOf,
  type NextStep,
  nextStep,
} from '../rules/follow-up.ts';
import { type Campaign, campaignsOf } from '../store/campaigns.ts';
import { type OpeningRequest, openRequests } from '../store/invitations.ts';
import { type Invited, invitedOf } from '../store/people.ts';
import { campaignToRead, officesInReach } from './reach.ts';

/** A person of a campaign and where they stand. */
export interface Followed extends Invited {
  readonly followUp: FollowUp;
  readonly next: NextStep;
}

/** Where a person stands at this moment. */
export function followed(call: Call, invited: Invited): Followed {
  const followUp = followUpOf(
    {
      invitation: { state: invited.state, expiresAt: invited.expiresAt ?? undefined },
      appointment: invited.appointment,
    },
    call.clock.now(),
  );
  return { ...invited, followUp, next: nextStep(followUp) };
}

function funnel(people: readonly Followed[]): Funnel {
  return funnelOf(
    people.map((one) => ({
      followUp: one.followUp,
      sent: one.sentAt !== null,
      opened: one.openedAt !== null,
      appointment: one.appointment !== undefined,
    })),
  );
}

export interface CampaignFile {
  readonly campaign: Campaign;
  /** Those of the caller's offices. */
  readonly people: readonly Followed[];
  readonly funnel: Funnel;
}

/** A campaign with its people. @throws {Problem} 401, 403; 404 */
export async function readCampaign(call: Call, id: string): Promise<CampaignFile> {
  const campaign = await campaignToRead(call, id);
  const people = (await invitedOf(call.database, [id], officesInReach(call))).map((one) =>
    followed(call, one),
  );
  return { campaign, people, funnel: funnel(people) };
}

/** Campaigns that a list shows at most: the latest. */
const LISTED = 50;

export interface CampaignList {
  readonly campaigns: readonly { readonly campaign: Campaign; readonly funnel: Funnel }[];
  /** Time that invited people, or the desk, look for in vain. */
  readonly requests: readonly OpeningRequest[];
}

/** The campaigns of the caller's offices, the latest first. @throws {Problem} 401, 403 */
export async function listCampaigns(call: Call): Promise<CampaignList> {
  const reach = officesInReach(call);
  const campaigns = await campaignsOf(call.database, reach, LISTED);
  const people = await invitedOf(
    call.database,
    campaigns.map(({ id }) => id),
    reach,
  );
  return {
    campaigns: campaigns.map((campaign) => ({
      campaign,
      funnel: funnel(
        people
          .filter(({ campaignId }) => campaignId === campaign.id)
          .map((one) => followed(call, one)),
      ),
    })),
    requests: await openRequests(call.database, reach),
  };
}
