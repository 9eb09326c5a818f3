import type { Instant } from '../../platform/clock.ts';
import type { Channel } from '../channel.ts';

/** What a carrier tells of a message, each once. */
export const DELIVERY_STATUSES = [
  'sent',
  'accepted',
  'delivered',
  'read',
  'bounced',
  'failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * Where a message stands, from what was told of it in any order: reports overtake one another. Read
 * outdoes all; a delivery and a refusal are decided by the later one; undefined when nothing was
 * told.
 */
export function deliveryStatus(
  told: readonly { readonly status: DeliveryStatus; readonly at: Instant }[],
): DeliveryStatus | undefined {
  const statuses = new Set(told.map(({ status }) => status));
  if (statuses.has('read')) return 'read';
  const [latest] = told
    .filter(({ status }) => status === 'delivered' || status === 'bounced' || status === 'failed')
    .toSorted((a, b) => b.at - a.at);
  if (latest) return latest.status;
  return statuses.has('accepted') ? 'accepted' : statuses.has('sent') ? 'sent' : undefined;
}

/**
 * Whether this proves to third parties that the message reached its reader: only the receipt of
 * delivery of certified mail does (DPR 68/2005, articles 4 and 6; D.Lgs. 82/2005, article 48).
 * Which proofs an office accepts for what is for that office to say.
 */
export function provesDelivery(
  channel: Channel,
  standing: DeliveryStatus | 'queued' | 'withdrawn',
): boolean {
  return channel === 'pec' && (standing === 'delivered' || standing === 'read');
}

/** Where a message stands for whoever wrote it: still with us, or what was told of it last. */
export function noticeStanding(
  state: 'waiting' | 'sent' | 'dropped' | 'failed',
  told: readonly { readonly status: DeliveryStatus; readonly at: Instant }[],
): DeliveryStatus | 'queued' | 'withdrawn' {
  switch (state) {
    case 'waiting':
      return 'queued';
    case 'dropped':
      return 'withdrawn';
    case 'failed':
      return 'failed';
    case 'sent':
      return deliveryStatus(told) ?? 'sent';
  }
}

/** The states a list can be asked for; `trouble` is what failed or was sent back. */
export const LISTED_STATES = ['queued', 'sent', 'trouble', 'withdrawn'] as const;
export type ListedState = (typeof LISTED_STATES)[number];
