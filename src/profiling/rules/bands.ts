import type { Band, BandScale } from './model.ts';

/** Whether the bands follow one another from 0 to 1 without gap, overlap or empty band. */
export function isWellFormed(scale: BandScale): boolean {
  const { bands } = scale;
  return (
    bands.length > 0 &&
    bands[0]!.from === 0 &&
    bands.at(-1)!.to === 1 &&
    bands.every((band, i) => band.from < band.to && (i === 0 || bands[i - 1]!.to === band.from))
  );
}

/**
 * The band a probability falls in. A threshold belongs to the band above it, or below it where the
 * scale says so; 0 and 1 always belong to the first and to the last.
 * @throws {RangeError} outside 0–1.
 */
export function bandOf(scale: BandScale, probability: number): Band {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`not a probability: ${probability}`);
  }
  const p = scale.decimals === null ? probability : roundHalfUp(probability, scale.decimals);
  const inside = scale.bands.find((band) =>
    scale.boundary === 'above' ? p < band.to : p <= band.to,
  );
  return inside ?? scale.bands.at(-1)!;
}

/** Zero-based place of a band in its scale. */
export function rankOf(scale: BandScale, code: string): number {
  return scale.bands.findIndex((band) => band.code === code);
}

/**
 * Rounds half up as it reads in decimals: 0.2500005 gives 0.250001 at six, although its binary
 * form lies just below. Shifts the decimal point in text, where no product can lose the half.
 */
function roundHalfUp(value: number, decimals: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${Math.round(Number(`${digits}e${Number(exponent) + decimals}`))}e-${decimals}`);
}
