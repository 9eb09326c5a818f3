import { createRoute, z } from '@hono/zod-openapi';
import type { AccessFeature } from '../network/rules/accessibility.ts';
import { callOf } from '../platform/call.ts';
import { midnight } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  ETAG,
  file,
  idempotencyHeader,
  jsonBody,
  LOCATION,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { uuid } from '../reference/fields.ts';
import { bookAppointment } from './actions/book-appointment.ts';
import { cancelAppointment } from './actions/cancel-appointment.ts';
import { findEarliest } from './actions/find-earliest.ts';
import { listBookableServices } from './actions/list-services.ts';
import { listStarts } from './actions/list-starts.ts';
import { lookUpAppointment, readAppointment } from './actions/look-up-appointment.ts';
import { moveAppointment } from './actions/move-appointment.ts';
import { readAgenda } from './actions/read-agenda.ts';
import { recordOutcome } from './actions/record-outcome.ts';
import { videoRoom } from './actions/video-room.ts';
import { ifMatch, versionFrom } from './if-match.ts';
import { appointmentFile } from './notices.ts';
import * as wire from './schemas.ts';

export const bookingRoutes = createApi();

const appointmentId = z.strictObject({
  appointment_id: uuid.openapi({ param: { name: 'appointment_id', in: 'path' } }),
});
const officeId = z.strictObject({
  office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
});

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/services',
    tags: ['booking'],
    operationId: 'list_services',
    summary: 'What one may come for',
    description:
      'Services that can be booked, with what they are, how long they take and what to bring.',
    security: ANYBODY,
    request: { query: wire.servicesQuerySchema },
    responses: { 200: ok('The services.', wire.servicesSchema), ...problems() },
  }),
  async (c) => {
    const { mode } = c.req.valid('query');
    const services = await listBookableServices(callOf(c));
    const items = services.filter((one) => mode === undefined || one.mode === mode);
    return c.json({ items: items.map(wire.toServiceWire) }, 200, {
      'Cache-Control': 'public, max-age=60',
    });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/earliest-starts',
    tags: ['booking'],
    operationId: 'find_earliest_starts',
    summary: 'The earliest real start of each office',
    description:
      'For each office around a comune or a point, or named, the first start that can be booked now. The competent Cpi comes first; offices that are full are left out.',
    security: ANYBODY,
    request: { query: wire.earliestQuerySchema },
    responses: {
      200: ok('The earliest starts.', wire.earliestSchema),
      ...problems(401, 404, 409),
    },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const found = await findEarliest(callOf(c), {
      serviceId: query.service_id,
      place: {
        comune: query.comune,
        point:
          query.latitude === undefined || query.longitude === undefined
            ? undefined
            : { latitude: Number(query.latitude), longitude: Number(query.longitude) },
        withinKm: query.within_km === undefined ? undefined : Number(query.within_km),
        officeIds: query.office_ids?.split(','),
      },
      limit: Number(query.limit ?? 20),
      from: Number(query.cursor ?? 0),
      language: query.language,
      features: query.features?.split(',') as AccessFeature[] | undefined,
    });
    return c.json(wire.toEarliestWire(found), 200);
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/starts',
    tags: ['booking'],
    operationId: 'list_office_starts',
    summary: 'Free starts of an office',
    description:
      'Every start that can be booked at an office on the days asked, and the first one after them. The staff book without the minimum notice.',
    security: ANYBODY,
    request: {
      params: officeId,
      query: wire.startsQuerySchema,
      headers: wire.holdTokenHeader,
    },
    responses: {
      200: ok('The free starts.', wire.startsSchema),
      ...problems(401, 404, 409, 422),
    },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const found = await listStarts(callOf(c), {
      serviceId: query.service_id,
      officeId: c.req.valid('param').office_id,
      window: { start: midnight(query.from), end: midnight(query.to, 1) },
      minutes: query.minutes === undefined ? undefined : Number(query.minutes),
      language: query.language,
      holdToken: c.req.valid('header')['hold-token'],
    });
    return c.json(wire.toStartsWire(found), 200);
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/appointments',
    tags: ['booking'],
    operationId: 'book_appointment',
    summary: 'Book an appointment',
    description:
      'Takes a start with any operator of the office who is free and able. A start that somebody else took a moment before is answered with 409 and the nearest alternatives.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      headers: idempotencyHeader,
      body: jsonBody(wire.bookingSchema, 'What, where, when and who.'),
    },
    responses: {
      201: ok('Booked.', wire.appointmentSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const booked = await bookAppointment(callOf(c), {
      id: body.id ?? c.get('repeatableId'),
      serviceId: body.service_id,
      officeId: body.office_id,
      start: Date.parse(body.starts_at),
      minutes: body.minutes,
      language: body.language,
      operatorId: body.operator_id,
      note: body.note,
      person: body.person && wire.toPersonDetails(body.person),
    });
    return c.json(wire.toAppointmentWire(booked), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/appointments/${booked.id}`,
      ETag: `"${booked.version}"`,
    });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/appointments',
    tags: ['booking'],
    operationId: 'list_appointments',
    summary: 'The appointments of an office',
    description:
      'Appointments of one office on the days asked, in order; for the staff of that office.',
    security: SIGNED_IN,
    request: { query: wire.agendaQuerySchema },
    responses: {
      200: ok('The appointments.', wire.appointmentsSchema),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const agenda = await readAgenda(callOf(c), {
      officeId: query.office_id,
      operatorId: query.operator_id,
      window: { start: midnight(query.from), end: midnight(query.to, 1) },
    });
    return c.json({ items: agenda.appointments.map((one) => wire.toAppointmentWire(one)) }, 200);
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/appointments/{appointment_id}',
    tags: ['booking'],
    operationId: 'show_appointment',
    summary: 'One appointment',
    description: 'For the jobseeker it belongs to and the staff of its office.',
    security: SIGNED_IN,
    request: { params: appointmentId },
    responses: {
      200: ok('The appointment.', wire.appointmentSchema, { ETag: ETAG }),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const found = await readAppointment(callOf(c), c.req.valid('param').appointment_id);
    const room = await videoRoom(callOf(c), found);
    return c.json(wire.toAppointmentWire(found, room), 200, { ETag: `"${found.version}"` });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/appointments/{appointment_id}/calendar',
    tags: ['booking'],
    operationId: 'show_appointment_calendar',
    summary: 'The appointment as a calendar file',
    description: 'An iCalendar file (RFC 5545) in the time zone of the office.',
    security: SIGNED_IN,
    request: { params: appointmentId },
    responses: { 200: file('The calendar file.', 'text/calendar'), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const call = callOf(c);
    const found = await readAppointment(call, c.req.valid('param').appointment_id);
    return c.body(appointmentFile(call, found), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="appuntamento.ics"',
    });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/appointment-lookups',
    tags: ['booking'],
    operationId: 'look_up_appointment',
    summary: 'Find an appointment by its code and a contact',
    description:
      'Without a login: the booking code and the e-mail or telephone number given when booking open the appointment together.',
    security: ANYBODY,
    middleware: [requireJson, rateLimit({ scope: 'lookup', perMinute: 20 })] as const,
    request: { body: jsonBody(wire.passSchema, 'Code, and e-mail or telephone.') },
    responses: {
      200: ok('The appointment.', wire.appointmentSchema, { ETag: ETAG }),
      ...problems(404, 413, 415, 422),
    },
  }),
  async (c) => {
    const found = await lookUpAppointment(callOf(c), c.req.valid('json'));
    const room = await videoRoom(callOf(c), found);
    return c.json(wire.toAppointmentWire(found, room), 200, { ETag: `"${found.version}"` });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/appointments/{appointment_id}/cancellation',
    tags: ['booking'],
    operationId: 'cancel_appointment',
    summary: 'Cancel an appointment',
    description:
      'Gives the time back at once. Allowed until the appointment begins; marked late within 24 hours. Repeating it changes nothing.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: appointmentId,
      headers: idempotencyHeader.extend(ifMatch.shape),
      body: jsonBody(wire.cancellationSchema, 'The pass of those not signed in, and a reason.'),
    },
    responses: {
      200: ok('The cancelled appointment.', wire.appointmentSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const cancelled = await cancelAppointment(callOf(c), {
      id: c.req.valid('param').appointment_id,
      ...c.req.valid('json'),
      version: versionFrom(c.req.valid('header')['if-match']),
    });
    return c.json(wire.toAppointmentWire(cancelled), 200, { ETag: `"${cancelled.version}"` });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/appointments/{appointment_id}/rescheduling',
    tags: ['booking'],
    operationId: 'move_appointment',
    summary: 'Move an appointment',
    description:
      'Gives the old time back and takes the new one in one step: when the new time is gone, the old one stays. Code, length and, when free, operator are kept.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: appointmentId,
      headers: idempotencyHeader.extend(ifMatch.shape),
      body: jsonBody(wire.reschedulingSchema, 'The new time, and the pass of those not signed in.'),
    },
    responses: {
      200: ok('The appointment at its new time.', wire.appointmentSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const moved = await moveAppointment(callOf(c), {
      id: c.req.valid('param').appointment_id,
      start: Date.parse(body.starts_at),
      officeId: body.office_id,
      pass: body.pass,
      version: versionFrom(c.req.valid('header')['if-match']),
    });
    return c.json(wire.toAppointmentWire(moved), 200, { ETag: `"${moved.version}"` });
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/appointments/{appointment_id}/outcome',
    tags: ['booking'],
    operationId: 'record_appointment_outcome',
    summary: 'Record whether the person came',
    description:
      'Seen, seen though late, absent or excused; for the staff of the office, correctable for a week. Time that nobody used is given back at once. Nobody is absent where the office was closed or the operator away.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: appointmentId, body: jsonBody(wire.outcomeSchema, 'The outcome.') },
    responses: {
      200: ok('The appointment with its outcome.', wire.appointmentSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { outcome, minutes_late } = c.req.valid('json');
    const recorded = await recordOutcome(callOf(c), {
      id: c.req.valid('param').appointment_id,
      outcome: outcome === 'none' ? undefined : outcome,
      minutesLate: minutes_late,
    });
    return c.json(wire.toAppointmentWire(recorded), 200, { ETag: `"${recorded.version}"` });
  },
);
