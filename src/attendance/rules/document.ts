/** Kinds of document that are taken. What is served again is never run: see `read-document`. */
export const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/heic'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Bytes a document may have. Ours. */
export const MAX_DOCUMENT = 5 * 1024 * 1024;
/** Documents that go with one justification. Ours. */
export const MAX_DOCUMENTS = 4;

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1'];

/**
 * What a file is by its first bytes, whatever it calls itself: `%PDF-` (ISO 32000), the JPEG and PNG
 * signatures, an ISO media file of an HEIC brand. Undefined for anything else.
 */
export function mediaTypeOf(content: Uint8Array): MediaType | undefined {
  const starts = (...signature: number[]) => signature.every((byte, i) => content[i] === byte);
  const text = (from: number, to: number) => String.fromCharCode(...content.subarray(from, to));
  if (text(0, 5) === '%PDF-') return 'application/pdf';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (text(4, 8) === 'ftyp' && HEIC_BRANDS.includes(text(8, 12))) return 'image/heic';
  return undefined;
}

const EXTENSIONS: Record<MediaType, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
};

/**
 * A name that is safe in a header and on any disk: letters and figures of the one given, and the
 * extension of what the file is.
 */
export function safeName(given: string, type: MediaType): string {
  const stem = given
    .replace(/\.[^.]*$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${stem || 'documento'}.${EXTENSIONS[type]}`;
}
