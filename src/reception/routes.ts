import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  empty,
  jsonBody,
  LOCATION,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { isoDate, uuid } from '../reference/fields.ts';
import { callNext, callTicket } from './actions/call-person.ts';
import { checkIn } from './actions/check-in.ts';
import { listVisits } from './actions/list-visits.ts';
import { readHall } from './actions/read-hall.ts';
import { readTicket } from './actions/read-ticket.ts';
import { setDesk } from './actions/set-desk.ts';
import { takeStep } from './actions/take-step.ts';
import { takeTicket } from './actions/take-ticket.ts';
import { undoStep } from './actions/undo-step.ts';
import * as wire from './schemas.ts';

export const receptionRoutes = createApi();

/** Numbers and arrivals that one client may ask for in a minute: a kiosk needs fewer. Ours. */
export const ARRIVALS_PER_MINUTE = 30;

const officeId = z.strictObject({
  office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
});
const ticketId = z.strictObject({
  ticket_id: uuid.openapi({ param: { name: 'ticket_id', in: 'path' } }),
});
const limited = rateLimit({ scope: 'arrivals', perMinute: ARRIVALS_PER_MINUTE });

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/offices/{office_id}/tickets',
    tags: ['reception'],
    operationId: 'take_ticket',
    summary: 'Take a number without a booking',
    description:
      'On the same capacity as bookings, which keep their times: refused when there is no time left today.',
    security: ANYBODY,
    middleware: [requireJson, limited] as const,
    request: { params: officeId, body: jsonBody(wire.newTicketSchema, 'What for.') },
    responses: {
      201: ok('The number, with its wait.', wire.ticketViewSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const { service_id, priority } = c.req.valid('json');
    const made = await takeTicket(call, {
      officeId: c.req.valid('param').office_id,
      serviceId: service_id,
      ...(priority !== undefined && { priority }),
    });
    return c.json(wire.toTicketViewWire(await readTicket(call, made.id)), 201, {
      Location: `${call.config.publicUrl}/v1/tickets/${made.id}`,
    });
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/tickets',
    tags: ['reception'],
    operationId: 'list_tickets',
    summary: 'Who came on a day',
    description: 'Each visit with its times: arrived, called, received, gone. For the staff.',
    security: SIGNED_IN,
    request: { params: officeId, query: z.strictObject({ day: isoDate }) },
    responses: { 200: ok('The visits.', wire.ticketsSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await listVisits(callOf(c), {
      officeId: c.req.valid('param').office_id,
      day: c.req.valid('query').day,
    });
    return c.json({ items: found.map(wire.toTicketWire) }, 200);
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/offices/{office_id}/check-ins',
    tags: ['reception'],
    operationId: 'check_in',
    summary: 'Say that somebody who booked is here',
    description: 'By the code of the booking; repeating it changes nothing.',
    security: ANYBODY,
    middleware: [requireJson, limited] as const,
    request: { params: officeId, body: jsonBody(wire.checkInSchema, 'The code.') },
    responses: {
      200: ok('The number, with its wait.', wire.ticketViewSchema),
      ...problems(404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const { code } = c.req.valid('json');
    const made = await checkIn(call, { officeId: c.req.valid('param').office_id, code });
    return c.json(wire.toTicketViewWire(await readTicket(call, made.id)), 200);
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/calls',
    tags: ['reception'],
    operationId: 'show_hall',
    summary: 'The last numbers called, and the wait',
    description: 'What the screen in the hall shows: numbers and desks, nobody’s name.',
    security: ANYBODY,
    request: { params: officeId },
    responses: { 200: ok('The hall.', wire.hallSchema), ...problems(404) },
  }),
  async (c) => {
    const hall = await readHall(callOf(c), { id: c.req.valid('param').office_id });
    return c.json(
      {
        calls: hall.calls.map(wire.toTicketWire),
        waiting: hall.waiting.length,
        services: hall.services.map(({ service, estimate }) => ({
          service_id: service.id,
          estimate: wire.toEstimateWire(estimate),
        })),
      },
      200,
    );
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/offices/{office_id}/calls',
    tags: ['reception'],
    operationId: 'call_person',
    summary: 'Call whoever is next, or one person',
    description:
      'Next: those who booked with the operator by their hour, then priority, then in order, as far as the time until the next booking allows.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: officeId, body: jsonBody(wire.callSchema, 'Whom.') },
    responses: {
      200: ok('Who was called.', wire.ticketSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const { ticket_id } = c.req.valid('json');
    const called = ticket_id
      ? await callTicket(call, ticket_id)
      : await callNext(call, c.req.valid('param').office_id);
    return c.json(wire.toTicketWire(called), 200);
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/tickets/{ticket_id}',
    tags: ['reception'],
    operationId: 'show_ticket',
    summary: 'One number',
    description: 'How many come before, how long it takes, where it was called. Names nobody.',
    security: ANYBODY,
    request: { params: ticketId },
    responses: { 200: ok('The number.', wire.ticketViewSchema), ...problems(404) },
  }),
  async (c) => {
    const found = await readTicket(callOf(c), c.req.valid('param').ticket_id);
    return c.json(wire.toTicketViewWire(found), 200);
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/tickets/{ticket_id}/steps',
    tags: ['reception'],
    operationId: 'move_ticket_on',
    summary: 'Call again, begin, pass over, hand on, finish, leave, make longer',
    description: 'What an operator does with somebody called; each can be taken back but the last.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: ticketId, body: jsonBody(wire.stepSchema, 'What is done.') },
    responses: {
      200: ok('The number afterwards.', wire.ticketSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { action, service_id, operator_id } = c.req.valid('json');
    const moved = await takeStep(callOf(c), {
      id: c.req.valid('param').ticket_id,
      action,
      ...(service_id && { serviceId: service_id }),
      ...(operator_id && { operatorId: operator_id }),
    });
    return c.json(wire.toTicketWire(moved), 200);
  },
);

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/ticket-step-reversals',
    tags: ['reception'],
    operationId: 'take_back_last_step',
    summary: 'Take back what the operator did last',
    description: 'Only while nobody changed that number since.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(z.strictObject({}), 'Nothing.') },
    responses: {
      200: ok('The number as it is again.', wire.ticketSchema),
      ...problems(401, 403, 409, 413, 415, 422),
    },
  }),
  async (c) => c.json(wire.toTicketWire(await undoStep(callOf(c))), 200),
);

receptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/desk-assignments',
    tags: ['reception'],
    operationId: 'take_desk',
    summary: 'Say at which desk one receives today',
    description: 'The operator who asks, until the day ends.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.deskSchema, 'The desk.') },
    responses: { 204: empty('Noted.'), ...problems(401, 403, 413, 415, 422) },
  }),
  async (c) => {
    await setDesk(callOf(c), c.req.valid('json').desk);
    return c.body(null, 204);
  },
);
