import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { insertOpeningRequest, openingRequestById, settleRequest } from '../store/invitations.ts';
import { forecastCapacity } from './forecast-capacity.ts';
import { tellOffice } from './open-invitation.ts';
import { campaignToChange } from './reach.ts';

/**
 * Asks the offices of a campaign for the time that its forecast says is missing, shared among them.
 * Asked again before it is settled it changes nothing. @throws {Problem} 401, 403; 404
 */
export async function askForOpenings(call: Call, campaignId: string): Promise<void> {
  const campaign = await campaignToChange(call, campaignId);
  const { missing } = await forecastCapacity(call, campaignId);
  if (missing === 0) return;
  const each = Math.ceil(missing / campaign.offices.length);
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    for (const office of campaign.offices) {
      const added = await insertOpeningRequest(transaction, {
        id: call.ids(),
        campaignId,
        officeId: office.id,
        missing: each,
        askedAt: call.clock.now(),
      });
      if (added) await tellOffice(transaction, call, campaign, office, each);
    }
    await audit(transaction, call, {
      action: 'ask-for-openings',
      subjectKind: 'campaign',
      subjectId: campaignId,
      detail: { missing },
    });
  });
}

/** Notes that a want of time was seen to. Again changes nothing. @throws {Problem} 401, 403; 404 */
export async function settleOpeningRequest(call: Call, id: string): Promise<void> {
  const found = await openingRequestById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await settleRequest(transaction, id, {
      who: actorId(call.actor) ?? call.actor.kind,
      at: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'settle-opening-request',
      subjectKind: 'opening-request',
      subjectId: id,
    });
  });
}
