import { and, desc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import type { Service } from '../../booking/service.ts';
import { toService } from '../../booking/store/services.ts';
import { service } from '../../booking/table.ts';
import { office } from '../../network/table.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { campaign, campaignOffice } from '../table.ts';

type Row = typeof campaign.$inferSelect;

/** An office that receives in a campaign. */
export interface CampaignOffice {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly region: string;
}

/** A campaign with its service and offices. */
export interface Campaign
  extends Omit<Row, 'serviceId' | 'waveSize' | 'forecast' | 'overrideReason' | 'launchedAt'> {
  readonly service: Service;
  readonly offices: readonly CampaignOffice[];
  readonly waveSize: number | undefined;
  readonly overrideReason: string | undefined;
  readonly launchedAt: Instant | undefined;
}

async function select(database: Database, where: SQL | undefined, limit = 1) {
  const found = await database
    .select({ campaign, service })
    .from(campaign)
    .innerJoin(service, eq(service.id, campaign.serviceId))
    .where(where)
    .orderBy(desc(campaign.createdAt), desc(campaign.id))
    .limit(limit);
  const offices = await officesOf(
    database,
    found.map((row) => row.campaign.id),
  );
  return found.map((row): Campaign => {
    const { serviceId: _, forecast: __, ...kept } = row.campaign;
    return {
      ...kept,
      service: toService(row.service),
      offices: offices.get(kept.id) ?? [],
      waveSize: kept.waveSize ?? undefined,
      overrideReason: kept.overrideReason ?? undefined,
      launchedAt: kept.launchedAt ?? undefined,
    };
  });
}

async function officesOf(database: Database, campaignIds: readonly string[]) {
  const gathered = new Map<string, CampaignOffice[]>();
  if (campaignIds.length === 0) return gathered;
  const found = await database
    .select({
      campaignId: campaignOffice.campaignId,
      id: office.id,
      code: office.code,
      name: office.name,
      email: office.email,
      region: sql<string>`(select region from comune where istat_code = ${office.seat})`,
    })
    .from(campaignOffice)
    .innerJoin(office, eq(office.id, campaignOffice.officeId))
    .where(inArray(campaignOffice.campaignId, [...campaignIds]))
    .orderBy(office.name);
  for (const { campaignId, email, ...one } of found) {
    const list = gathered.get(campaignId) ?? [];
    list.push({ ...one, email: email ?? undefined });
    gathered.set(campaignId, list);
  }
  return gathered;
}

export async function campaignById(database: Database, id: string): Promise<Campaign | undefined> {
  const [found] = await select(database, eq(campaign.id, id));
  return found;
}

/** The latest campaigns, of the offices named or of all. */
export async function campaignsOf(
  database: Database,
  officeIds: readonly string[] | undefined,
  limit: number,
): Promise<Campaign[]> {
  const theirs =
    officeIds &&
    exists(
      database
        .select({ one: sql`1` })
        .from(campaignOffice)
        .where(
          and(
            eq(campaignOffice.campaignId, campaign.id),
            inArray(campaignOffice.officeId, [...officeIds]),
          ),
        ),
    );
  return select(database, theirs, limit);
}

/** Campaigns that convoke by themselves and are under way. */
export async function convokingCampaigns(database: Database): Promise<Campaign[]> {
  return select(database, and(eq(campaign.state, 'launched'), eq(campaign.convokes, true)), 1000);
}

export async function insertCampaign(
  transaction: Database,
  row: typeof campaign.$inferInsert,
  officeIds: readonly string[],
): Promise<void> {
  await transaction.insert(campaign).values(row);
  await addOffices(transaction, row.id, officeIds);
}

/** Changes a draft. @returns whether it was still a draft of that version */
export async function updateDraft(
  transaction: Database,
  id: string,
  version: number,
  change: Partial<typeof campaign.$inferInsert>,
  officeIds: readonly string[],
): Promise<boolean> {
  const changed = await transaction
    .update(campaign)
    .set({ ...change, version: sql`${campaign.version} + 1` })
    .where(and(eq(campaign.id, id), eq(campaign.version, version), eq(campaign.state, 'draft')))
    .returning({ id: campaign.id });
  if (changed.length === 0) return false;
  await transaction.delete(campaignOffice).where(eq(campaignOffice.campaignId, id));
  await addOffices(transaction, id, officeIds);
  return true;
}

async function addOffices(transaction: Database, id: string, officeIds: readonly string[]) {
  await transaction
    .insert(campaignOffice)
    .values([...new Set(officeIds)].map((officeId) => ({ campaignId: id, officeId })));
}

/** Locks the campaign's row until the transaction ends. */
export async function lockCampaign(transaction: Database, id: string) {
  const [found] = await transaction
    .select({ state: campaign.state, version: campaign.version })
    .from(campaign)
    .where(eq(campaign.id, id))
    .for('update');
  return found;
}

export async function setCampaign(
  transaction: Database,
  id: string,
  change: Partial<typeof campaign.$inferInsert>,
): Promise<void> {
  await transaction
    .update(campaign)
    .set({ ...change, version: sql`${campaign.version} + 1` })
    .where(eq(campaign.id, id));
}
