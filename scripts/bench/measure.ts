export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** The value that a share of the samples does not exceed (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/**
 * Milliseconds each of `count` requests took, one after the other, from asking to the last byte,
 * after a tenth as many that are not counted. @throws when one is not answered with 200
 */
export async function timings(count: number, url: (n: number) => string): Promise<number[]> {
  const taken: number[] = [];
  for (let n = -Math.ceil(count / 10); n < count; n++) {
    const started = performance.now();
    const answer = await fetch(url(Math.abs(n)));
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.status} from ${url(n)}`);
    if (n >= 0) taken.push(performance.now() - started);
  }
  return taken;
}

/** Runs `work` for each of `items`, `atOnce` at a time; how many a second. */
export async function perSecond<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < items.length) await work(items[next++]!);
    }),
  );
  return items.length / ((performance.now() - started) / 1000);
}
