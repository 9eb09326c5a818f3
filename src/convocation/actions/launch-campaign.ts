import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { midnight } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import { campaignNotDraft, capacityMissing, nobodyListed, wavesTooLong } from '../problems.ts';
import { sendTimes } from '../rules/sending.ts';
import { lockCampaign, setCampaign } from '../store/campaigns.ts';
import { listedIds, queueInvitations, withdrawQueued } from '../store/invitations.ts';
import { foreseeCampaign } from './forecast-capacity.ts';
import { campaignToChange } from './reach.ts';

export interface Launch {
  readonly id: string;
  /** The version the caller saw; any when absent. */
  readonly version?: number | undefined;
  /** Why to launch although there is not time for everybody. */
  readonly overrideReason?: string | undefined;
}

/**
 * Launches a campaign: its people are queued and a task of the minute sends, so that hundreds do not
 * wait for one request. When two launch it at once, one does. Without time for everybody it is
 * refused, unless a reason is written, which stays with the campaign and in the audit trail.
 * @throws {Problem} 401, 403; 404; 409 launched already, nobody listed, not enough time; 412; 422
 */
export async function launchCampaign(call: Call, launch: Launch): Promise<void> {
  const campaign = await campaignToChange(call, launch.id);
  const now = call.clock.now();
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const locked = await lockCampaign(transaction, launch.id);
    if (!locked) throw notFound();
    if (locked.state !== 'draft') throw campaignNotDraft();
    if (launch.version !== undefined && locked.version !== launch.version) throw editedMeanwhile();
    const ids = await listedIds(transaction, launch.id);
    if (ids.length === 0) throw nobodyListed();
    const forecast = await foreseeCampaign(
      { ...call, database: transaction },
      campaign,
      ids.length,
    );
    const { people, seats, expected, available } = forecast;
    if (!forecast.enough && launch.overrideReason === undefined) {
      throw capacityMissing({ members: { people, seats, expected, available } });
    }
    const times = sendTimes(ids.length, { size: campaign.waveSize, days: campaign.waveDays }, now);
    if (times.at(-1)! >= midnight(campaign.closesOn, 1)) throw wavesTooLong();
    await queueInvitations(
      transaction,
      ids.map((id, index) => ({ id, sendAt: times[index]! })),
    );
    const overrideReason = forecast.enough ? null : (launch.overrideReason ?? null);
    await setCampaign(transaction, launch.id, {
      state: 'launched',
      launchedAt: now,
      forecast: { people, seats, expected },
      overrideReason,
    });
    await audit(transaction, call, {
      action: 'launch-campaign',
      subjectKind: 'campaign',
      subjectId: launch.id,
      detail: { people, seats, expected, override_reason: overrideReason },
    });
  });
}

/**
 * Stops a campaign: whoever was not invited yet will not be; codes that left stay good. Stopping it
 * again changes nothing. @returns how many are no longer invited
 * @throws {Problem} 401, 403; 404; 409 not launched
 */
export async function stopCampaign(call: Call, id: string): Promise<number> {
  await campaignToChange(call, id);
  return call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const locked = await lockCampaign(transaction, id);
    if (!locked) throw notFound();
    if (locked.state === 'draft') throw campaignNotDraft();
    if (locked.state === 'stopped') return 0;
    const withdrawn = await withdrawQueued(transaction, id);
    await setCampaign(transaction, id, { state: 'stopped' });
    await audit(transaction, call, {
      action: 'stop-campaign',
      subjectKind: 'campaign',
      subjectId: id,
      detail: { withdrawn },
    });
    return withdrawn;
  });
}
