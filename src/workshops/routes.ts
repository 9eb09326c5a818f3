import { createRoute, z } from '@hono/zod-openapi';
import { passSchema, toPersonDetails } from '../booking/schemas.ts';
import { callOf } from '../platform/call.ts';
import { midnight } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, file, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { uuid } from '../reference/fields.ts';
import { acceptSeat } from './actions/accept-seat.ts';
import { cancelRegistration } from './actions/cancel-registration.ts';
import { cancelSession } from './actions/cancel-session.ts';
import { createSessions } from './actions/create-sessions.ts';
import { editSession } from './actions/edit-session.ts';
import { lookUpRegistration, readRegistration } from './actions/look-up-registration.ts';
import {
  listOfficeSessions,
  listSessions,
  readAttendanceList,
  readSession,
} from './actions/read-sessions.ts';
import { recordAttendance } from './actions/record-attendance.ts';
import { register } from './actions/register.ts';
import { attendanceCsv } from './attendance-csv.ts';
import { sessionFile } from './notices.ts';
import * as wire from './schemas.ts';

export const workshopRoutes = createApi();

const sessionId = z.strictObject({
  meeting_id: uuid.openapi({ param: { name: 'meeting_id', in: 'path' } }),
});
const registrationId = z.strictObject({
  registration_id: uuid.openapi({ param: { name: 'registration_id', in: 'path' } }),
});

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/group-sessions',
    tags: ['workshops'],
    operationId: 'list_group_sessions',
    summary: 'Workshops and information meetings',
    description:
      'Published sessions that begin on the days asked; the staff of the office named sees its drafts and cancelled ones too.',
    security: ANYBODY,
    request: { query: wire.sessionsQuerySchema },
    responses: { 200: ok('The sessions.', wire.sessionsSchema), ...problems() },
  }),
  async (c) => {
    const { from, to, office_id: officeId } = c.req.valid('query');
    const call = callOf(c);
    const window = { start: midnight(from), end: midnight(to, 1) };
    const { actor } = call;
    const own = actor.kind === 'operator' && officeId && actor.officeIds.includes(officeId);
    const found = own
      ? await listOfficeSessions(call, { window, officeId })
      : await listSessions(call, { window, ...(officeId && { officeId }) });
    return c.json({ items: found.map(wire.toSessionWire) }, 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/group-sessions',
    tags: ['workshops'],
    operationId: 'create_group_sessions',
    summary: 'Plan a session, or a series of them',
    description:
      'Writes the session with its numbered seats and shuts the agendas of those who lead while it lasts. All sessions of a series or none.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newSessionSchema, 'The session.') },
    responses: {
      201: ok('The sessions made.', wire.sessionsSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { office_id, series, ...body } = c.req.valid('json');
    const made = await createSessions(callOf(c), {
      officeId: office_id,
      details: wire.toDetails(body),
      published: body.published,
      ...(series && { series: { weeks: series.every_weeks, times: series.times } }),
    });
    return c.json({ items: made.map(wire.toSessionWire) }, 201, {
      Location: `${c.get('services').config.publicUrl}/v1/group-sessions/${made[0]!.id}`,
    });
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/group-sessions/{meeting_id}',
    tags: ['workshops'],
    operationId: 'show_group_session',
    summary: 'One session',
    description: 'What, when and where, how many seats and how many are taken.',
    security: ANYBODY,
    request: { params: sessionId },
    responses: { 200: ok('The session.', wire.sessionSchema), ...problems(404) },
  }),
  async (c) => {
    const found = await readSession(callOf(c), c.req.valid('param').meeting_id);
    return c.json(wire.toSessionWire(found), 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/group-sessions/{meeting_id}',
    tags: ['workshops'],
    operationId: 'change_group_session',
    summary: 'Change a session',
    description:
      'Those registered keep their seats and are told of another time or room. Never fewer seats than are taken.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: sessionId,
      body: jsonBody(wire.sessionChangeSchema, 'The session as it is to be.'),
    },
    responses: {
      200: ok('The changed session.', wire.sessionSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const changed = await editSession(callOf(c), {
      id: c.req.valid('param').meeting_id,
      details: wire.toDetails(body),
      published: body.published,
    });
    return c.json(wire.toSessionWire(changed), 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/group-sessions/{meeting_id}/cancellation',
    tags: ['workshops'],
    operationId: 'cancel_group_session',
    summary: 'Cancel a session',
    description: 'Tells everybody on its list, once. Repeating it changes nothing.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: sessionId,
      body: jsonBody(wire.cancellationReasonSchema, 'Why, as told to those on the list.'),
    },
    responses: {
      200: ok('The cancelled session.', wire.sessionSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const cancelled = await cancelSession(callOf(c), {
      id: c.req.valid('param').meeting_id,
      ...c.req.valid('json'),
    });
    return c.json(wire.toSessionWire(cancelled), 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/group-sessions/{meeting_id}/registrations',
    tags: ['workshops'],
    operationId: 'register_for_session',
    summary: 'Register for a session',
    description:
      'The lowest free seat, or a place in the queue when asked for. A person registers once; one who was excused or cancelled can come back.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: sessionId,
      body: jsonBody(wire.newRegistrationSchema, 'Who comes.'),
    },
    responses: {
      201: ok('Registered, or in the queue.', wire.registrationSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const made = await register(callOf(c), {
      sessionId: c.req.valid('param').meeting_id,
      ...(body.person && { person: toPersonDetails(body.person) }),
      orQueue: body.or_queue,
    });
    return c.json(wire.toRegistrationWire(made), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/registrations/${made.id}`,
    });
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/group-sessions/{meeting_id}/registrations',
    tags: ['workshops'],
    operationId: 'list_session_registrations',
    summary: 'Who is on the list of a session',
    description: 'By seat, then those who wait in their order; for the staff of its office.',
    security: SIGNED_IN,
    request: { params: sessionId },
    responses: {
      200: ok('The list.', wire.registrationsSchema),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const list = await readAttendanceList(callOf(c), c.req.valid('param').meeting_id);
    return c.json({ items: list.registrations.map(wire.toRegistrationWire) }, 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/group-sessions/{meeting_id}/attendance-list',
    tags: ['workshops'],
    operationId: 'export_attendance_list',
    summary: 'The attendance list as CSV',
    description: 'Separated by semicolons, for spreadsheets; for the staff of its office.',
    security: SIGNED_IN,
    request: { params: sessionId },
    responses: { 200: file('The list.', 'text/csv'), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const call = callOf(c);
    const list = await readAttendanceList(call, c.req.valid('param').meeting_id);
    return c.body(attendanceCsv(list.registrations, call.locale), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="presenze.csv"',
    });
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/registration-lookups',
    tags: ['workshops'],
    operationId: 'look_up_registration',
    summary: 'Find a registration by its code and a contact',
    description:
      'Without a login: the code and the e-mail or telephone number that was left open the registration together.',
    security: ANYBODY,
    middleware: [requireJson, rateLimit({ scope: 'registration-lookup', perMinute: 20 })] as const,
    request: { body: jsonBody(passSchema, 'Code, and e-mail or telephone.') },
    responses: {
      200: ok('The registration.', wire.registrationSchema),
      ...problems(404, 413, 415, 422),
    },
  }),
  async (c) => {
    const found = await lookUpRegistration(callOf(c), c.req.valid('json'));
    return c.json(wire.toRegistrationWire(found.registration), 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/registrations/{registration_id}',
    tags: ['workshops'],
    operationId: 'show_registration',
    summary: 'One registration',
    description: 'For the jobseeker it belongs to and the staff of the office.',
    security: SIGNED_IN,
    request: { params: registrationId },
    responses: {
      200: ok('The registration.', wire.registrationSchema),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const { registration } = await readRegistration(
      callOf(c),
      c.req.valid('param').registration_id,
    );
    return c.json(wire.toRegistrationWire(registration), 200);
  },
);

workshopRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/registrations/{registration_id}/calendar',
    tags: ['workshops'],
    operationId: 'show_registration_calendar',
    summary: 'The session as a calendar file',
    description: 'An iCalendar file (RFC 5545) in the time zone of the office.',
    security: SIGNED_IN,
    request: { params: registrationId },
    responses: { 200: file('The calendar file.', 'text/calendar'), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const call = callOf(c);
    const opened = await readRegistration(call, c.req.valid('param').registration_id);
    return c.body(sessionFile(call, opened.session, opened.registration), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="incontro.ics"',
    });
  },
);

for (const { path, operationId, summary, description, act } of [
  {
    path: '/v1/registrations/{registration_id}/cancellation',
    operationId: 'cancel_registration',
    summary: 'Cancel a registration',
    description:
      'Gives back a seat, an offer of one or a place in the queue. Repeating it changes nothing.',
    act: cancelRegistration,
  },
  {
    path: '/v1/registrations/{registration_id}/acceptance',
    operationId: 'accept_seat',
    summary: 'Take the seat that is kept',
    description: 'While it is kept for this person. Repeating it changes nothing.',
    act: acceptSeat,
  },
] as const) {
  workshopRoutes.openapi(
    createRoute({
      method: 'post',
      path,
      tags: ['workshops'],
      operationId,
      summary,
      description,
      security: ANYBODY,
      middleware: [requireJson],
      request: {
        params: registrationId,
        body: jsonBody(wire.registrationPassSchema, 'The pass of those not signed in.'),
      },
      responses: {
        200: ok('The registration as it is now.', wire.registrationSchema),
        ...problems(401, 403, 404, 409, 410, 413, 415, 422),
      },
    }),
    async (c) => {
      const { pass } = c.req.valid('json');
      const id = c.req.valid('param').registration_id;
      const { registration } = await act(callOf(c), { id, ...(pass && { pass }) });
      return c.json(wire.toRegistrationWire(registration), 200);
    },
  );
}

workshopRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/registrations/{registration_id}/attendance',
    tags: ['workshops'],
    operationId: 'record_session_attendance',
    summary: 'Record whether somebody came',
    description: 'For the staff of the office; correctable for a week.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: registrationId,
      body: jsonBody(wire.attendanceSchema, 'The attendance.'),
    },
    responses: {
      200: ok('The registration as it is now.', wire.registrationSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { attendance } = c.req.valid('json');
    const recorded = await recordAttendance(callOf(c), {
      id: c.req.valid('param').registration_id,
      attendance: attendance === 'none' ? undefined : attendance,
    });
    return c.json(wire.toRegistrationWire(recorded), 200);
  },
);
