import { plainName } from '../../reference/names.ts';

/** Which side of a street a zone takes: odd numbers, even ones, or both. */
export type Side = 'all' | 'odd' | 'even';

/** What a street is called besides its name, and how people shorten it. */
const KINDS: readonly (readonly [kind: string, ...short: string[]])[] = [
  ['via', 'v'],
  ['viale', 'vle'],
  ['vicolo', 'vlo', 'vic'],
  ['piazza', 'pza', 'pzza', 'pz', 'p', 'piaz'],
  ['piazzale', 'ple', 'pzle'],
  ['piazzetta', 'ptta', 'pzzetta'],
  ['corso', 'cso', 'c'],
  ['cortile', 'cle', 'cort'],
  ['contrada', 'cda', 'contr'],
  ['largo', 'lgo'],
  ['strada', 'str', 'sda'],
  ['traversa', 'trav'],
  ['frazione', 'fraz', 'fr'],
  ['localita', 'loc', 'locta'],
  ['borgo', 'bgo'],
];
const KIND_OF = new Map(KINDS.flatMap(([kind, ...short]) => short.map((one) => [one, kind])));

/** Words that people write in several ways, each as one of them. Ours. */
const SAME = new Map([
  ...['san', 'santo', 'santa', 'sant', 'santi', 'ss'].map((word) => [word, 's'] as const),
  ['gen', 'generale'],
  ['cap', 'capitano'],
  ['col', 'colonnello'],
  ['ten', 'tenente'],
  ['prof', 'professore'],
  ['dott', 'dottore'],
  ['dr', 'dottore'],
  ['mons', 'monsignore'],
  ['card', 'cardinale'],
  ['on', 'onorevole'],
  ['ing', 'ingegnere'],
  ['avv', 'avvocato'],
  ['primo', '1'],
  ['due', '2'],
  ['quattro', '4'],
  ['otto', '8'],
  ['undici', '11'],
  ['dodici', '12'],
  ['venti', '20'],
  ['ventiquattro', '24'],
  ['venticinque', '25'],
]);

const LINKING = new Set(
  'di del della dello dei degli delle dell d de da dal dalla dalle'.split(' '),
);

/** Roman numerals up to thirty-nine, the days of months; a single letter is rather an initial. */
const ROMAN = /^(?=[ivx]{2})(x{0,3})(ix|iv|v?i{0,3})$/;
const DIGITS: Record<string, number> = { i: 1, v: 5, x: 10 };

function arabic(roman: string): number {
  let sum = 0;
  for (const [index, letter] of [...roman].entries()) {
    const value = DIGITS[letter] ?? 0;
    sum += value < (DIGITS[roman[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}

/**
 * A street as it is compared: without accents, capitals and linking words, with what it is (via,
 * viale, piazza…), titles, saints and numerals written in one way. "V.le XX Settembre" and "Viale
 * Venti settembre" become the same. Empty where nothing is left to compare.
 */
export function plainStreet(name: string): string {
  const spelled = name.trim().replace(/^(\p{L}{1,3})\.(\p{L}{1,3})\.?(?=\s)/u, '$1$2');
  const [first = '', ...rest] = plainName(spelled).split(' ');
  const words = rest
    .filter((word) => !LINKING.has(word))
    .map((word) => SAME.get(word) ?? (ROMAN.test(word) ? String(arabic(word)) : word));
  return [KIND_OF.get(first) ?? first, ...words].join(' ').trim();
}

/**
 * The street of a list that is meant by what was typed: the same one, else the only one of the same
 * kind and last word whose other words agree as far as they are written ("via G. Garibaldi", "via
 * Garibaldi"). Undefined where none or several could be.
 * @param known as {@link plainStreet} leaves them
 */
export function streetMeant(typed: string, known: readonly string[]): string | undefined {
  const plain = plainStreet(typed);
  if (known.includes(plain)) return plain;
  const alike = new Set(known.filter((street) => agree(plain.split(' '), street.split(' '))));
  return alike.size === 1 ? [...alike][0] : undefined;
}

function agree(one: readonly string[], other: readonly string[]): boolean {
  if (one.length < 2 || other.length < 2) return false;
  if (one[0] !== other[0] || one.at(-1) !== other.at(-1)) return false;
  const [short, long] = [one, other]
    .map((words) => words.slice(1, -1))
    .sort((a, b) => a.length - b.length) as [string[], string[]];
  let from = 0;
  return short.every((word) => {
    const at = long.findIndex(
      (candidate, index) =>
        index >= from && (candidate.startsWith(word) || word.startsWith(candidate)),
    );
    from = at + 1;
    return at >= 0;
  });
}

/** The civic number in what people write: `12/A`, `n. 12 bis`, `12R`; undefined without one. */
export function civicNumber(text: string): number | undefined {
  const found = text.match(/[0-9]{1,5}/);
  const number = found ? Number(found[0]) : 0;
  return number >= 1 ? number : undefined;
}

/** A stretch of a street. */
export interface Stretch {
  readonly numberFrom: number;
  /** Last number, included; null to the end of the street. */
  readonly numberTo: number | null;
  readonly side: Side;
}

const onSide = (number: number, side: Side) =>
  side === 'all' || (number % 2 === 1) === (side === 'odd');

/** Whether a civic number stands in a stretch. */
export function stands(number: number, { numberFrom, numberTo, side }: Stretch): boolean {
  return onSide(number, side) && numberFrom <= number && (numberTo === null || number <= numberTo);
}

/** Whether two stretches of one street share a number. */
export function share(one: Stretch, other: Stretch): boolean {
  const from = Math.max(one.numberFrom, other.numberFrom);
  const to = Math.min(one.numberTo ?? from + 1, other.numberTo ?? from + 1);
  // Both sides come by in two numbers.
  return [from, from + 1].some(
    (number) => number <= to && stands(number, one) && stands(number, other),
  );
}
