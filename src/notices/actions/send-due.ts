import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { composeLetter } from '../letters/compose.ts';
import { letterText } from '../letters/letter.ts';
import { letterHtml } from '../letters/letter-body.tsx';
import { type Mailer, Undeliverable } from '../mailer.ts';
import { retryDelay } from '../rules/retry.ts';
import { claimDue, dropStale, type StoredNotice, settle } from '../store.ts';

/** Longer than a mailer may take over one letter, so that no other sender takes it meanwhile. */
const LEASE_MS = 120_000;
const BATCH = 10;

export interface Sending {
  /** Whether there was more due than one batch. */
  readonly more: boolean;
  readonly sent: number;
  readonly failed: number;
  readonly dropped: number;
}

/**
 * Sends a batch of what is due. Any number of processes may run it at once: each notice is leased
 * to one of them. A crash between sending and recording makes the letter leave twice, under the
 * same Message-ID; it never gets lost.
 */
export async function sendDue(call: Call, mailer: Mailer): Promise<Sending> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  const dropped = await dropStale(call.database, now);
  const batch = await claimDue(call.database, { now, lockedUntil: now + LEASE_MS, limit: BATCH });
  const outcomes = await Promise.all(batch.map((notice) => deliver(call, mailer, notice)));
  return {
    more: batch.length === BATCH,
    sent: outcomes.filter((outcome) => outcome === 'sent').length,
    failed: outcomes.filter((outcome) => outcome === 'failed').length,
    dropped,
  };
}

/** Batch after batch, until nothing is due or `deadline` has passed. */
export async function sendAllDue(call: Call, mailer: Mailer, deadline: number): Promise<number> {
  let sent = 0;
  for (;;) {
    const sending = await sendDue(call, mailer);
    sent += sending.sent;
    if (!sending.more || call.clock.now() >= deadline) return sent;
  }
}

async function deliver(
  call: Call,
  mailer: Mailer,
  notice: StoredNotice,
): Promise<'sent' | 'waiting' | 'failed'> {
  try {
    if (notice.channel !== 'email') throw new Undeliverable(`no carrier for ${notice.channel}`);
    const letter = composeLetter(call.config, notice);
    await mailer.send({
      id: notice.id,
      to: notice.recipient,
      locale: notice.locale,
      subject: letter.subject,
      text: letterText(letter),
      html: letterHtml(letter, notice.locale),
      attachments: letter.attachments,
    });
  } catch (error) {
    return giveBack(call, notice, error);
  }
  await settle(call.database, notice, { state: 'sent', sentAt: call.clock.now() });
  return 'sent';
}

async function giveBack(
  call: Call,
  notice: StoredNotice,
  error: unknown,
): Promise<'waiting' | 'failed'> {
  const lastError = String(error instanceof Error ? error.message : error).slice(0, 500);
  const delay = error instanceof Undeliverable ? undefined : retryDelay(notice.attempts);
  const state = delay === undefined ? 'failed' : 'waiting';
  // The server's own words may repeat the address: they stay in the row, out of the log.
  call.log.warning('notice not delivered', {
    notice: notice.id,
    kind: notice.kind,
    attempts: notice.attempts,
    fault: faultName(error),
    state,
  });
  await settle(
    call.database,
    notice,
    delay === undefined
      ? { state: 'failed', lastError }
      : { state: 'waiting', lastError, dueAt: call.clock.now() + delay },
  );
  return state;
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
