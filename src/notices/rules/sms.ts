/**
 * The alphabet of a plain text message: one septet each. Source: 3GPP TS 23.038 §6.2.1.
 */
const GSM_7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Characters behind an escape: two septets each. Source: 3GPP TS 23.038 §6.2.1.1. */
const GSM_7_EXTENDED = '^{}\\[~]|€';

/** What phones spell otherwise, so that one typographic sign does not halve the room. */
const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  á: 'a',
  í: 'i',
  ó: 'o',
  ú: 'u',
  È: "E'",
  À: "A'",
  Ì: "I'",
  Ò: "O'",
  Ù: "U'",
};

/** Most parts that a message of ours takes: about a thousand septets. Ours. */
const MOST_SEGMENTS = 6;

/** The text with typographic signs spelled as phones spell them, not longer than six parts. */
export function smsText(text: string): string {
  const plain = [...text].map((character) => PLAIN[character] ?? character).join('');
  if (segmentsOf(plain).count <= MOST_SEGMENTS) return plain;
  const characters = [...plain];
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2);
    const cut = `${characters.slice(0, half).join('')}...`;
    if (segmentsOf(cut).count <= MOST_SEGMENTS) fits = half;
    else tooMany = half;
  }
  return `${characters.slice(0, fits).join('')}...`;
}

export interface Segments {
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Septets, or 16-bit units. */
  readonly units: number;
  /** Parts the message is sent in: 160 septets or 70 units alone, 153 or 67 when there are several. */
  readonly count: number;
}

/** How a text travels. Source: 3GPP TS 23.038 and TS 23.040 §9.2.3.24.1 (concatenation header). */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const plain = characters.every((c) => GSM_7.includes(c) || GSM_7_EXTENDED.includes(c));
  const sizes = plain
    ? characters.map((c) => (GSM_7_EXTENDED.includes(c) ? 2 : 1))
    : characters.map((c) => c.length);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [alone, together] = plain ? [160, 153] : [70, 67];
  if (units <= alone) return { encoding: plain ? 'gsm-7' : 'ucs-2', units, count: 1 };
  // A character of two units is never torn between two parts.
  let count = 1;
  let room = together;
  for (const size of sizes) {
    if (size > room) {
      count += 1;
      room = together;
    }
    room -= size;
  }
  return { encoding: plain ? 'gsm-7' : 'ucs-2', units, count };
}
