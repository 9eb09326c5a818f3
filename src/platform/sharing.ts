/** One answer for all who asked together. */
export interface Shared<T> {
  readonly answer: T;
  /** How many share it, and the caller's place among them: the first is 1. */
  readonly of: number;
  readonly place: number;
}

interface Gathering<T> {
  of: number;
  readonly answer: Promise<T>;
}

/**
 * Lets those who ask the same at one moment share one answer, so that a rush costs what two cost.
 * Nobody is given an answer that was begun before they asked: while one is under way the next
 * gathers, told at last `of` how many. Whatever fails, fails for all who share it.
 */
export function sharing<T>(): (key: string, ask: (of: number) => Promise<T>) => Promise<Shared<T>> {
  const underWay = new Map<string, Promise<unknown>>();
  const gathered = new Map<string, Gathering<T>>();

  async function begin(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = ask();
    underWay.set(key, answer);
    try {
      return await answer;
    } finally {
      if (underWay.get(key) === answer) underWay.delete(key);
    }
  }

  return async (key, ask) => {
    let next = gathered.get(key);
    if (next) next.of += 1;
    else {
      const before = underWay.get(key);
      if (!before) return { answer: await begin(key, () => ask(1)), of: 1, place: 1 };
      const begun: Gathering<T> = {
        of: 1,
        answer: before
          .then(undefined, () => {})
          .then(() => {
            gathered.delete(key);
            return begin(key, () => ask(begun.of));
          }),
      };
      next = begun;
      gathered.set(key, next);
    }
    const place = next.of;
    const answer = await next.answer;
    return { answer, of: next.of, place };
  };
}
