/**
 * A name as people type it when they look for it: without accents, apostrophes told from spaces,
 * or capitals. "Sant’Agata li Battiati" and "sant agata li battiati" become the same.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
