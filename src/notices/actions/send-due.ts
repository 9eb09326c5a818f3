import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type Carriers, NotNow, Undeliverable } from '../carrier.ts';
import type { Channel } from '../channel.ts';
import { composeLetter } from '../letters/compose.ts';
import { letterMarkdown, letterText } from '../letters/letter.ts';
import { letterHtml } from '../letters/letter-body.tsx';
import { retryDelay } from '../rules/retry.ts';
import {
  claimDue,
  dropStale,
  isStillWanted,
  type StoredNotice,
  settle,
  settleSent,
} from '../store/outbox.ts';
import { type WrittenTemplates, writtenTemplates } from '../store/templates.ts';

/** Longer than a carrier may take over one message, so that no other sender takes it meanwhile. */
const LEASE_MS = 120_000;
const BATCH = 10;
/** When App IO is first asked what became of a message. Ours. */
const FIRST_ASKED_AFTER = 2 * MINUTE;

export interface Sending {
  /** Whether there was more due than one batch. */
  readonly more: boolean;
  readonly sent: number;
  readonly failed: number;
  readonly dropped: number;
}

/**
 * Sends a batch of what is due on the channels that have a carrier. Any number of processes may run
 * it at once: each notice is leased to one of them. A crash between sending and recording makes the
 * message leave twice, under the same Message-ID; it never gets lost. What is withdrawn meanwhile is
 * held back up to the moment it is handed over; what left then is recorded as sent.
 */
export async function sendDue(call: Call, carriers: Carriers): Promise<Sending> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  const dropped = await dropStale(call.database, now);
  const batch = await claimDue(call.database, {
    now,
    lockedUntil: now + LEASE_MS,
    limit: BATCH,
    channels: Object.keys(carriers) as Channel[],
  });
  const written = await writtenTemplates(call.database, new Set(batch.map(({ kind }) => kind)));
  const outcomes = await Promise.all(
    batch.map((notice) => deliver(call, carriers, notice, written)),
  );
  return {
    more: batch.length === BATCH,
    sent: outcomes.filter((outcome) => outcome === 'sent').length,
    failed: outcomes.filter((outcome) => outcome === 'failed').length,
    dropped: dropped + outcomes.filter((outcome) => outcome === 'dropped').length,
  };
}

/** Batch after batch, until nothing is due or `deadline` has passed. */
export async function sendAllDue(
  call: Call,
  carriers: Carriers,
  deadline: number,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const sending = await sendDue(call, carriers);
    sent += sending.sent;
    if (!sending.more || call.clock.now() >= deadline) return sent;
  }
}

async function deliver(
  call: Call,
  carriers: Carriers,
  notice: StoredNotice,
  written: WrittenTemplates,
): Promise<'sent' | 'waiting' | 'failed' | 'dropped'> {
  let providerId: string | undefined;
  try {
    const letter = composeLetter(call.config, notice, written(notice));
    if (!(await isStillWanted(call.database, notice))) return 'dropped';
    ({ providerId } = await carriers[notice.channel]!.send({
      id: notice.id,
      to: notice.recipient,
      locale: notice.locale,
      subject: letter.subject,
      text: letterText(letter),
      html: letterHtml(letter, notice.locale),
      markdown: letterMarkdown(letter),
      short: letter.short,
      happensAt: letter.happensAt,
      attachments: letter.attachments,
    }));
  } catch (error) {
    return giveBack(call, notice, error);
  }
  const now = call.clock.now();
  await settleSent(call.database, notice, {
    id: call.ids(),
    now,
    providerId,
    askAt: notice.channel === 'app_io' ? now + FIRST_ASKED_AFTER : undefined,
  });
  return 'sent';
}

async function giveBack(
  call: Call,
  notice: StoredNotice,
  error: unknown,
): Promise<'waiting' | 'failed'> {
  const lastError = String(error instanceof Error ? error.message : error).slice(0, 500);
  const delay = error instanceof Undeliverable ? undefined : delayAfter(notice.attempts, error);
  const state = delay === undefined ? 'failed' : 'waiting';
  // The server's own words may repeat the address: they stay in the row, out of the log.
  call.log.warning('notice not delivered', {
    notice: notice.id,
    kind: notice.kind,
    channel: notice.channel,
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

/** Never sooner than the carrier asks for. */
function delayAfter(attempts: number, error: unknown): number | undefined {
  const delay = retryDelay(attempts);
  return delay !== undefined && error instanceof NotNow ? Math.max(delay, error.delay) : delay;
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
