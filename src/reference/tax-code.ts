import { CheckDigitizer, Matcher } from '@marketto/codice-fiscale-utils';

/** Letters for name, date, sex and place of birth, omocodia included; dates that exist only. */
const ORDINARY = new RegExp(`^(?:${Matcher.CODICE_FISCALE})$`);
const PROVISIONAL = /^[0-9]{11}$/;

/** As it is stored and compared: upper case, without the spaces people type. */
export function normaliseTaxCode(typed: string): string {
  return typed.replace(/\s+/g, '').toUpperCase();
}

/**
 * Whether a normalised codice fiscale can exist: the ordinary one of sixteen characters with its
 * check letter (D.M. 23.12.1976), or the provisional one of eleven figures with its check figure.
 * The place of birth is not looked up: suppressed comuni and foreign states are many and change.
 */
export function isTaxCode(code: string): boolean {
  if (PROVISIONAL.test(code)) return hasCheckFigure(code);
  return ORDINARY.test(code) && CheckDigitizer.checkDigit(code) === code[15];
}

/** Figures in even places are doubled (casting out nines) and the total must end in zero. */
function hasCheckFigure(figures: string): boolean {
  let total = 0;
  for (const [index, figure] of [...figures].entries()) {
    const doubled = index % 2 === 1 ? Number(figure) * 2 : Number(figure);
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total > 0 && total % 10 === 0;
}
