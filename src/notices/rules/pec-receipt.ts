import type { Instant } from '../../platform/clock.ts';
import type { DeliveryStatus } from './delivery.ts';

export interface PecReceipt {
  /** The value of `X-Ricevuta`. */
  readonly kind: string;
  /** What it means for the message; undefined for receipts between providers and warnings. */
  readonly status: DeliveryStatus | undefined;
  /** Message-ID of the message it speaks of, with its angle brackets. */
  readonly reference: string;
  /** Message-ID of the receipt itself. */
  readonly id: string;
  readonly at: Instant;
}

/** Source: RFC 6109, sections 2.1.1.1.2 to 2.1.3.2 and appendix A; DM 2 November 2005, annex. */
const MEANINGS: Readonly<Record<string, DeliveryStatus | undefined>> = {
  accettazione: 'accepted',
  'non-accettazione': 'failed',
  'avvenuta-consegna': 'delivered',
  'errore-consegna': 'bounced',
  'rilevazione-virus': 'failed',
  'presa-in-carico': undefined,
  'preavviso-errore-consegna': undefined,
};

/**
 * What the headers of a received message say, when it is a receipt of certified mail; undefined when
 * it is not. Only headers before the first blank line count: what people write cannot pass for one.
 */
export function readPecReceipt(message: string): PecReceipt | undefined {
  const headers = headersOf(message);
  const kind = headers.get('x-ricevuta')?.toLowerCase();
  const reference = headers.get('x-riferimento-message-id');
  const at = Date.parse((headers.get('date') ?? '').replace(/\s*\([^)]*\)\s*$/, ''));
  if (!kind || !Object.hasOwn(MEANINGS, kind) || !reference || Number.isNaN(at)) return undefined;
  return { kind, status: MEANINGS[kind], reference, id: headers.get('message-id') ?? '', at };
}

/** Header fields by their names in lower case, unfolded (RFC 5322 §2.2.3); the first of each. */
function headersOf(message: string): Map<string, string> {
  const [head = ''] = message.split(/\r?\n\r?\n/, 1);
  const fields = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = line.match(/^([!-9;-~]+):\s*(.*?)\s*$/) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value);
  }
  return fields;
}

/** The id of the notice that a Message-ID of ours names: `<id@domain>`. */
export function noticeIdOf(messageId: string): string | undefined {
  return messageId.match(/^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^@\s]+$/i)?.[1];
}
