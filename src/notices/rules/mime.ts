/** A message, or one of its parts (RFC 2045, RFC 5322). */
export interface Part {
  /** Header fields by their names in lower case, unfolded; the first of each. */
  readonly fields: ReadonlyMap<string, string>;
  /** As it travelled. */
  readonly body: string;
}

export function readPart(message: string): Part {
  const end = message.match(/\r?\n\r?\n/);
  const head = end?.index === undefined ? message : message.slice(0, end.index);
  const body = end?.index === undefined ? '' : message.slice(end.index + end[0].length);
  return { fields: fieldsOf(head), body };
}

/** Header fields (RFC 5322 §2.2.3) by their names in lower case; the first of each. */
export function fieldsOf(head: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = line.match(/^([!-9;-~]+):\s*(.*?)\s*$/) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value);
  }
  return fields;
}

/** How deep and how many: more than receipts and reports have, and few enough to be read at once. */
const DEEPEST = 6;
const MOST = 60;

/** Every part of a message that holds no others, in order; what a part carries as a message stays shut. */
export function leavesOf(message: Part): Part[] {
  const leaves: Part[] = [];
  const open = (part: Part, depth: number) => {
    if (leaves.length >= MOST) return;
    const boundary = boundaryOf(part);
    if (boundary === undefined || depth >= DEEPEST) leaves.push(part);
    else for (const inner of split(part.body, boundary)) open(readPart(inner), depth + 1);
  };
  open(message, 0);
  return leaves;
}

export function typeOf({ fields }: Part): string {
  return (fields.get('content-type') ?? 'text/plain').split(';', 1)[0]!.trim().toLowerCase();
}

function boundaryOf(part: Part): string | undefined {
  if (!typeOf(part).startsWith('multipart/')) return undefined;
  const [, quoted, bare] =
    part.fields.get('content-type')?.match(/;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i) ??
    [];
  return quoted ?? bare;
}

/** What stands between the delimiters (RFC 2046 §5.1.1); of a message that was cut, what is there. */
function split(body: string, boundary: string): string[] {
  const parts: string[][] = [];
  for (const line of body.split(/\r?\n/)) {
    const delimiter = line.trimEnd();
    if (delimiter === `--${boundary}--`) break;
    if (delimiter === `--${boundary}`) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join('\r\n'));
}

/** The text of a part, out of its transfer encoding, as UTF-8; undefined when it cannot be read. */
export function textOf({ fields, body }: Part): string | undefined {
  switch (fields.get('content-transfer-encoding')?.trim().toLowerCase() ?? '7bit') {
    case 'base64':
      return fromBase64(body);
    case 'quoted-printable':
      return fromBytes(
        body
          .replace(/[ \t]+$/gm, '')
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
      );
    default:
      return body;
  }
}

function fromBase64(body: string): string | undefined {
  try {
    return fromBytes(atob(body.replace(/\s/g, '')));
  } catch {
    return undefined;
  }
}

const fromBytes = (binary: string) =>
  new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));

/** The instant of a `Date` field, whose comment at the end is let go; undefined when unreadable. */
export function dateOf({ fields }: Part): number | undefined {
  const at = Date.parse((fields.get('date') ?? '').replace(/\s*\([^)]*\)\s*$/, ''));
  return Number.isNaN(at) ? undefined : at;
}

/** A line fit to be kept as evidence: without addresses of people, on one line, not long. */
export function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>"';:,()]+@[^\s<>"';:,()]+/g, '[…]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
