import type { Channel } from '../channel.ts';
import { type DeliveryStatus, noticeStanding } from './delivery.ts';

/** Why a message did not arrive, as far as it decides what an operator does next. */
export const TROUBLES = ['address', 'full', 'unwanted', 'refused', 'unreached', 'late'] as const;
export type TroubleCause = (typeof TROUBLES)[number];

export interface Trouble {
  readonly cause: TroubleCause;
  /** Whether the same message to the same address would fail again. */
  readonly permanent: boolean;
}

interface Event {
  readonly status: DeliveryStatus;
  readonly at: number;
  readonly evidence: Readonly<Record<string, string>>;
}

/**
 * What went wrong with a message, if anything did: it could not leave, was sent back, or is late. By
 * the enhanced status code where there is one (RFC 3463 §3: x.1 addressing, x.2 mailbox, x.7 policy),
 * by the error that certified mail names (`no-dest`, `no-dominio`), by what our carriers say.
 */
export function troubleOf(
  notice: {
    readonly channel: Channel;
    readonly state: 'waiting' | 'sent' | 'dropped' | 'failed';
    readonly attempts: number;
    readonly lastError: string | null;
  },
  told: readonly Event[],
): Trouble | undefined {
  const standing = noticeStanding(notice.state, told);
  if (standing === 'queued') {
    return notice.lastError === null ? undefined : { cause: 'late', permanent: false };
  }
  const newest = told.toSorted((a, b) => b.at - a.at);
  if (standing === 'bounced' || standing === 'failed') {
    const refusal = newest.find(({ status }) => status === 'bounced' || status === 'failed');
    return causeOf(wordsOf(refusal?.evidence) || (notice.lastError ?? ''));
  }
  const warned = newest.some(({ evidence }) => evidence.delayed !== undefined);
  return warned && standing === 'accepted' ? { cause: 'late', permanent: false } : undefined;
}

const wordsOf = (evidence: Readonly<Record<string, string>> | undefined) =>
  [evidence?.code, evidence?.error, evidence?.reason, evidence?.detail].filter(Boolean).join(' ');

function causeOf(words: string): Trouble {
  const [, kind, subject, detail] = words.match(/\b([45])\.(\d{1,3})\.(\d{1,3})\b/) ?? [];
  const permanent = kind !== '4';
  if (/codice fiscale|wants no messages/i.test(words))
    return { cause: 'unwanted', permanent: true };
  if (/not a telephone number|no-dest|no-dominio/i.test(words))
    return { cause: 'address', permanent: true };
  if (subject === '1' || (subject === '2' && detail === '1'))
    return { cause: 'address', permanent };
  if (subject === '2' && detail === '2') return { cause: 'full', permanent: false };
  if (subject === '3' || subject === '4') return { cause: 'unreached', permanent: false };
  if (subject !== undefined) return { cause: 'refused', permanent };
  // Without an enhanced code, 550 and its like say mostly that there is no such mailbox (RFC 5321
  // §4.2.3: 550 mailbox unavailable, 551 not local, 553 name not allowed; 552 storage exceeded).
  if (/\b55[013]\b/.test(words)) return { cause: 'address', permanent: true };
  if (/\b552\b/.test(words)) return { cause: 'full', permanent: false };
  return /\b(virus|5\d\d|answered 4\d\d)\b/.test(words)
    ? { cause: 'refused', permanent: true }
    : { cause: 'unreached', permanent: false };
}
