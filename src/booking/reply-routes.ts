import { createRoute, z } from '@hono/zod-openapi';
import { recordedSchema, signatureHeaders } from '../notices/report-schemas.ts';
import { signedRequest } from '../notices/signature.ts';
import { callOf } from '../platform/call.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, jsonBody, ok, problems } from '../platform/openapi.ts';
import { instant } from '../reference/fields.ts';
import { answerMessage } from './actions/answer-message.ts';

const inboundSchema = z
  .strictObject({
    message_id: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}]*$/u)
      .openapi({ description: 'The gateway’s name for it.' }),
    from: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^\p{Cc}]*$/u)
      .openapi({ example: '+393331234567' }),
    text: z
      .string()
      .max(2000)
      .regex(/^[^\0]*$/u)
      .openapi({ example: 'ANNULLA K7M2Q-9XW4T' }),
    received_at: instant,
  })
  .openapi('InboundMessage');

/** Where the gateway hands on what people write back. */
export const replyRoutes = createApi();

replyRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/inbound-messages',
    tags: ['notices'],
    operationId: 'hand_on_inbound_message',
    summary: 'A text message that somebody sent',
    description:
      'For the SMS gateway, signed like a delivery report. ANNULLA cancels and CONFERMO confirms the appointment that this number was written to about, with its code where there are several; the answer goes by text message. The same message again changes nothing.',
    security: ANYBODY,
    request: {
      headers: signatureHeaders,
      body: jsonBody(inboundSchema, 'The message.'),
    },
    middleware: [requireJson],
    responses: {
      200: ok('Taken over.', recordedSchema),
      ...problems(401, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const { message_id, received_at, ...message } = c.req.valid('json');
    await answerMessage(call, await signedRequest(c), {
      ...message,
      messageId: message_id,
      receivedAt: Date.parse(received_at),
    });
    return c.json({ recorded_at: toRfc3339(call.clock.now()) }, 200);
  },
);
