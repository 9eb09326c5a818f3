import type { z } from 'zod';
import { NotNow, Undeliverable } from '../carrier.ts';

/** Well under the lease of the outbox, even for a carrier that asks twice. */
const PATIENCE_MS = 20_000;
/** The longest wait that a gateway may ask for, in milliseconds. */
const LONGEST_WAIT = 6 * 3_600_000;
/** Statuses that say the message itself cannot be taken; any other refusal may be ours or passing. */
const FOR_GOOD = [400, 404, 410, 413, 414, 415, 422];

/** The address without its credentials, and the header that carries them instead. */
export function authorisation(url: string, token?: string): { url: string; header: object } {
  const { username, password, ...address } = split(url);
  if (token !== undefined)
    return { url: address.url, header: { Authorization: `Bearer ${token}` } };
  if (username === '') return { url: address.url, header: {} };
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return {
    url: address.url,
    header: { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` },
  };
}

function split(text: string) {
  const url = new URL(text);
  const username = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url: url.toString(), username, password };
}

export interface Question {
  readonly url: string;
  /** GET when there is no body to post. */
  readonly body?: object;
  readonly headers: object;
}

/**
 * Asks a gateway in JSON and reads its answer.
 * @throws {Undeliverable} on a refusal of the message; {@link NotNow} when told how long to wait; any
 *   other error is worth another try
 */
export async function ask<S extends z.ZodType>(
  question: Question,
  schema: S,
): Promise<z.output<S>> {
  const response = await fetch(question.url, {
    method: question.body ? 'POST' : 'GET',
    headers: {
      Accept: 'application/json',
      ...(question.body && { 'Content-Type': 'application/json' }),
      ...question.headers,
    },
    ...(question.body && { body: JSON.stringify(question.body) }),
    // What carries our credentials goes to the configured address only.
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw refusal(response);
  }
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new Error(`answered ${response.status} in an unknown form`);
  return parsed.data;
}

function refusal({ status, headers }: Response): Error {
  const said = `answered ${status}`;
  if (FOR_GOOD.includes(status)) return new Undeliverable(said);
  const delay = retryAfter(headers.get('retry-after'), headers.get('date'));
  return delay === undefined ? new Error(said) : new NotNow(said, delay);
}

/**
 * Milliseconds that `Retry-After` asks for, as seconds or as a date (RFC 9110 §10.2.3), a date being
 * read on the sender's own clock; undefined when it says nothing that can be read.
 */
export function retryAfter(value: string | null, date: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim())
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(date ?? '');
  return Number.isNaN(wait) ? undefined : Math.min(LONGEST_WAIT, Math.max(1000, wait));
}
