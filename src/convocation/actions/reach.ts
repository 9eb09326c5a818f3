import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type Campaign, campaignById } from '../store/campaigns.ts';

/** Offices whose people the caller may see: an operator's own; undefined for all. */
export function officesInReach({ actor }: Call): readonly string[] | undefined {
  authorise(actor, 'operator', 'administrator', 'system');
  return actor.kind === 'operator' ? actor.officeIds : undefined;
}

/**
 * A campaign that the caller may see: one of its offices is theirs.
 * @throws {Problem} 401, 403; 404 unknown or of others
 */
export async function campaignToRead(call: Call, id: string): Promise<Campaign> {
  const reach = officesInReach(call);
  const found = await campaignById(call.database, id);
  if (!found) throw notFound();
  if (reach && !found.offices.some((office) => reach.includes(office.id))) throw notFound();
  return found;
}

/**
 * A campaign that the caller may change: all of its offices are theirs.
 * @throws {Problem} 401, 403; 404 unknown or of others
 */
export async function campaignToChange(call: Call, id: string): Promise<Campaign> {
  const found = await campaignToRead(call, id);
  for (const office of found.offices) authoriseOffice(call.actor, office.id);
  return found;
}
