import { createRoute, z } from '@hono/zod-openapi';
import { appointmentSchema, toAppointmentWire, toPersonDetails } from '../booking/schemas.ts';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, file, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { bookOverbooked } from './actions/book-overbooked.ts';
import { decideJustification } from './actions/decide-justification.ts';
import {
  listJustifications,
  readDocument,
  readJustification,
} from './actions/read-justifications.ts';
import { sendJustification } from './actions/send-justification.ts';
import * as wire from './schemas.ts';

export const attendanceRoutes = createApi();

/** What cannot be decoded is an empty document, which is refused like any other of no known kind. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

const appointmentId = z.strictObject({
  appointment_id: uuid.openapi({ param: { name: 'appointment_id', in: 'path' } }),
});
const justificationId = z.strictObject({
  justification_id: uuid.openapi({ param: { name: 'justification_id', in: 'path' } }),
});

attendanceRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/appointments/{appointment_id}/justifications',
    tags: ['attendance'],
    operationId: 'send_justification',
    summary: 'Say why one did not come',
    description:
      'Also answers what the office asked, with a document where there is one. What comes after the deadline is taken and marked late.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: appointmentId,
      body: jsonBody(wire.sendingSchema, 'The reason, and the pass of who is not signed in.'),
    },
    responses: {
      201: ok('Sent.', wire.justificationSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const sent = await sendJustification(callOf(c), {
      appointmentId: c.req.valid('param').appointment_id,
      ground: body.ground,
      statement: body.statement,
      impedimentEndsOn: body.impediment_ends_on,
      pass: body.pass,
      ...(body.document && {
        document: { name: body.document.name, content: fromBase64(body.document.content) },
      }),
    });
    return c.json(wire.toJustificationWire(sent), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/justifications/${sent.id}`,
    });
  },
);

attendanceRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/justifications',
    tags: ['attendance'],
    operationId: 'list_justifications',
    summary: 'The justifications of the caller’s offices',
    description: 'Open ones by their deadline, or the latest decided.',
    security: SIGNED_IN,
    request: { query: wire.justificationQuerySchema },
    responses: {
      200: ok('The justifications.', wire.justificationsSchema),
      ...problems(401, 403, 422),
    },
  }),
  async (c) => {
    const list = await listJustifications(callOf(c), c.req.valid('query').state);
    return c.json({ items: list.map(wire.toJustificationWire) }, 200);
  },
);

attendanceRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/justifications/{justification_id}',
    tags: ['attendance'],
    operationId: 'show_justification',
    summary: 'One justification',
    description: 'What the person wrote, and which documents came with it.',
    security: SIGNED_IN,
    request: { params: justificationId },
    responses: {
      200: ok('The justification.', wire.justificationFileSchema),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const found = await readJustification(callOf(c), c.req.valid('param').justification_id);
    return c.json(wire.toJustificationFileWire(found), 200);
  },
);

attendanceRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/justification-documents/{document_id}',
    tags: ['attendance'],
    operationId: 'download_justification_document',
    summary: 'A document that came with a justification',
    description:
      'As it was sent; its kind is in the justification’s list. Each reading stays in the audit trail.',
    security: SIGNED_IN,
    request: {
      params: z.strictObject({
        document_id: uuid.openapi({ param: { name: 'document_id', in: 'path' } }),
      }),
    },
    responses: {
      200: file('The document.', 'application/octet-stream'),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const { name, content } = await readDocument(callOf(c), c.req.valid('param').document_id);
    return c.body(content, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  },
);

attendanceRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/justifications/{justification_id}/decision',
    tags: ['attendance'],
    operationId: 'decide_justification',
    summary: 'Decide a justification',
    description: 'Accept, reject, ask for more, or take the last decision back within a week.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: justificationId,
      body: jsonBody(wire.decisionSchema, 'The decision and its reason.'),
    },
    responses: {
      200: ok('Decided.', wire.justificationSchema),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const id = c.req.valid('param').justification_id;
    const decision = wire.toDecision(c.req.valid('json'));
    return c.json(
      wire.toJustificationWire(await decideJustification(callOf(c), id, decision)),
      200,
    );
  },
);

attendanceRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/overbooked-appointments',
    tags: ['attendance'],
    operationId: 'book_overbooked_appointment',
    summary: 'Book beyond the places of a half-day',
    description:
      'Only where an administrator switched it on, nothing real is free, and those who will probably not come leave room. Jobseekers only where it was opened to them.',
    security: ANYBODY,
    middleware: [requireJson],
    request: { body: jsonBody(wire.overbookingSchema, 'What, where, when and who.') },
    responses: {
      201: ok('Booked.', appointmentSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const booked = await bookOverbooked(callOf(c), {
      serviceId: body.service_id,
      officeId: body.office_id,
      day: body.day,
      half: body.half,
      person: body.person && toPersonDetails(body.person),
    });
    return c.json(toAppointmentWire(booked), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/appointments/${booked.id}`,
    });
  },
);
