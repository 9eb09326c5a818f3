import { createRoute } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, jsonBody, ok, problems } from '../platform/openapi.ts';
import {
  type DeliveryListener,
  recordBounce,
  recordDelivery,
  recordPecReceipt,
} from './actions/record-delivery.ts';
import * as wire from './report-schemas.ts';
import { signedRequest } from './signature.ts';

/**
 * Where carriers tell what became of a message. They are known by their signature.
 * @param told what a later room does about it, once it is written down
 */
export function reportRoutes(told: DeliveryListener) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/delivery-reports',
      tags: ['notices'],
      operationId: 'report_delivery',
      summary: 'What became of a message',
      description:
        'For carriers, signed as Standard Webhooks say with the agreed secret. The same report again changes nothing.',
      security: ANYBODY,
      request: {
        headers: wire.signatureHeaders,
        body: jsonBody(wire.reportSchema, 'What the carrier knows.'),
      },
      middleware: [requireJson],
      responses: {
        200: ok('Written down.', wire.recordedSchema),
        ...problems(401, 404, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { notice_id, provider_id, at, ...report } = c.req.valid('json');
      const subjectId = await recordDelivery(call, await signedRequest(c), {
        ...report,
        noticeId: notice_id,
        providerId: provider_id,
        at: Date.parse(at),
      });
      await told(call, subjectId);
      return c.json({ recorded_at: toRfc3339(call.clock.now()) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/pec-receipts',
      tags: ['notices'],
      operationId: 'report_pec_receipt',
      summary: 'A receipt of certified mail',
      description:
        'A receipt as it came into the certified mailbox, handed on by whatever reads that mailbox; signed like a delivery report.',
      security: ANYBODY,
      request: {
        headers: wire.signatureHeaders,
        body: jsonBody(wire.receiptSchema, 'The receipt.'),
      },
      middleware: [requireJson],
      responses: {
        200: ok('Written down.', wire.recordedSchema),
        ...problems(401, 404, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { message } = c.req.valid('json');
      const subjectId = await recordPecReceipt(call, await signedRequest(c), message);
      if (subjectId !== undefined) await told(call, subjectId);
      return c.json({ recorded_at: toRfc3339(call.clock.now()) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/bounce-messages',
      tags: ['notices'],
      operationId: 'report_bounce',
      summary: 'A message that a mail server sent back',
      description:
        'A delivery status notification (RFC 3464) as it came into the mailbox that messages leave from, handed on by whatever reads that mailbox; signed like a delivery report.',
      security: ANYBODY,
      request: {
        headers: wire.signatureHeaders,
        body: jsonBody(wire.bounceSchema, 'The notification.'),
      },
      middleware: [requireJson],
      responses: {
        200: ok('Written down.', wire.recordedSchema),
        ...problems(401, 404, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { message } = c.req.valid('json');
      await told(call, await recordBounce(call, await signedRequest(c), message));
      return c.json({ recorded_at: toRfc3339(call.clock.now()) }, 200);
    },
  );

  return routes;
}
