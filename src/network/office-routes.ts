import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  empty,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { istatCode, uuid } from '../reference/fields.ts';
import { addResource } from './actions/add-resource.ts';
import { addStaffMember } from './actions/add-staff-member.ts';
import { cancelTransfer } from './actions/cancel-transfer.ts';
import type { CarryOut, HoursChange, NetworkChanged } from './actions/change-network.ts';
import { changeResource } from './actions/change-resource.ts';
import { changeStaffMember } from './actions/change-staff-member.ts';
import { findCompetentOffice } from './actions/find-competent-office.ts';
import { listResources } from './actions/list-resources.ts';
import { listStaff } from './actions/list-staff.ts';
import { readStaffMember, readTransfer } from './actions/read-transfer.ts';
import { setOpenOnHolidays } from './actions/set-open-on-holidays.ts';
import { ownersOfFeast, type PatronFeast, setPatronFeast } from './actions/set-patron-feast.ts';
import { transferOperator } from './actions/transfer-operator.ts';
import * as wire from './hours-schemas.ts';
import { civicNumber } from './rules/street.ts';
import type { StaffMember } from './staff-store.ts';

/** What an office has: desks and rooms, operators' skills, holidays; and whom it serves. */
export function officeRoutes(changed: NetworkChanged, carry: CarryOut) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/offices/{office_id}',
      tags: ['network'],
      operationId: 'change_office',
      summary: 'Whether an office keeps its hours on holidays',
      description: 'National ones and the feast of its comune’s patron.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
        }),
        body: mergePatchBody(wire.officeChangeSchema, 'The change.'),
      },
      responses: { 204: empty('Changed.'), ...problems(401, 403, 404, 409, 413, 415, 422) },
    }),
    async (c) => {
      const { open_on_holidays } = c.req.valid('json');
      const officeId = c.req.valid('param').office_id;
      await carry(
        callOf(c),
        {
          whose: async () => [{ officeId, operatorId: undefined }],
          make: (inside, follow) => setOpenOnHolidays(inside, officeId, open_on_holidays, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'put',
      path: '/v1/patron-feasts/{comune}',
      tags: ['network'],
      operationId: 'set_patron_feast',
      summary: 'The feast of a comune’s patron saint',
      description: 'Offices seated in the comune are closed on it, every year.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          comune: istatCode.openapi({ param: { name: 'comune', in: 'path' } }),
        }),
        body: jsonBody(wire.patronFeastSchema, 'The feast.'),
      },
      responses: { 204: empty('Set.'), ...problems(401, 403, 404, 409, 413, 415, 422) },
    }),
    async (c) => {
      const feast = wire.toPatronFeast(c.req.valid('json'));
      const change = changedFeast(c.req.valid('param').comune, feast);
      await carry(callOf(c), change, c.req.valid('query').appointments);
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/patron-feasts/{comune}',
      tags: ['network'],
      operationId: 'remove_patron_feast',
      summary: 'No feast of a patron saint',
      description: 'Offices seated in the comune keep their hours on it.',
      security: SIGNED_IN,
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          comune: istatCode.openapi({ param: { name: 'comune', in: 'path' } }),
        }),
      },
      responses: { 204: empty('Gone.'), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const change = changedFeast(c.req.valid('param').comune, undefined);
      await carry(callOf(c), change, c.req.valid('query').appointments);
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices/{office_id}/resources',
      tags: ['network'],
      operationId: 'list_resources',
      summary: 'Desks and rooms of an office',
      description: 'By kind and name, those out of use last.',
      security: SIGNED_IN,
      request: {
        params: z.strictObject({
          office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
        }),
      },
      responses: {
        200: ok('The desks and rooms.', wire.resourcesSchema),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const found = await listResources(callOf(c), c.req.valid('param').office_id);
      return c.json({ items: found.map(wire.toResourceWire) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/resources',
      tags: ['network'],
      operationId: 'add_resource',
      summary: 'A desk or room more',
      description: 'Services that ask for its kind can be booked there at once.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: { body: jsonBody(wire.newResourceSchema, 'The desk or room.') },
      responses: {
        201: ok('The desk or room.', wire.resourceSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { office_id, kind, name, capacity } = c.req.valid('json');
      const made = await addResource(call, { officeId: office_id, kind, name, capacity });
      return c.json(wire.toResourceWire(made), 201, {
        Location: `${call.config.publicUrl}/v1/offices/${office_id}/resources`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/resources/{resource_id}',
      tags: ['network'],
      operationId: 'change_resource',
      summary: 'Change a desk or room',
      description: 'Another name, or out of use: what is booked there stays, nothing new comes.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        params: z.strictObject({
          resource_id: uuid.openapi({ param: { name: 'resource_id', in: 'path' } }),
        }),
        body: mergePatchBody(wire.resourceChangeSchema, 'The change.'),
      },
      responses: {
        200: ok('The desk or room as it is now.', wire.resourceSchema),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const { capacity, ...plain } = c.req.valid('json');
      const changedResource = await changeResource(callOf(c), c.req.valid('param').resource_id, {
        ...plain,
        ...(capacity !== undefined && { capacity: capacity ?? undefined }),
      });
      return c.json(wire.toResourceWire(changedResource), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices/{office_id}/operators',
      tags: ['network'],
      operationId: 'list_operators',
      summary: 'Who works at an office',
      description: 'By name, with what they can do. For the staff of the office.',
      security: SIGNED_IN,
      request: {
        params: z.strictObject({
          office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
        }),
      },
      responses: {
        200: ok('The operators.', wire.staffMembersSchema),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const found = await listStaff(callOf(c), c.req.valid('param').office_id);
      return c.json({ items: found.map(wire.toStaffMemberWire) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/operators/{operator_id}',
      tags: ['network'],
      operationId: 'show_operator',
      summary: 'One operator',
      description: 'What they can do, and whether they receive by appointment.',
      security: SIGNED_IN,
      request: { params: operatorId },
      responses: {
        200: ok('The operator.', wire.staffMemberSchema),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const found = await readStaffMember(callOf(c), c.req.valid('param').operator_id);
      return c.json(wire.toStaffMemberWire(found), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/operators',
      tags: ['network'],
      operationId: 'add_operator',
      summary: 'An operator more',
      description:
        'Keeps the hours of the office until given their own; free time follows at once.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: { body: jsonBody(wire.newStaffMemberSchema, 'Who they are and what they can do.') },
      responses: {
        201: ok('The operator.', wire.staffMemberSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const given = wire.toNewStaffMember(c.req.valid('json'));
      const member = await addStaffMember(callOf(c), given, changed);
      return c.json(wire.toStaffMemberWire(member), 201, {
        Location: `${c.get('services').config.publicUrl}/v1/operators/${member.id}`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/operators/{operator_id}',
      tags: ['network'],
      operationId: 'change_operator',
      summary: 'What an operator can do',
      description:
        'Skills, languages, and whether they receive by appointment; free time follows at once.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          operator_id: uuid.openapi({ param: { name: 'operator_id', in: 'path' } }),
        }),
        body: mergePatchBody(wire.staffChangeSchema, 'The change.'),
      },
      responses: {
        200: ok('The operator as they are now.', wire.staffMemberSchema),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const { operator_id } = c.req.valid('param');
      const change = c.req.valid('json');
      const call = callOf(c);
      await carry(
        call,
        {
          whose: async (inside) => [ownerOf(await readStaffMember(inside, operator_id))],
          leaves: change.bookable === false,
          make: (inside, follow) => changeStaffMember(inside, operator_id, change, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.json(wire.toStaffMemberWire(await readStaffMember(call, operator_id)), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/operators/{operator_id}/transfer',
      tags: ['network'],
      operationId: 'show_operator_transfer',
      summary: 'The move to another office that an operator has ahead',
      description: 'Until its first day the operator belongs to the old office.',
      security: SIGNED_IN,
      request: { params: operatorId },
      responses: { 200: ok('The move.', wire.transferSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const found = await readTransfer(callOf(c), c.req.valid('param').operator_id);
      return c.json(wire.toTransferWire(found), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'put',
      path: '/v1/operators/{operator_id}/transfer',
      tags: ['network'],
      operationId: 'transfer_operator',
      summary: 'Move an operator to another office',
      description:
        'From a day on they can be booked there. Appointments they have at the old office after it are seen to as `appointments` says; those that promised this very operator go with them.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: operatorId,
        body: jsonBody(wire.newTransferSchema, 'Where to, from which day, with which hours.'),
      },
      responses: {
        204: empty('Moved, or to be moved on that day.'),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const { to_office_id: toOfficeId, from_day: fromDay, own_hours } = c.req.valid('json');
      const { operator_id } = c.req.valid('param');
      const wanted = { operatorId: operator_id, toOfficeId, fromDay, ownHours: own_hours };
      await carry(
        callOf(c),
        {
          whose: async (inside) => [ownerOf(await readStaffMember(inside, operator_id))],
          leaves: true,
          goesTo: toOfficeId,
          make: (inside, follow) => transferOperator(inside, wanted, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/operators/{operator_id}/transfer',
      tags: ['network'],
      operationId: 'cancel_operator_transfer',
      summary: 'Call a move to another office off',
      description: 'Before its day only. Appointments made at the new office are seen to.',
      security: SIGNED_IN,
      request: { query: wire.strandedQuerySchema, params: operatorId },
      responses: { 204: empty('Called off.'), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const call = callOf(c);
      const { operator_id } = c.req.valid('param');
      const ahead = await readTransfer(call, operator_id);
      await carry(
        call,
        {
          whose: async () => [{ officeId: ahead.toOfficeId, operatorId: operator_id }],
          leaves: true,
          goesTo: ahead.fromOfficeId,
          make: (inside, follow) => cancelTransfer(inside, operator_id, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/competent-office-lookups',
      tags: ['network'],
      operationId: 'look_up_competent_office',
      summary: 'The office of an address',
      description:
        'Which office serves who lives in a comune, or at an address where its streets belong to several. The address is not kept.',
      security: ANYBODY,
      middleware: [requireJson],
      request: { body: jsonBody(wire.lookupSchema, 'Where somebody lives.') },
      responses: {
        200: ok('The office, and what says so.', wire.competenceSchema),
        ...problems(404, 413, 415, 422),
      },
    }),
    async (c) => {
      const { comune, street, number } = c.req.valid('json');
      const civic = number === undefined ? undefined : civicNumber(number);
      const address =
        street === undefined
          ? undefined
          : { street, ...(civic !== undefined && { number: civic }) };
      const found = await findCompetentOffice(callOf(c), comune, address);
      return c.json(wire.toCompetenceWire(found), 200);
    },
  );

  return routes;
}

const operatorId = z.strictObject({
  operator_id: uuid.openapi({ param: { name: 'operator_id', in: 'path' } }),
});

const ownerOf = ({ id, officeId }: StaffMember) => ({ officeId, operatorId: id });

const changedFeast = (comune: string, feast: PatronFeast | undefined): HoursChange => ({
  whose: (inside) => ownersOfFeast(inside, comune),
  make: (inside, follow) => setPatronFeast(inside, comune, feast, follow),
});
