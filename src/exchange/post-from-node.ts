import { lookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Config } from '../platform/config.ts';
import type { Post } from './post.ts';
import { isInternalAddress } from './rules/destination.ts';

/**
 * Carries parcels from Node. The addresses of a name are looked at when the connection is made, and
 * those very addresses are connected to: a name that changes its mind in between gains nothing.
 */
export function postFromNode({ webhookInternal }: Pick<Config, 'webhookInternal'>): Post {
  const resolve: LookupFunction = (hostname, options, answer) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '');
      const internal = found.some(({ address }) => isInternalAddress(address));
      if (internal && !webhookInternal) return answer(new Error('internal address'), '');
      if (options.all) return answer(null, found);
      answer(null, found[0]!.address, found[0]!.family);
    });
  };
  return ({ url, headers, body, timeoutMs }) =>
    new Promise((resolved, rejected) => {
      const send = url.startsWith('https:') ? request : plainRequest;
      const signal = AbortSignal.timeout(timeoutMs);
      const length = String(Buffer.byteLength(body));
      const sent = send(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Length': length },
        lookup: resolve,
        agent: false,
        signal,
      });
      sent.once('response', (answer) => {
        resolved(answer.statusCode ?? 0);
        // Its body may be as long as it likes: it is not read.
        answer.destroy();
      });
      sent.on('error', rejected);
      sent.end(body);
    });
}
