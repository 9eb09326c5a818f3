import { z } from 'zod';
import { audit } from '../../identity/audit.ts';
import { contactsOfEmail } from '../../identity/store.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { invalid } from '../../platform/problem.ts';
import { internationalNumber } from '../../reference/phone.ts';
import { isCarried } from '../carriers/carriers.ts';
import { CHANNELS } from '../channel.ts';
import { channelNotCarried, notResendable } from '../problems.ts';
import {
  copyNotice,
  dropNotice,
  isWaitingAgain,
  lockNotice,
  type StoredNotice,
} from '../store/outbox.ts';
import { readNotice } from './read-notices.ts';

/** Channels whose address an operator may give; App IO finds people by codice fiscale. */
const GIVEN_CHANNELS = CHANNELS.filter((channel) => channel !== 'app_io');
export type GivenChannel = 'email' | 'sms' | 'pec';

export interface OtherWay {
  readonly channel: GivenChannel;
  /** Address or number. */
  readonly recipient: string;
}

/** Channels that a message may be sent by instead, and what is known of its reader elsewhere. */
export async function otherWays(
  call: Call,
  notice: StoredNotice,
): Promise<{ readonly channels: readonly GivenChannel[]; readonly phone: string | undefined }> {
  const channels = GIVEN_CHANNELS.filter((channel) => isCarried(call, channel)) as GivenChannel[];
  const people =
    notice.channel === 'email' ? await contactsOfEmail(call.database, notice.recipient, 2) : [];
  // An address that several people share says nothing of whom to call.
  return { channels, phone: people.length === 1 ? people[0]!.phone : undefined };
}

/**
 * Promises a message anew by another channel or to another address, under an id of its own. One that
 * is still being tried is withdrawn.
 * @returns the id of the new message
 * @throws {Problem} 404 unknown or another office's; 409 too late, no longer kept, or nobody carries
 *   the channel; 422 the address is none
 */
export async function sendOtherwise(call: Call, id: string, way: OtherWay): Promise<string> {
  const { notice } = await readNotice(call, id);
  if (!isCarried(call, way.channel)) throw channelNotCarried();
  const recipient = addressOf(call, way);
  const copy = call.ids();
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockNotice(transaction, notice.id);
    if (!locked || !mayGoOtherwise(locked, now)) throw notResendable();
    const other = { ...locked, channel: way.channel, recipient };
    if (await isWaitingAgain(transaction, other)) throw notResendable();
    if (locked.state === 'waiting') await dropNotice(transaction, locked.id);
    await copyNotice(transaction, other, { id: copy, now });
    await audit(transaction, call, {
      action: 'send-notice-otherwise',
      subjectKind: 'notice',
      subjectId: notice.id,
      detail: { kind: locked.kind, from: locked.channel, to: way.channel, copy },
    });
  });
  return copy;
}

/** Whether it is offered at all: of what has left or failed, and of what fails again and again. */
export function mayGoOtherwise(notice: StoredNotice, now: number): boolean {
  const tried = notice.state === 'waiting' && notice.lastError !== null;
  const free = notice.lockedUntil === null || notice.lockedUntil <= now;
  const settled = notice.state === 'sent' || notice.state === 'failed';
  return (
    (settled || (tried && free)) &&
    notice.recipient !== '' &&
    (notice.staleAt === null || notice.staleAt > now)
  );
}

function addressOf(call: Call, { channel, recipient }: OtherWay): string {
  const address =
    channel === 'sms'
      ? internationalNumber(recipient)
      : z.email().max(320).safeParse(recipient.trim()).data;
  if (address !== undefined) return address;
  const detail =
    call.locale === 'it'
      ? channel === 'sms'
        ? 'Non è un numero di telefono.'
        : 'Non è un indirizzo.'
      : channel === 'sms'
        ? 'This is no telephone number.'
        : 'This is no address.';
  throw invalid({ errors: [{ pointer: '/recipient', detail }] });
}
