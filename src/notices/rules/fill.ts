/** What placeholders stand for: one text, several (one line each), or nothing to say. */
export type Words = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** A message as an editor writes it; `{{name}}` stands for a word of its kind. */
export interface Template {
  readonly subject: string;
  /** Each may have several lines; lines that begin with `- ` are items of a list. */
  readonly paragraphs: readonly string[];
  /** The whole message where only a few words fit; the subject when absent. */
  readonly short?: string | undefined;
}

const PLACEHOLDER = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;

/** The names that a text wants filled, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!))];
}

/** A single line: what has no value leaves nothing, several values stand with commas. */
export function fillLine(line: string, words: Words): string {
  return line.replace(PLACEHOLDER, (_, name: string) => valuesOf(words, name).join(', '));
}

/**
 * The lines of a paragraph. A line whose placeholders have several values is repeated for each; one
 * that has a placeholder without value is left out; and when none of a paragraph's placeholders has
 * a value the paragraph is left out, so that no heading stands alone.
 */
export function fillParagraph(paragraph: string, words: Words): string[] {
  const names = placeholdersOf(paragraph);
  if (names.length > 0 && names.every((name) => valuesOf(words, name).length === 0)) return [];
  return paragraph.split('\n').flatMap((line) => {
    const wanted = placeholdersOf(line);
    const counts = wanted.map((name) => valuesOf(words, name).length);
    if (counts.includes(0)) return [];
    const several = wanted.filter((name) => valuesOf(words, name).length > 1);
    const times = Math.max(1, ...counts);
    return Array.from({ length: times }, (_, n) => {
      const nth = several.map((name) => [name, valuesOf(words, name)[n] ?? '']);
      return fillLine(line, { ...words, ...Object.fromEntries(nth) });
    });
  });
}

function valuesOf(words: Words, name: string): readonly string[] {
  const value = Object.hasOwn(words, name) ? words[name] : undefined;
  return (typeof value === 'string' ? [value] : (value ?? [])).filter((text) => text !== '');
}
