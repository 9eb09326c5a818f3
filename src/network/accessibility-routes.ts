import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, jsonBody, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { isoDate, uuid } from '../reference/fields.ts';
import { readOffice } from './actions/read-office.ts';
import { readAccess, setAccess } from './actions/set-access.ts';
import { ACCESS_FEATURE_NAMES } from './rules/accessibility.ts';

/** What an office has for those who need it. */
export const accessibilityRoutes = createApi();

const officeId = z.strictObject({
  office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
});
const feature = z.enum(ACCESS_FEATURE_NAMES);
const source = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u)
  .openapi({ description: 'Who says so.' });

const accessibilitySchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({ feature, present: z.boolean(), source, date: isoDate })
          .openapi('AccessFact'),
      )
      .max(ACCESS_FEATURE_NAMES.length),
  })
  .openapi('OfficeAccessibility');

const newAccessibilitySchema = z
  .strictObject({
    source,
    items: z
      .array(z.strictObject({ feature, present: z.boolean() }).openapi('NewAccessFact'))
      .max(ACCESS_FEATURE_NAMES.length)
      .refine((items) => new Set(items.map((one) => one.feature)).size === items.length),
  })
  .openapi('NewOfficeAccessibility');

accessibilityRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/accessibility',
    tags: ['network'],
    operationId: 'show_office_accessibility',
    summary: 'What an office has for those who need it',
    description: 'With who says so and since when. Of what is not listed nobody knows.',
    security: ANYBODY,
    request: { params: officeId },
    responses: {
      200: ok('What is known.', accessibilitySchema),
      ...problems(404),
    },
  }),
  async (c) => {
    const office = await readOffice(callOf(c), { id: c.req.valid('param').office_id });
    return c.json({ items: await readAccess(callOf(c), office.id) }, 200);
  },
);

accessibilityRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/offices/{office_id}/accessibility',
    tags: ['network'],
    operationId: 'set_office_accessibility',
    summary: 'Say what an office has for those who need it',
    description:
      'As a whole: of what is left out nobody knows any more. What does not change keeps its source and date.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: officeId, body: jsonBody(newAccessibilitySchema, 'What is known.') },
    responses: {
      200: ok('What is known now.', accessibilitySchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const { source, items } = c.req.valid('json');
    const facts = await setAccess(callOf(c), c.req.valid('param').office_id, items, source);
    return c.json({ items: facts }, 200);
  },
);
