interface Named {
  readonly code: string;
  readonly name: string;
}

/**
 * The names of the offices without the words that all of them begin with: in a column of "Centro per
 * l’impiego di …" only the last word tells them apart.
 */
export function shortNames(offices: readonly Named[]): (office: Named) => string {
  const lists = offices.map(({ name }) => name.split(' '));
  const shortest = Math.min(...lists.map((words) => words.length));
  let shared = 0;
  // At least one word stays, and a single office keeps its whole name.
  while (
    offices.length > 1 &&
    shared < shortest - 1 &&
    lists.every((words) => words[shared] === lists[0]![shared])
  )
    shared++;
  return ({ name }) => name.split(' ').slice(shared).join(' ');
}
