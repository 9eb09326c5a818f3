import { type Instant, MINUTE } from '../platform/clock.ts';
import type { AppContext } from '../platform/http.ts';
import { equalInConstantTime } from '../platform/secrets.ts';
import { webhookSignature } from '../platform/signature.ts';

/** How far a sender's clock may stand from ours, in milliseconds. Source: Standard Webhooks 1.0.0. */
const TOLERANCE = 5 * MINUTE;

export interface SignedRequest {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** One or more `v1,base64`, apart by spaces. */
  readonly signature: string;
  readonly body: string;
}

/** A request as its signature covers it. */
export async function signedRequest(c: AppContext): Promise<SignedRequest> {
  return {
    id: c.req.header('webhook-id') ?? '',
    timestamp: c.req.header('webhook-timestamp') ?? '',
    signature: c.req.header('webhook-signature') ?? '',
    body: await c.req.text(),
  };
}

/**
 * Whether a request was signed with our secret a moment ago.
 * Source: Standard Webhooks 1.0.0, "Verifying webhook authenticity".
 * @param secret `whsec_` and base64
 */
export async function isSigned(
  secret: string,
  request: SignedRequest,
  now: Instant,
): Promise<boolean> {
  const at = Number(request.timestamp) * 1000;
  if (!/^\d{1,12}$/.test(request.timestamp) || Math.abs(now - at) > TOLERANCE) return false;
  const expected = await webhookSignature(secret, request);
  return request.signature.split(' ').some((given) => equalInConstantTime(given, expected));
}
