import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { personById } from '../../identity/store.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { convocationSent } from '../notices.ts';
import { convocationNotOpen, notReachable } from '../problems.ts';
import { isReachable, recipientBy } from '../rules/addresses.ts';
import type { Channel } from '../rules/kinds.ts';
import { convocationById, lockOpenConvocation, setConvocation } from '../store/convocations.ts';
import { type JudgedConvocation, readConvocation } from './read-convocation.ts';
import { messageOf } from './seat-convocations.ts';

export interface OtherConvoking {
  readonly convocationId: string;
  readonly channel: Channel;
  /** PEC address, where the channel is PEC. */
  readonly pec?: string | undefined;
  readonly postalAddress?: string | undefined;
}

/**
 * Convokes by another channel, or to another address, for the same date: what did not arrive sustains
 * nothing. What is still waiting to leave by the first is withdrawn; its proofs stay, and count only
 * for their own channel.
 * @throws {Problem} 401, 403; 404; 409 its date is past, or it has none; 422 no address for the channel
 */
export async function convokeOtherwise(
  call: Call,
  wanted: OtherConvoking,
): Promise<JudgedConvocation> {
  const found = await readConvocation(call, wanted.convocationId);
  authoriseOffice(call.actor, found.officeId);
  const person = await personById(call.database, found.personId);
  const { channel } = wanted;
  const postalAddress = wanted.postalAddress ?? found.postalAddress;
  const recipient = recipientBy(channel, {
    personId: found.personId,
    email: person?.email,
    phone: person?.phone,
    pec: wanted.pec ?? (found.channel === 'pec' ? found.recipient : null),
    postalAddress,
  });
  if (!isReachable(channel, { recipient, postalAddress })) throw notReachable();
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const open = await lockOpenConvocation(transaction, found.id);
    const past = found.startsAt === null || found.startsAt <= call.clock.now();
    if (!open || past) throw convocationNotOpen();
    await withdraw(transaction, found.id, convocationSent);
    await setConvocation(transaction, found.id, {
      channel,
      recipient,
      postalAddress,
      printedAt: null,
    });
    const changed = (await convocationById(transaction, found.id))!;
    const notice = await messageOf(call, changed);
    if (notice) await enqueue(transaction, call, notice);
    await audit(transaction, call, {
      action: 'convoke-otherwise',
      subjectKind: 'convocation',
      subjectId: found.id,
      detail: { from: found.channel, to: channel },
    });
  });
  return readConvocation(call, found.id);
}
