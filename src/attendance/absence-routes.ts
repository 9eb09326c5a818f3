import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { jsonBody, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import * as wire from './absence-schemas.ts';
import { decideMeasure, withdrawMeasure } from './actions/decide-measure.ts';
import { listAbsences, type ReadBenefit, readAbsence } from './actions/read-absence.ts';

const params = z.strictObject({
  appointment_id: uuid.openapi({ param: { name: 'appointment_id', in: 'path' } }),
});

/**
 * Absences that follow a convocation, their evidence and what officials decide about them.
 * @param readBenefit what a person receives, known to a room after this one
 */
export function absenceRoutes(readBenefit: ReadBenefit) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/absences',
      tags: ['attendance'],
      operationId: 'list_absences',
      summary: 'Absences that follow a convocation',
      description: 'Of one office, in the last 180 days, the newest first.',
      security: SIGNED_IN,
      request: { query: wire.absencesQuerySchema },
      responses: { 200: ok('The absences.', wire.absencesSchema), ...problems(401, 403) },
    }),
    async (c) => {
      const list = await listAbsences(callOf(c), c.req.valid('query').office_id);
      return c.json({ items: list.map(wire.toAbsenceWire) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/absences/{appointment_id}',
      tags: ['attendance'],
      operationId: 'show_absence',
      summary: 'The file of one absence',
      description:
        'Its evidence, whether a measure could rest on it and, if so, which one the law names (D.Lgs. 150/2015 art. 21). The service proposes; an official decides.',
      security: SIGNED_IN,
      request: { params },
      responses: { 200: ok('The file.', wire.absenceFileSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const found = await readAbsence(callOf(c), c.req.valid('param').appointment_id, readBenefit);
      return c.json(wire.toAbsenceFileWire(found, c.get('locale')), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'put',
      path: '/v1/absences/{appointment_id}/measure',
      tags: ['attendance'],
      operationId: 'decide_measure',
      summary: 'What an official decides about an absence',
      description:
        'Adopts the measure proposed, or declines it; or takes an adopted one back. With the official’s own reason.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: { params, body: jsonBody(wire.measureDecisionSchema, 'The decision.') },
      responses: {
        200: ok('The file as it is now.', wire.absenceFileSchema),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const appointmentId = c.req.valid('param').appointment_id;
      const { decision, reason } = c.req.valid('json');
      if (decision === 'withdraw') await withdrawMeasure(call, appointmentId, reason);
      else {
        const adopt = decision === 'adopt';
        await decideMeasure(call, { appointmentId, adopt, reason }, readBenefit);
      }
      const found = await readAbsence(call, appointmentId, readBenefit);
      return c.json(wire.toAbsenceFileWire(found, c.get('locale')), 200);
    },
  );

  return routes;
}
