import { createHmac } from 'node:crypto';

/** The secret that carriers sign their reports with in tests. */
export const DELIVERY_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A report signed as Standard Webhooks say, `now` in milliseconds. */
export function signedReport(body: unknown, now: number, secret = DELIVERY_SECRET) {
  const text = JSON.stringify(body);
  const timestamp = now / 1000;
  const key = Buffer.from(secret.slice(6), 'base64');
  const mark = createHmac('sha256', key).update(`msg_1.${timestamp}.${text}`).digest('base64');
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Webhook-Id': 'msg_1',
      'Webhook-Timestamp': String(timestamp),
      'Webhook-Signature': `v1,AAAA v1,${mark}`,
    },
    body: text,
  };
}
