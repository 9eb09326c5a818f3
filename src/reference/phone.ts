/**
 * A number in the form of E.164, `+390911234567`; what has no country is Italian. Undefined when it
 * cannot be one. Italian numbers keep their leading zero, and none is of twelve figures: those that
 * begin with 393 are a mobile number that lost its plus.
 */
export function internationalNumber(typed: string): string | undefined {
  const figures = typed.replace(/[\s()./-]/g, '');
  const whole = figures.startsWith('00')
    ? `+${figures.slice(2)}`
    : figures.startsWith('+')
      ? figures
      : /^393\d{9}$/.test(figures)
        ? `+${figures}`
        : `+39${figures}`;
  return /^\+[1-9]\d{6,14}$/.test(whole) ? whole : undefined;
}
