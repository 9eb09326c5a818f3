import { createRoute, z } from '@hono/zod-openapi';
import { passSchema, toPersonDetails } from '../booking/schemas.ts';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { uuid } from '../reference/fields.ts';
import { acceptOffer, declineOffer } from './actions/answer-offer.ts';
import { changeWish } from './actions/change-wish.ts';
import { joinList } from './actions/join-list.ts';
import { leaveList } from './actions/leave-list.ts';
import { lookUpEntry, readEntry } from './actions/look-up-entry.ts';
import { offerByHand } from './actions/offer-by-hand.ts';
import { readOfficeList } from './actions/read-office-list.ts';
import * as wire from './schemas.ts';

export const waitlistRoutes = createApi();

const entryId = z.strictObject({
  entry_id: uuid.openapi({ param: { name: 'entry_id', in: 'path' } }),
});
const offerId = entryId.extend({
  offer_id: uuid.openapi({ param: { name: 'offer_id', in: 'path' } }),
});

waitlistRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/waiting-entries',
    tags: ['waitlist'],
    operationId: 'join_waiting_list',
    summary: 'Wait for time that comes free',
    description:
      'With or without an appointment: who has one is offered earlier time only. One open entry for each person and service. Time that comes free is kept for one after another: urgent legal deadlines first, then by order of arrival.',
    security: ANYBODY,
    middleware: [requireJson],
    request: { body: jsonBody(wire.joiningSchema, 'What, where, when and who.') },
    responses: {
      201: ok('On the list.', wire.entrySchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const opened = await joinList(callOf(c), {
      serviceId: body.service_id,
      where: wire.toWhere(body.where),
      when: wire.toWhen(body),
      ...(body.person && { person: toPersonDetails(body.person) }),
      ...(body.deadline && { deadline: body.deadline }),
    });
    return c.json(wire.toEntryWire(opened), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/waiting-entries/${opened.entry.id}`,
    });
  },
);

waitlistRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/waiting-entries',
    tags: ['waitlist'],
    operationId: 'list_waiting_entries',
    summary: 'Who waits at an office',
    description: 'In the order in which they are asked; for the staff of the office.',
    security: SIGNED_IN,
    request: { query: wire.officeListQuerySchema },
    responses: { 200: ok('The list.', wire.officeListSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const list = await readOfficeList(callOf(c), c.req.valid('query').office_id);
    return c.json(wire.toOfficeListWire(list), 200);
  },
);

waitlistRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/waiting-entries/{entry_id}',
    tags: ['waitlist'],
    operationId: 'show_waiting_entry',
    summary: 'One place in the list',
    description: 'With its offers and how many are asked before; for its person and their offices.',
    security: SIGNED_IN,
    request: { params: entryId },
    responses: { 200: ok('The entry.', wire.entrySchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const opened = await readEntry(callOf(c), c.req.valid('param').entry_id);
    return c.json(wire.toEntryWire(opened), 200);
  },
);

waitlistRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/waiting-entry-lookups',
    tags: ['waitlist'],
    operationId: 'look_up_waiting_entry',
    summary: 'Find a place in the list by its code and a contact',
    description:
      'Without a login: the code and the e-mail or telephone number that was left open the entry together.',
    security: ANYBODY,
    middleware: [requireJson, rateLimit({ scope: 'waiting-lookup', perMinute: 20 })] as const,
    request: { body: jsonBody(passSchema, 'Code, and e-mail or telephone.') },
    responses: { 200: ok('The entry.', wire.entrySchema), ...problems(404, 413, 415, 422) },
  }),
  async (c) => {
    const opened = await lookUpEntry(callOf(c), c.req.valid('json'));
    return c.json(wire.toEntryWire(opened), 200);
  },
);

waitlistRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/waiting-entries/{entry_id}/wish',
    tags: ['waitlist'],
    operationId: 'change_waiting_wish',
    summary: 'Change what suits',
    description: 'The place in the order stays the same.',
    security: ANYBODY,
    middleware: [requireJson],
    request: { params: entryId, body: jsonBody(wire.wishChangeSchema, 'Where and when.') },
    responses: {
      200: ok('The entry as it is now.', wire.entrySchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const opened = await changeWish(callOf(c), {
      id: c.req.valid('param').entry_id,
      when: wire.toWhen(body),
      ...(body.where && { where: wire.toWhere(body.where) }),
      ...(body.pass && { pass: body.pass }),
    });
    return c.json(wire.toEntryWire(opened), 200);
  },
);

waitlistRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/waiting-entries/{entry_id}/departure',
    tags: ['waitlist'],
    operationId: 'leave_waiting_list',
    summary: 'Leave the list',
    description: 'An open offer goes to the next. Repeating it changes nothing.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: entryId,
      body: jsonBody(wire.entryPassSchema, 'The pass of those not signed in.'),
    },
    responses: {
      200: ok('The entry as it is now.', wire.entrySchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const { pass } = c.req.valid('json');
    const id = c.req.valid('param').entry_id;
    const opened = await leaveList(callOf(c), { id, ...(pass && { pass }) });
    return c.json(wire.toEntryWire(opened), 200);
  },
);

for (const { path, operationId, summary, description, answer } of [
  {
    path: '/v1/waiting-entries/{entry_id}/offers/{offer_id}/acceptance',
    operationId: 'accept_waiting_offer',
    summary: 'Take the time that is kept',
    description:
      'It becomes the appointment, or the one the person has is moved there in one step. Repeating it changes nothing.',
    answer: acceptOffer,
  },
  {
    path: '/v1/waiting-entries/{entry_id}/offers/{offer_id}/refusal',
    operationId: 'decline_waiting_offer',
    summary: 'Let an offer go to the next',
    description: 'Who lets three offers pass leaves the list.',
    answer: declineOffer,
  },
] as const) {
  waitlistRoutes.openapi(
    createRoute({
      method: 'post',
      path,
      tags: ['waitlist'],
      operationId,
      summary,
      description,
      security: ANYBODY,
      middleware: [requireJson],
      request: {
        params: offerId,
        body: jsonBody(wire.entryPassSchema, 'The pass of those not signed in.'),
      },
      responses: {
        200: ok('The entry as it is now.', wire.entrySchema),
        ...problems(401, 403, 404, 409, 410, 413, 415, 422),
      },
    }),
    async (c) => {
      const { pass } = c.req.valid('json');
      const { entry_id, offer_id } = c.req.valid('param');
      const opened = await answer(callOf(c), {
        entryId: entry_id,
        offerId: offer_id,
        ...(pass && { pass }),
      });
      return c.json(wire.toEntryWire(opened), 200);
    },
  );
}

waitlistRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/waiting-entries/{entry_id}/offers',
    tags: ['waitlist'],
    operationId: 'offer_by_hand',
    summary: 'Keep free time for one who waits',
    description: 'Chosen by the staff of the office, whatever the order; the person may decline.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: entryId, body: jsonBody(wire.manualOfferSchema, 'The time.') },
    responses: {
      201: ok('The entry with its open offer.', wire.entrySchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const opened = await offerByHand(callOf(c), {
      entryId: c.req.valid('param').entry_id,
      officeId: body.office_id,
      startsAt: Date.parse(body.starts_at),
    });
    return c.json(wire.toEntryWire(opened), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/waiting-entries/${opened.entry.id}`,
    });
  },
);
