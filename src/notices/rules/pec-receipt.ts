import type { Instant } from '../../platform/clock.ts';
import type { DeliveryStatus } from './delivery.ts';
import { dateOf, leavesOf, type Part, readPart, textOf, withoutAddresses } from './mime.ts';

export interface PecReceipt {
  /** The value of `X-Ricevuta`. */
  readonly kind: string;
  /** What it means for the message; undefined for receipts between providers and warnings. */
  readonly status: DeliveryStatus | undefined;
  /** Whether it warns that delivery is late and may fail: twelve and twenty-four hours after. */
  readonly warns: boolean;
  /** Message-ID of the message it speaks of, with its angle brackets. */
  readonly reference: string;
  /** Message-ID of the receipt itself. */
  readonly id: string;
  /** As the provider certifies it; where its data are missing, the date of the receipt. */
  readonly at: Instant;
  /** The provider's own data, `daticert.xml`; undefined where the receipt carries none. */
  readonly certified: Certified | undefined;
}

/** What `daticert.xml` says. Source: DM 2 November 2005, annex, §7.4 (the DTD); RFC 6109 §4.4. */
export interface Certified {
  /** `nessuno`, `no-dest`, `no-dominio`, `virus` or `altro`. */
  readonly error: string;
  /** The words of the error, without addresses; empty when there are none. */
  readonly errorDetail: string;
  /** The provider's name for the message. */
  readonly identifier: string;
  /** Whom it was delivered to, in lower case; undefined where it was not. */
  readonly deliveredTo: string | undefined;
  readonly at: Instant | undefined;
}

const WARNING = 'preavviso-errore-consegna';

/**
 * Source: RFC 6109, sections 2.1.1.1.2 to 2.1.3.2, 3.1 and appendix A; DM 2 November 2005, annex,
 * §6.3–6.5. A warning comes twelve hours after, and again after twenty-four: neither is the end.
 */
const MEANINGS: Readonly<Record<string, DeliveryStatus | undefined>> = {
  accettazione: 'accepted',
  'non-accettazione': 'failed',
  'avvenuta-consegna': 'delivered',
  'errore-consegna': 'bounced',
  'rilevazione-virus': 'failed',
  'presa-in-carico': undefined,
  [WARNING]: undefined,
};

/**
 * What a received message says, when it is a receipt of certified mail; undefined when it is not, or
 * when its headers and its certified data contradict each other. Only headers before the first blank
 * line count, and none of a transport or anomaly envelope: what people write cannot pass for a
 * receipt. The provider's signature is not verified here: whoever reads the mailbox answers for it.
 */
export function readPecReceipt(message: string): PecReceipt | undefined {
  const whole = readPart(message);
  const { fields } = whole;
  const kind = fields.get('x-ricevuta')?.toLowerCase();
  const reference = fields.get('x-riferimento-message-id');
  const date = dateOf(whole);
  if (!kind || !Object.hasOwn(MEANINGS, kind) || !reference || date === undefined) return undefined;
  if (fields.has('x-trasporto') || !fromProvider(fields.get('from'))) return undefined;
  const daticert = daticertOf(whole);
  if (daticert !== undefined && !agrees(daticert, kind, reference)) return undefined;
  const certified = daticert === undefined ? undefined : readDaticert(daticert);
  return {
    kind,
    status: MEANINGS[kind],
    warns: kind === WARNING,
    reference,
    id: fields.get('message-id') ?? '',
    at: certified?.at ?? date,
    certified,
  };
}

/** Receipts come from `posta-certificata@…` (RFC 6109 §3.1). */
function fromProvider(from: string | undefined): boolean {
  return from === undefined || /(^|[\s<])posta-certificata@/i.test(from);
}

function daticertOf(message: Part): string | undefined {
  const part = leavesOf(message).find(({ fields }) =>
    /name\*?="?[^";]*daticert\.xml/i.test(
      `${fields.get('content-type') ?? ''};${fields.get('content-disposition') ?? ''}`,
    ),
  );
  return part && textOf(part);
}

function agrees(daticert: string, kind: string, reference: string): boolean {
  const told = rootAttribute(daticert, 'tipo')?.toLowerCase();
  const about = element(daticert, 'msgid');
  return told === kind && (about === undefined || bare(about) === bare(reference));
}

const bare = (messageId: string) => messageId.replace(/^<|>$/g, '').trim();

function readDaticert(xml: string): Certified {
  return {
    error: rootAttribute(xml, 'errore')?.toLowerCase() ?? 'nessuno',
    errorDetail: withoutAddresses(element(xml, 'errore-esteso') ?? ''),
    identifier: (element(xml, 'identificativo') ?? '').slice(0, 200),
    deliveredTo: element(xml, 'consegna')?.toLowerCase(),
    at: certifiedAt(xml),
  };
}

/** `<data zona="+0100"><giorno>04/03/2027</giorno><ora>09:10:00</ora></data>` */
function certifiedAt(xml: string): Instant | undefined {
  const zone = xml.match(/<data\s+zona\s*=\s*["']([+-])(\d\d):?(\d\d)["']/i);
  const day = element(xml, 'giorno')?.match(/^(\d\d)\/(\d\d)\/(\d{4})$/);
  const time = element(xml, 'ora')?.match(/^\d\d:\d\d:\d\d$/)?.[0];
  if (!zone || !day || !time) return undefined;
  const at = Date.parse(`${day[3]}-${day[2]}-${day[1]}T${time}${zone[1]}${zone[2]}:${zone[3]}`);
  return Number.isNaN(at) ? undefined : at;
}

function rootAttribute(xml: string, name: string): string | undefined {
  const root = xml.match(/<postacert\b[^>]*>/i)?.[0];
  return root?.match(new RegExp(`\\s${name}\\s*=\\s*["']([^"']{1,40})["']`, 'i'))?.[1];
}

/** The text of the first element of a name; the DTD has no text that holds further elements. */
function element(xml: string, name: string): string | undefined {
  const text = xml.match(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]{0,2000})</${name}>`, 'i'))?.[1];
  return text
    ?.replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
    .trim();
}

/** The id of the notice that a Message-ID of ours names: `<id@domain>`. */
export function noticeIdOf(messageId: string): string | undefined {
  return messageId.match(/^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^@\s]+$/i)?.[1];
}
