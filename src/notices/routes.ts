import { createRoute } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { file, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import {
  chooseReminders,
  listReminders,
  type ServiceDirectory,
} from './actions/choose-reminders.ts';
import { listTexts, previewText, readText, saveText } from './actions/edit-texts.ts';
import { listNotices, readNotice } from './actions/read-notices.ts';
import { readReceipt } from './actions/read-receipt.ts';
import { sendAgain } from './actions/send-again.ts';
import { sendOtherwise } from './actions/send-otherwise.ts';
import * as wire from './schemas.ts';

const PAGE = 50;

/** Of a receipt: saved under a name of ours, never shown as a page. */
export const RECEIPT_HEADERS = {
  'Content-Type': 'message/rfc822',
  'Content-Disposition': 'attachment; filename="ricevuta.eml"',
};

export function noticeRoutes(services: ServiceDirectory) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notices',
      tags: ['notices'],
      operationId: 'list_notices',
      summary: 'What was sent to whom',
      description:
        'Messages with what became of them, the newest first; an operator sees those of their own offices.',
      security: SIGNED_IN,
      request: { query: wire.noticesQuerySchema },
      responses: { 200: ok('The messages.', wire.noticesSchema), ...problems(401, 403) },
    }),
    async (c) => {
      const { state, channel, subject_id, cursor, limit } = c.req.valid('query');
      const most = Number(limit ?? PAGE);
      const found = await listNotices(callOf(c), {
        state,
        channel,
        subjectId: subject_id,
        before: cursor,
        limit: most,
      });
      const items = found.slice(0, most);
      const next_cursor = found.length > most ? items.at(-1)?.notice.id : undefined;
      return c.json({ items: items.map(wire.toNoticeWire), next_cursor }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notices/{notice_id}',
      tags: ['notices'],
      operationId: 'show_notice',
      summary: 'One message',
      description: 'A message with everything its carrier told of it.',
      security: SIGNED_IN,
      request: { params: wire.noticeParams },
      responses: { 200: ok('The message.', wire.noticeSchema), ...problems(401, 403, 404) },
    }),
    async (c) =>
      c.json(wire.toNoticeWire(await readNotice(callOf(c), c.req.valid('param').notice_id)), 200),
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/notices/{notice_id}/resendings',
      tags: ['notices'],
      operationId: 'resend_notice',
      summary: 'Send a message again',
      description:
        'Promises the same message anew, under an id of its own; the first one stays as it is.',
      security: SIGNED_IN,
      request: { params: wire.noticeParams },
      responses: {
        201: ok('Promised.', wire.resentSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const id = await sendAgain(call, c.req.valid('param').notice_id);
      return c.json({ id }, 201, { Location: `${call.config.publicUrl}/v1/notices/${id}` });
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/notices/{notice_id}/redirections',
      tags: ['notices'],
      operationId: 'redirect_notice',
      summary: 'Send a message by another way',
      description:
        'Promises the same message anew by another channel or to another address; one that is still being tried is withdrawn.',
      security: SIGNED_IN,
      request: {
        params: wire.noticeParams,
        body: jsonBody(wire.otherWaySchema, 'Channel and address.'),
      },
      middleware: [requireJson],
      responses: {
        201: ok('Promised.', wire.resentSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const id = await sendOtherwise(call, c.req.valid('param').notice_id, c.req.valid('json'));
      return c.json({ id }, 201, { Location: `${call.config.publicUrl}/v1/notices/${id}` });
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notices/{notice_id}/receipts/{event_id}',
      tags: ['notices'],
      operationId: 'download_pec_receipt',
      summary: 'A receipt of certified mail',
      description: 'The receipt as it came into the mailbox; reading it leaves a trace.',
      security: SIGNED_IN,
      request: { params: wire.receiptParams },
      responses: { 200: file('The receipt.', 'message/rfc822'), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const { notice_id, event_id } = c.req.valid('param');
      return c.body(await readReceipt(callOf(c), notice_id, event_id), 200, RECEIPT_HEADERS);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notice-texts',
      tags: ['notices'],
      operationId: 'list_notice_texts',
      summary: 'Kinds of message',
      description: 'Every kind of message and which of its texts the office wrote itself.',
      security: SIGNED_IN,
      responses: { 200: ok('The kinds.', wire.textsSchema), ...problems(401, 403) },
    }),
    async (c) => {
      const call = callOf(c);
      const items = (await listTexts(call)).map(({ kind, edited }) => ({
        kind: kind.name,
        title: kind.title[call.locale],
        edited: edited.map(({ locale, serviceId }) => ({
          locale,
          service_id: serviceId ?? undefined,
        })),
      }));
      return c.json({ items }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notice-texts/{kind_name}',
      tags: ['notices'],
      operationId: 'show_notice_text',
      summary: 'The text of a kind of message',
      description:
        'The text in force in a language, for all services or one of them, the default one, the placeholders it may use and its history.',
      security: SIGNED_IN,
      request: { params: wire.kindParams, query: wire.textQuerySchema },
      responses: { 200: ok('The text.', wire.textSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const { locale = 'it', service_id } = c.req.valid('query');
      const text = await readText(callOf(c), {
        kind: c.req.valid('param').kind_name,
        locale,
        serviceId: service_id ?? null,
      });
      return c.json(wire.toTextWire(text), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/notice-texts/{kind_name}/versions',
      tags: ['notices'],
      operationId: 'save_notice_text',
      summary: 'Change a text',
      description:
        'Puts a text in force from the next message on, or takes the default one back. Unknown placeholders, and the loss of one that the message cannot do without, are refused.',
      security: SIGNED_IN,
      request: { params: wire.kindParams, body: jsonBody(wire.editSchema, 'The text.') },
      middleware: [requireJson],
      responses: {
        201: ok('In force.', wire.versionSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 412, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { locale, service_id, version, template } = c.req.valid('json');
      const kind = c.req.valid('param').kind_name;
      const saved = await saveText(
        call,
        { kind, locale, serviceId: service_id ?? null },
        version,
        template,
      );
      return c.json(wire.toVersionWire(saved), 201, {
        Location: `${call.config.publicUrl}/v1/notice-texts/${kind}`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/notice-texts/{kind_name}/previews',
      tags: ['notices'],
      operationId: 'preview_notice_text',
      summary: 'Try a text out',
      description: 'What a text makes of invented facts; nothing is kept.',
      security: SIGNED_IN,
      request: { params: wire.kindParams, body: jsonBody(wire.previewRequestSchema, 'The text.') },
      middleware: [requireJson],
      responses: {
        200: ok('As people would read it.', wire.previewSchema),
        ...problems(401, 403, 404, 413, 415, 422),
      },
    }),
    (c) => {
      const { locale, template } = c.req.valid('json');
      const kind = c.req.valid('param').kind_name;
      const letter = previewText(callOf(c), { kind, locale, template });
      return c.json(wire.toPreviewWire(letter), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/reminder-policies',
      tags: ['notices'],
      operationId: 'list_reminder_policies',
      summary: 'How far ahead services remind',
      description: 'How many days before its appointments each service calls them to mind.',
      security: SIGNED_IN,
      responses: { 200: ok('The services.', wire.remindersSchema), ...problems(401, 403) },
    }),
    async (c) => {
      const call = callOf(c);
      const items = await listReminders(call, services);
      return c.json({ items: items.map((item) => wire.toReminderWire(item, call.locale)) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'put',
      path: '/v1/reminder-policies/{service_id}',
      tags: ['notices'],
      operationId: 'choose_reminder_policy',
      summary: 'Choose how far ahead a service reminds',
      description: 'For appointments made from now on; an empty list means never.',
      security: SIGNED_IN,
      request: {
        params: wire.serviceParams,
        body: jsonBody(wire.reminderChoiceSchema, 'The days.'),
      },
      middleware: [requireJson],
      responses: {
        200: ok('Chosen.', wire.reminderChoiceSchema),
        ...problems(401, 403, 404, 413, 415, 422),
      },
    }),
    async (c) => {
      const serviceId = c.req.valid('param').service_id;
      const chosen = await chooseReminders(callOf(c), services, {
        serviceId,
        days: c.req.valid('json').days,
      });
      return c.json({ days: [...chosen] }, 200);
    },
  );

  return routes;
}
