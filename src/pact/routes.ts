import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ETAG,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { notFound } from '../platform/problem.ts';
import { ifMatch, readVersion } from '../profiling/if-match.ts';
import { uuid } from '../reference/fields.ts';
import { draftPact } from './actions/draft-pact.ts';
import { editPact } from './actions/edit-pact.ts';
import { listPacts, readPact } from './actions/read-pact.ts';
import { readPersonFile } from './actions/read-person-file.ts';
import { registerDid } from './actions/register-did.ts';
import { reopenPact } from './actions/reopen-pact.ts';
import { signPact } from './actions/sign-pact.ts';
import * as wire from './schemas.ts';
import type { Pact } from './store.ts';

export const pactRoutes = createApi();

const TAGS = ['pact'];
const path = (name: string) =>
  z.strictObject({ [name]: uuid.openapi({ param: { name, in: 'path' } }) });
const etag = (pact: Pact) => ({ ETag: `"${pact.revision}"` });

pactRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/dids',
    tags: TAGS,
    operationId: 'register_did',
    summary: 'Register a declaration of availability',
    description: 'The Did that a person made at the Cpi, online, or with the claim of a benefit.',
    security: SIGNED_IN,
    request: { body: jsonBody(wire.didInputSchema, 'Whose Did, and its dates.') },
    middleware: [requireJson],
    responses: {
      201: ok('Registered.', wire.didSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const did = await registerDid(callOf(c), {
      personId: body.person_id,
      declaredOn: body.declared_on,
      benefit: body.benefit,
      ...(body.benefit_claimed_on && { benefitClaimedOn: body.benefit_claimed_on }),
      ...(body.contacted_on && { contactedOn: body.contacted_on }),
    });
    const { publicUrl } = c.get('services').config;
    return c.json(wire.toDidWire(did), 201, {
      Location: `${publicUrl}/v1/persons/${did.personId}/did`,
    });
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/did',
    tags: TAGS,
    operationId: 'read_did',
    summary: 'A person’s open declaration of availability',
    description: 'For operators of the person’s offices, and for the person.',
    security: SIGNED_IN,
    request: { params: path('person_id') },
    responses: { 200: ok('The Did.', wire.didSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { did } = await readPersonFile(callOf(c), c.req.valid('param').person_id!);
    if (!did) throw notFound();
    return c.json(wire.toDidWire(did), 200);
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/pacts',
    tags: TAGS,
    operationId: 'draft_pact',
    summary: 'Prepare the next version of a patto',
    description: 'From the measures of the percorso decided last, or from the patto in force.',
    security: SIGNED_IN,
    request: { body: jsonBody(wire.pactInputSchema, 'Whose patto.') },
    middleware: [requireJson],
    responses: {
      201: ok('Prepared.', wire.pactSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const pact = await draftPact(callOf(c), c.req.valid('json').person_id);
    const { publicUrl } = c.get('services').config;
    return c.json(wire.toPactWire(pact), 201, {
      ...etag(pact),
      Location: `${publicUrl}/v1/pacts/${pact.id}`,
    });
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/pacts/{pact_id}',
    tags: TAGS,
    operationId: 'read_pact',
    summary: 'One version of a patto',
    description: 'Jobseekers see their own once the operator signed it.',
    security: SIGNED_IN,
    request: { params: path('pact_id') },
    responses: {
      200: ok('The patto.', wire.pactSchema, { ETag: ETAG }),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const pact = await readPact(callOf(c), c.req.valid('param').pact_id!);
    return c.json(wire.toPactWire(pact), 200, etag(pact));
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/v1/pacts/{pact_id}',
    tags: TAGS,
    operationId: 'edit_pact',
    summary: 'Change a draft',
    description:
      'Terms and actions replace those before. Nothing is written while something is missing.',
    security: SIGNED_IN,
    request: {
      params: path('pact_id'),
      headers: ifMatch,
      body: mergePatchBody(wire.pactPatchSchema, 'The whole terms.'),
    },
    middleware: [requireJson],
    responses: {
      200: ok('Changed.', wire.pactSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 415, 422, 428),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const pact = await editPact(callOf(c), {
      pactId: c.req.valid('param').pact_id!,
      revision: readVersion(c.req.valid('header')['if-match']),
      startsOn: body.starts_on,
      endsOn: body.ends_on,
      content: wire.toContent(body.content),
      actions: body.actions.map((action) => ({
        who: action.who,
        what: action.what,
        dueOn: action.due_on,
        proof: action.proof,
        letter: action.legal_letter ?? null,
        measure: action.measure ?? null,
        lep: action.lep ?? null,
      })),
    });
    return c.json(wire.toPactWire(pact), 200, etag(pact));
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/pacts/{pact_id}/signatures',
    tags: TAGS,
    operationId: 'sign_pact',
    summary: 'Sign a patto',
    description: 'The operator first, then the person, at the desk or online. Then it is final.',
    security: SIGNED_IN,
    request: {
      params: path('pact_id'),
      headers: ifMatch,
      body: jsonBody(wire.signatureInputSchema, 'Whose signature.'),
    },
    middleware: [requireJson],
    responses: {
      200: ok('Signed.', wire.pactSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 415, 422, 428),
    },
  }),
  async (c) => {
    const pact = await signPact(callOf(c), {
      pactId: c.req.valid('param').pact_id!,
      revision: readVersion(c.req.valid('header')['if-match']),
      signature: c.req.valid('json').signature,
    });
    return c.json(wire.toPactWire(pact), 200, etag(pact));
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/pacts/{pact_id}/reopenings',
    tags: TAGS,
    operationId: 'reopen_pact',
    summary: 'Take the operator’s signature back',
    description: 'While the person’s is missing, to change the text.',
    security: SIGNED_IN,
    request: { params: path('pact_id'), headers: ifMatch },
    responses: {
      200: ok('A draft again.', wire.pactSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 428),
    },
  }),
  async (c) => {
    const call = callOf(c);
    // Who asks comes before what is missing: there is no body here to be checked first.
    const { id } = await readPact(call, c.req.valid('param').pact_id!);
    const revision = readVersion(c.req.valid('header')['if-match']);
    const pact = await reopenPact(call, { pactId: id, revision });
    return c.json(wire.toPactWire(pact), 200, etag(pact));
  },
);

pactRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/pacts',
    tags: TAGS,
    operationId: 'list_pacts',
    summary: 'Versions of a person’s patto',
    description: 'Newest first, at most fifty.',
    security: SIGNED_IN,
    request: { params: path('person_id') },
    responses: { 200: ok('The versions.', wire.pactsSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await listPacts(callOf(c), c.req.valid('param').person_id!);
    return c.json({ items: found.map(wire.toPactWire) }, 200);
  },
);
