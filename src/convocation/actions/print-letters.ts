import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { codeOf } from '../rules/code.ts';
import { isPostal } from '../rules/sending.ts';
import type { Campaign } from '../store/campaigns.ts';
import { noteConvocationPrinted } from '../store/convocations.ts';
import { notePrinted } from '../store/invitations.ts';
import { campaignToChange } from './reach.ts';
import { type Followed, readCampaign } from './read-campaign.ts';
import { type JudgedConvocation, readConvocation } from './read-convocation.ts';

/** A letter with the code that only the letter carries. */
export interface InvitationLetter {
  readonly invited: Followed;
  readonly code: string;
}

/**
 * The letters of a campaign whose people were invited by post and have not answered. Codes are derived
 * anew, so that a sheet that was spoiled can be printed again. @throws {Problem} 401, 403; 404
 */
export async function listLetters(
  call: Call,
  campaignId: string,
): Promise<{ readonly campaign: Campaign; readonly letters: readonly InvitationLetter[] }> {
  await campaignToChange(call, campaignId);
  const { campaign, people } = await readCampaign(call, campaignId);
  const letters: InvitationLetter[] = [];
  for (const invited of people) {
    if (!isPostal(invited.format) || invited.followUp !== 'pending') continue;
    letters.push({ invited, code: await codeOf(call.secrets, 'invitation', invited.id) });
  }
  return { campaign, letters };
}

/** Notes that the letters of a campaign were printed; the first print counts. @returns how many */
export async function markPrinted(call: Call, campaignId: string): Promise<number> {
  const { letters } = await listLetters(call, campaignId);
  const ids = letters.map(({ invited }) => invited.id);
  if (ids.length === 0) return 0;
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await notePrinted(transaction, ids, call.clock.now());
    await audit(transaction, call, {
      action: 'print-invitations',
      subjectKind: 'campaign',
      subjectId: campaignId,
      detail: { letters: ids.length },
    });
  });
  return ids.length;
}

/** The letter of a convocation that has its date. @throws {Problem} 401, 403; 404 */
export async function convocationLetter(
  call: Call,
  id: string,
): Promise<{ readonly convocation: JudgedConvocation; readonly code: string }> {
  const convocation = await readConvocation(call, id);
  authoriseOffice(call.actor, convocation.officeId);
  if (convocation.startsAt === null) throw notFound();
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const first = await noteConvocationPrinted(transaction, id, call.clock.now());
    if (!first) return;
    await audit(transaction, call, {
      action: 'print-convocation',
      subjectKind: 'convocation',
      subjectId: id,
    });
  });
  return { convocation, code: await codeOf(call.secrets, 'convocation', id) };
}
