/** Compresses answers on Node. The Worker leaves this to Cloudflare. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

const compressed = promisify(gzip);

/** Shorter answers travel in one packet as they are. In bytes. */
const WORTH = 1024;
const COMPRESSIBLE =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml)|image\/svg)/;

/**
 * Compresses what is made anew for each request, all at once: our answers are short, and a stream
 * that compresses costs more than what it compresses.
 */
export const compression: MiddlewareHandler = async (c, next) => {
  await next();
  const { res } = c;
  const { headers } = res;
  if (c.req.method === 'HEAD' || headers.has('Content-Encoding')) return;
  if (!COMPRESSIBLE.test(headers.get('Content-Type') ?? '')) return;
  if (!/\baccept-encoding\b/i.test(headers.get('Vary') ?? ''))
    headers.append('Vary', 'Accept-Encoding');
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(c.req.header('Accept-Encoding') ?? ''))
    return;
  let body: Uint8Array<ArrayBuffer> = new Uint8Array(await res.arrayBuffer());
  if (body.length >= WORTH) {
    body = new Uint8Array(await compressed(body));
    headers.set('Content-Encoding', 'gzip');
    const tag = headers.get('ETag');
    // What is compared is what was sent: the same, but not to the byte.
    if (tag?.startsWith('"')) headers.set('ETag', `W/${tag}`);
  }
  headers.delete('Content-Length');
  // Hono would copy the headers of an answer that is there already.
  c.res = undefined;
  c.res = new Response(body, { status: res.status, headers });
};
