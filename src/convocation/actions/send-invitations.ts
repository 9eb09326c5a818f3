import { type AuditEntry, audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Channel as NoticeChannel } from '../../notices/channel.ts';
import type { Notice } from '../../notices/kind.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { midnight, wall } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { invitationReminder, invitationSent } from '../notices.ts';
import { isReachable } from '../rules/addresses.ts';
import { codeOf } from '../rules/code.ts';
import { isPostal, refusalOf, remindsNow } from '../rules/sending.ts';
import { type Campaign, campaignById } from '../store/campaigns.ts';
import { type DueInvitation, lockDue, lockToRemind, setInvitation } from '../store/invitations.ts';
import { type Invited, invitedById, type Standing, standingOf } from '../store/people.ts';

/** Invitations that one transaction sends: a process that is killed loses none and repeats none. */
const BATCH = 50;
/** Batches of one run, so that other tasks of the minute get their turn. */
const BATCHES = 10;

/**
 * Sends the invitations that fell due, a batch at a time. Each is judged again at that moment: who
 * booked meanwhile, was archived or got the same message within a day is not written to. Safe to
 * repeat and to run in several processes.
 */
export async function sendInvitations(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  for (let batch = 0; batch < BATCHES; batch++) {
    const sent = await call.database.transaction((transaction) =>
      sendBatch(transaction as Database, call),
    );
    if (sent < BATCH) return;
  }
}

async function sendBatch(transaction: Database, call: Call): Promise<number> {
  const due = await lockDue(transaction, call.clock.now(), BATCH);
  const campaigns = new Map<string, Campaign>();
  const notices: Notice[] = [];
  const audits: AuditEntry[] = [];
  for (const one of due) {
    const campaign =
      campaigns.get(one.campaignId) ?? (await campaignById(transaction, one.campaignId))!;
    campaigns.set(campaign.id, campaign);
    // Read one by one: the same person may be on two lists of this very batch.
    const standing = await standingOf(transaction, one.serviceId, [one.personId], call.clock.now());
    const { entry, notice } = await send(
      transaction,
      call,
      campaign,
      one,
      standing.get(one.personId)!,
    );
    audits.push(entry);
    if (notice) notices.push(notice);
  }
  if (due.length > 0) {
    await enqueue(transaction, call, ...notices);
    await audit(transaction, call, ...audits);
  }
  return due.length;
}

async function send(
  transaction: Database,
  call: Call,
  campaign: Campaign,
  due: DueInvitation,
  standing: Standing,
): Promise<{ entry: AuditEntry; notice: Notice | undefined }> {
  const now = call.clock.now();
  const refusal = refusalOf(
    {
      archived: standing.archived,
      competentOfficeId: standing.competentOfficeId ?? undefined,
      officeIds: campaign.offices.map(({ id }) => id),
      hasOpenAppointment: standing.hasOpenAppointment,
      format: due.format,
      reachable: isReachable(due.format, due),
      sentInFormat: standing.sent.filter((one) => one.format === due.format).map(({ at }) => at),
    },
    now,
  );
  const entry = { subjectKind: 'invitation', subjectId: due.id };
  if (refusal) {
    await setInvitation(transaction, due.id, { state: 'refused', refusal, sendAt: null });
    return {
      entry: { ...entry, action: 'refuse-invitation', detail: { refusal } },
      notice: undefined,
    };
  }
  const expiresAt = midnight(campaign.closesOn, 1);
  await setInvitation(transaction, due.id, { state: 'sent', sentAt: now, expiresAt });
  const invited = (await invitedById(transaction, due.id))!;
  return {
    entry: { ...entry, action: 'send-invitation', detail: { format: due.format } },
    notice: await noticeOf(call, invitationSent, campaign, invited),
  };
}

/** The message that carries the code; letters have none, they are printed. */
async function noticeOf(
  call: Call,
  kind: typeof invitationSent,
  campaign: Campaign,
  invited: Invited,
): Promise<Notice | undefined> {
  if (isPostal(invited.format) || invited.recipient === null) return undefined;
  return kind.to({
    channel: invited.format as NoticeChannel,
    recipient: invited.recipient,
    locale: invited.locale,
    subjectId: invited.id,
    serviceId: campaign.service.id,
    officeId: invited.officeId,
    facts: {
      code: await codeOf(call.secrets, 'invitation', invited.id),
      service: campaign.service.name[invited.locale],
      offices: campaign.offices.map(({ name }) => name),
      until: invited.expiresAt!,
      text: campaign.template,
    },
  });
}

/**
 * Reminds, on the third day, whoever was invited and has not booked. Safe to repeat and to run in
 * several processes.
 */
export async function remindInvited(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  // The third day after the sending, whatever the hour: the rule picks among these.
  const sent = {
    from: wall(now).minus({ days: 4 }).toMillis(),
    until: wall(now).minus({ days: 3 }).toMillis(),
  };
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    for (const one of await lockToRemind(transaction, sent, BATCH * BATCHES)) {
      if (!remindsNow(one, now)) continue;
      const invited = (await invitedById(transaction, one.id))!;
      const campaign = (await campaignById(transaction, invited.campaignId))!;
      const notice = await noticeOf(call, invitationReminder, campaign, invited);
      if (!notice) continue;
      await setInvitation(transaction, one.id, { remindedAt: now });
      await enqueue(transaction, call, notice);
      await audit(transaction, call, {
        action: 'remind-invited',
        subjectKind: 'invitation',
        subjectId: one.id,
      });
    }
  });
}
