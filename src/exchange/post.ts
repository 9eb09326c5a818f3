/** One signed request on its way to another system. */
export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Given up when no answer has begun by then. */
  readonly timeoutMs: number;
}

/**
 * Whoever carries parcels: resolves to the status of the answer, whose body nobody reads; rejects
 * when there is none. Redirects are answers like any other, never followed.
 */
export type Post = (parcel: Parcel) => Promise<number>;

/**
 * By the runtime's own `fetch`: for Workers, which cannot reach a private network anyway. On Node
 * see `post-from-node.ts`, which looks at the address that a name stands for.
 */
export const postByFetch: Post = async ({ url, headers, body, timeoutMs }) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await answer.body?.cancel();
  return answer.status;
};
