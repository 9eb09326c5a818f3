import type { Instant } from '../../platform/clock.ts';
import type { DeliveryStatus } from './delivery.ts';
import { dateOf, fieldsOf, leavesOf, readPart, textOf, typeOf, withoutAddresses } from './mime.ts';

/** What a mail server reports of one message of ours. */
export interface Bounce {
  /** What it means for the message; a delay means that it is still on its way. */
  readonly status: DeliveryStatus;
  readonly delayed: boolean;
  /** Enhanced status code (RFC 3463), such as `5.1.1`; empty when there is none. */
  readonly code: string;
  /** The server's own words, without addresses. */
  readonly reason: string;
  /** Names of the message it may speak of, the surest first. */
  readonly references: readonly string[];
  /** Message-ID of the report itself. */
  readonly id: string;
  readonly at: Instant;
}

/** Source: RFC 3464 §2.3.3. Relayed and expanded: out of sight, not known to have arrived. */
const MEANINGS: Readonly<Record<string, DeliveryStatus>> = {
  failed: 'bounced',
  delayed: 'accepted',
  delivered: 'delivered',
  relayed: 'accepted',
  expanded: 'accepted',
};

/**
 * What a delivery status notification says (RFC 3464, in a `multipart/report` of RFC 6522); undefined
 * when the message is none. Our messages have one reader each, so the first recipient's group counts.
 */
export function readBounce(message: string): Bounce | undefined {
  const whole = readPart(message);
  const at = dateOf(whole);
  if (typeOf(whole) !== 'multipart/report' || at === undefined) return undefined;
  const leaves = leavesOf(whole);
  const report = leaves.find((part) => typeOf(part) === 'message/delivery-status');
  const [about, ...recipients] = ((report && textOf(report)) ?? '')
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf);
  const recipient = recipients.find((fields) => fields.has('action'));
  const action = recipient?.get('action')?.toLowerCase() ?? '';
  if (!recipient || !Object.hasOwn(MEANINGS, action)) return undefined;
  const returned = leaves.find((part) =>
    ['message/rfc822', 'text/rfc822-headers'].includes(typeOf(part)),
  );
  const references = [
    returned && readPart(textOf(returned) ?? '').fields.get('message-id'),
    about?.get('original-envelope-id'),
    whole.fields.get('in-reply-to'),
    ...(whole.fields.get('references')?.split(/\s+/).toReversed() ?? []),
  ];
  return {
    status: MEANINGS[action]!,
    delayed: action === 'delayed',
    code: recipient.get('status')?.match(/^[245]\.\d{1,3}\.\d{1,3}/)?.[0] ?? '',
    reason: withoutAddresses((recipient.get('diagnostic-code') ?? '').replace(/^[^;]*;/, '')),
    references: references.filter((name): name is string => (name ?? '') !== ''),
    id: whole.fields.get('message-id') ?? '',
    at,
  };
}
