import { firstStarts } from '../../booking/actions/joint-starts.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import { audit } from '../../identity/audit.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf, type Instant, type Interval, midnight } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { noTimeForInvited } from '../notices.ts';
import { codeNotRecognised } from '../problems.ts';
import { codeDigest } from '../rules/code.ts';
import { type Campaign, campaignById } from '../store/campaigns.ts';
import {
  insertOpeningRequest,
  noteOpened,
  requestsOnDay,
  setInvitation,
} from '../store/invitations.ts';
import { type Invited, invitedByDigest } from '../store/people.ts';
import { followed } from './read-campaign.ts';

/** An invitation as its code opens it. */
export interface OpenInvitation {
  readonly invited: Invited;
  readonly campaign: Campaign;
  /** Where its times lie: from the campaign's first day to the end of the code. */
  readonly window: Interval;
}

/**
 * The invitation that a code opens. Codes that are wrong, used, withdrawn or expired are answered
 * alike, after the same lookup. @throws {Problem} 404
 */
export async function openInvitation(call: Call, code: string): Promise<OpenInvitation> {
  const digest = await codeDigest(call.secrets, code);
  const invited = await invitedByDigest(call.database, digest);
  if (!invited || !isGood(call, invited)) throw codeNotRecognised();
  const campaign = (await campaignById(call.database, invited.campaignId))!;
  return { invited, campaign, window: windowOf(call, campaign, invited.expiresAt!) };
}

function isGood(call: Call, invited: Invited): boolean {
  return !invited.archived && followed(call, invited).followUp === 'pending';
}

function windowOf(call: Call, { opensOn, service }: Campaign, until: Instant): Interval {
  const bookable = bookableWindow(service, call.clock.now());
  const start = Math.max(bookable.start, midnight(opensOn));
  return { start, end: Math.max(start, Math.min(bookable.end, until)) };
}

/** What a code opened, and the first time that can be booked with it, if any. */
export interface Redeemed extends OpenInvitation {
  readonly earliest: Instant | undefined;
}

/**
 * Opens an invitation for the person who has its code. When there is no time for them, that is noted,
 * the code is prolonged and the office told: see {@link askForTime}. @throws {Problem} 404
 */
export async function redeemInvitation(call: Call, code: string): Promise<Redeemed> {
  const opened = await openInvitation(call, code);
  await noteOpened(call.database, opened.invited.id, call.clock.now());
  const { campaign, window } = opened;
  const officeIds = campaign.offices.map(({ id }) => id);
  const [first] = await firstStarts(call.database, campaign.service, officeIds, window);
  if (first) return { ...opened, earliest: first.start };
  await askForTime(call, opened);
  return { ...(await openInvitation(call, code)), earliest: undefined };
}

/** Days for which a code stays good at least, after its person found nothing free. Ours. */
const PROLONGED_DAYS = 14;

/**
 * Notes that an invited person found no time: the request stands on the office's page, the code is
 * good for two more weeks, and the office gets a message, one a day for each campaign. Nothing of it
 * counts against the person; asked again it changes nothing.
 */
async function askForTime(call: Call, { invited, campaign }: OpenInvitation): Promise<void> {
  const now = call.clock.now();
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const about = { campaignId: campaign.id, officeId: invited.officeId };
    const told = await requestsOnDay(transaction, { ...about, since: midnight(dayOf(now)) });
    const added = await insertOpeningRequest(transaction, {
      ...about,
      id: call.ids(),
      invitationId: invited.id,
      missing: 1,
      askedAt: now,
    });
    if (!added) return;
    const expiresAt = Math.max(invited.expiresAt!, midnight(dayOf(now + PROLONGED_DAYS * DAY), 1));
    await setInvitation(transaction, invited.id, { expiresAt });
    const office = campaign.offices.find(({ id }) => id === invited.officeId);
    if (told === 0) await tellOffice(transaction, call, campaign, office, 1);
    await audit(transaction, call, {
      action: 'ask-for-time',
      subjectKind: 'invitation',
      subjectId: invited.id,
      detail: { campaign: campaign.id, office: office?.code },
    });
  });
}

/** The message to an office that time is missing; offices without an address have the page alone. */
export async function tellOffice(
  transaction: Database,
  call: Call,
  campaign: Campaign,
  office: Campaign['offices'][number] | undefined,
  missing: number,
): Promise<void> {
  if (office?.email === undefined) return;
  await enqueue(
    transaction,
    call,
    noTimeForInvited.to({
      recipient: office.email,
      locale: 'it',
      subjectId: campaign.id,
      serviceId: campaign.service.id,
      officeId: office.id,
      facts: { campaign: campaign.title, office: office.name, missing },
    }),
  );
}
