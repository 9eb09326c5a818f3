import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { editedMeanwhile, type FieldFault, invalid } from '../../platform/problem.ts';
import { campaignNotDraft } from '../problems.ts';
import type { Channel, Format } from '../rules/kinds.ts';
import { type Campaign, campaignById, insertCampaign, updateDraft } from '../store/campaigns.ts';
import { campaignToChange } from './reach.ts';

/** What an operator says of a campaign. */
export interface CampaignPlan {
  readonly title: string;
  readonly serviceId: string;
  readonly officeIds: readonly string[];
  /** Days of the window, both included. */
  readonly opensOn: IsoDate;
  readonly closesOn: IsoDate;
  readonly format: Format;
  readonly template: string;
  /** People invited at a time; all at once when absent. */
  readonly waveSize: number | undefined;
  readonly waveDays: number;
  readonly convokes: boolean;
  readonly convocationChannel: Channel;
  readonly termDays: number;
  readonly noticeDays: number;
}

/**
 * Writes down a new campaign, or changes one that was not launched yet.
 * @throws {Problem} 401, 403; 404; 409 launched already; 412 edited meanwhile; 422
 */
export async function saveCampaign(
  call: Call,
  plan: CampaignPlan,
  existing?: { readonly id: string; readonly version: number },
): Promise<Campaign> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  for (const officeId of plan.officeIds) authoriseOffice(call.actor, officeId);
  await checkPlan(call, plan);
  const { officeIds, waveSize, ...rest } = plan;
  const row = { ...rest, waveSize: waveSize ?? null };
  const id = existing?.id ?? call.ids();
  if (existing) {
    const campaign = await campaignToChange(call, id);
    if (campaign.state !== 'draft') throw campaignNotDraft();
  }
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    if (existing) {
      const changed = await updateDraft(transaction, id, existing.version, row, officeIds);
      if (!changed) throw editedMeanwhile();
    } else {
      const createdBy = actorId(call.actor) ?? call.actor.kind;
      await insertCampaign(
        transaction,
        { ...row, id, createdBy, createdAt: call.clock.now() },
        officeIds,
      );
    }
    await audit(transaction, call, {
      action: existing ? 'change-campaign' : 'create-campaign',
      subjectKind: 'campaign',
      subjectId: id,
      detail: { format: plan.format, opens_on: plan.opensOn, closes_on: plan.closesOn },
    });
  });
  return (await campaignById(call.database, id))!;
}

async function checkPlan(call: Call, plan: CampaignPlan): Promise<void> {
  const errors: FieldFault[] = [];
  const italian = call.locale === 'it';
  const reject = (pointer: string, it: string, en: string) =>
    errors.push({ pointer, detail: italian ? it : en });
  if (plan.closesOn < plan.opensOn) {
    reject('/closes_on', 'Viene prima dell’inizio.', 'It comes before the beginning.');
  }
  if (plan.closesOn < dayOf(call.clock.now())) {
    reject('/closes_on', 'È già passato.', 'It has passed already.');
  }
  if (!(await serviceById(call.database, plan.serviceId))) {
    reject('/service_id', 'Servizio sconosciuto.', 'Unknown service.');
  }
  if (plan.officeIds.length === 0) {
    reject('/office_ids', 'Scegli almeno un ufficio.', 'Choose at least one office.');
  }
  for (const officeId of plan.officeIds) {
    if (!(await officeById(call.database, officeId))) {
      reject('/office_ids', 'Ufficio sconosciuto.', 'Unknown office.');
    }
  }
  if (errors.length > 0) throw invalid({ errors });
}
