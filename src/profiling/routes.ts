import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { type AppContext, createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  ETAG,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { editedMeanwhile, notFound } from '../platform/problem.ts';
import { uuid } from '../reference/fields.ts';
import { computeProfile } from './actions/compute-profile.ts';
import { decidePercorso } from './actions/decide-percorso.ts';
import { explainProfile } from './actions/explain-profile.ts';
import { readAssessment } from './actions/read-assessment.ts';
import { interviewOf } from './actions/read-interview.ts';
import { recordReading } from './actions/record-reading.ts';
import { saveInterview } from './actions/save-interview.ts';
import { savePersonData } from './actions/save-person-data.ts';
import { ifMatch, readVersion } from './if-match.ts';
import { MODELS } from './models.ts';
import * as wire from './schemas.ts';

export const profilingRoutes = createApi();

const TAGS = ['profiling'];
const path = (name: string) =>
  z.strictObject({ [name]: uuid.openapi({ param: { name, in: 'path' } }) });
function created(c: AppContext, address: string): { Location: string } {
  return { Location: `${c.get('services').config.publicUrl}${address}` };
}

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/profiling-models',
    tags: TAGS,
    operationId: 'list_profiling_models',
    summary: 'The models that compute profiles',
    description:
      'Variables, weights, thresholds and limits of each model, as the model card has them.',
    security: ANYBODY,
    responses: { 200: ok('The models, newest last.', wire.modelsSchema), ...problems() },
  }),
  (c) =>
    c.json({ items: MODELS.map(wire.toModelWire) }, 200, {
      'Cache-Control': 'public, max-age=3600',
    }),
);

profilingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/data-forms',
    tags: TAGS,
    operationId: 'save_data_form',
    summary: 'Keep the data a person confirmed',
    description:
      'A correction is a new version; earlier ones stay with the profiles computed from them.',
    security: SIGNED_IN,
    request: { body: jsonBody(wire.dataFormInputSchema, 'Whose data, and the data.') },
    middleware: [requireJson],
    responses: {
      201: ok('Kept.', wire.dataFormSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const { person_id, data } = c.req.valid('json');
    const saved = await savePersonData(callOf(c), {
      personId: person_id,
      data: wire.toPersonData(data),
    });
    return c.json(
      wire.toDataFormWire(saved),
      201,
      created(c, `/v1/persons/${person_id}/data-form`),
    );
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/data-form',
    tags: TAGS,
    operationId: 'read_data_form',
    summary: 'The data confirmed last',
    description: 'For operators of the person’s offices, and for the person.',
    security: SIGNED_IN,
    request: { params: path('person_id') },
    responses: { 200: ok('The data.', wire.dataFormSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { dataForm } = await readAssessment(callOf(c), c.req.valid('param').person_id!);
    if (!dataForm) throw notFound();
    return c.json(wire.toDataFormWire(dataForm), 200);
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/profiles',
    tags: TAGS,
    operationId: 'compute_profile',
    summary: 'Compute a person’s profile',
    description:
      'With the model in use, on the data confirmed last. Each computation is a version of its own.',
    security: SIGNED_IN,
    request: { body: jsonBody(wire.profileInputSchema, 'Whose profile, and why now.') },
    middleware: [requireJson],
    responses: {
      201: ok('Computed.', wire.profileSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const { person_id, trigger, national } = c.req.valid('json');
    const profile = await computeProfile(callOf(c), {
      personId: person_id,
      trigger,
      ...(national && {
        national: {
          class: national.class,
          code: national.code,
          computedOn: national.computed_on,
        },
      }),
    });
    return c.json(wire.toProfileWire(profile), 201, created(c, `/v1/profiles/${profile.id}`));
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/profiles/{profile_id}',
    tags: TAGS,
    operationId: 'read_profile',
    summary: 'One profile',
    description: 'With its inputs’ contributions and the hash of the model that computed it.',
    security: SIGNED_IN,
    request: { params: path('profile_id') },
    responses: { 200: ok('The profile.', wire.profileSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { profile } = await explainProfile(callOf(c), c.req.valid('param').profile_id!);
    return c.json(wire.toProfileWire(profile), 200);
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/profiles/{profile_id}/explanation',
    tags: TAGS,
    operationId: 'explain_profile',
    summary: 'Why this profile, and what would change it',
    description:
      'Contributions against the reference person, and the fewest things within the person’s reach that would lead to a lower class.',
    security: SIGNED_IN,
    request: { params: path('profile_id') },
    responses: { 200: ok('The explanation.', wire.explanationSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await explainProfile(callOf(c), c.req.valid('param').profile_id!);
    return c.json(wire.toExplanationWire(found), 200);
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/profiles/{profile_id}/explanation-readings',
    tags: TAGS,
    operationId: 'record_explanation_reading',
    summary: 'Confirm to have read the explanation',
    description: 'Needed before the operator decides the percorso. A repeat changes nothing.',
    security: SIGNED_IN,
    request: { params: path('profile_id') },
    responses: { 200: ok('Recorded.', wire.profileSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const profile = await recordReading(callOf(c), c.req.valid('param').profile_id!);
    return c.json(wire.toProfileWire(profile), 200);
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/profiles',
    tags: TAGS,
    operationId: 'list_profiles',
    summary: 'A person’s profiles',
    description: 'Newest first, at most fifty.',
    security: SIGNED_IN,
    request: { params: path('person_id') },
    responses: { 200: ok('The profiles.', wire.profilesSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { profiles } = await readAssessment(callOf(c), c.req.valid('param').person_id!);
    return c.json({ items: profiles.map(wire.toProfileWire) }, 200);
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/interviews',
    tags: TAGS,
    operationId: 'start_interview',
    summary: 'Start an interview',
    description: 'May be saved half-way. Sensitive answers without consent are dropped.',
    security: SIGNED_IN,
    request: {
      body: jsonBody(wire.interviewInputSchema, 'Whose interview, and the answers so far.'),
    },
    middleware: [requireJson],
    responses: {
      201: ok('Saved.', wire.interviewSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const { person_id, answers, complete } = c.req.valid('json');
    const saved = await saveInterview(callOf(c), {
      personId: person_id,
      answers: wire.toAnswers(answers),
      complete,
    });
    return c.json(wire.toInterviewWire(saved), 201, {
      ...created(c, `/v1/interviews/${saved.id}`),
      ETag: `"${saved.version}"`,
    });
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/interviews/{interview_id}',
    tags: TAGS,
    operationId: 'read_interview',
    summary: 'One interview',
    description: 'For operators of the person’s offices.',
    security: SIGNED_IN,
    request: { params: path('interview_id') },
    responses: {
      200: ok('The interview.', wire.interviewSchema, { ETag: ETAG }),
      ...problems(401, 403, 404),
    },
  }),
  async (c) => {
    const found = await interviewOf(callOf(c), c.req.valid('param').interview_id!);
    return c.json(wire.toInterviewWire(found), 200, { ETag: `"${found.version}"` });
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/v1/interviews/{interview_id}',
    tags: TAGS,
    operationId: 'continue_interview',
    summary: 'Continue or complete an interview',
    description: 'The answers replace those saved before. A completed interview is final.',
    security: SIGNED_IN,
    request: {
      params: path('interview_id'),
      headers: ifMatch,
      body: mergePatchBody(wire.interviewPatchSchema, 'All answers so far.'),
    },
    middleware: [requireJson],
    responses: {
      200: ok('Saved.', wire.interviewSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 409, 412, 415, 422, 428),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const found = await interviewOf(call, c.req.valid('param').interview_id!);
    const version = readVersion(c.req.valid('header')['if-match']);
    if (found.state === 'draft' && version !== found.version) throw editedMeanwhile();
    const { answers, complete } = c.req.valid('json');
    const saved = await saveInterview(call, {
      personId: found.personId,
      answers: wire.toAnswers(answers),
      complete,
      draft: { id: found.id, version },
    });
    return c.json(wire.toInterviewWire(saved), 200, { ETag: `"${saved.version}"` });
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/percorso-decisions',
    tags: TAGS,
    operationId: 'decide_percorso',
    summary: 'Decide a person’s percorso',
    description:
      'The operator’s own decision on the proposal of the rule table; departing from it takes a reason.',
    security: SIGNED_IN,
    request: { body: jsonBody(wire.decisionInputSchema, 'The decision and what it rests on.') },
    middleware: [requireJson],
    responses: {
      201: ok('Decided.', wire.decisionSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const decision = await decidePercorso(callOf(c), {
      personId: body.person_id,
      profileId: body.profile_id,
      interviewId: body.interview_id,
      decided: body.decided,
      ...(body.reason !== undefined && { reason: body.reason }),
    });
    return c.json(
      wire.toDecisionWire(decision),
      201,
      created(c, `/v1/persons/${body.person_id}/percorso-decisions`),
    );
  },
);

profilingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/percorso-decisions',
    tags: TAGS,
    operationId: 'list_percorso_decisions',
    summary: 'Decisions on a person’s percorso',
    description: 'Newest first, at most fifty; the newest holds.',
    security: SIGNED_IN,
    request: { params: path('person_id') },
    responses: { 200: ok('The decisions.', wire.decisionsSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { decisions } = await readAssessment(callOf(c), c.req.valid('param').person_id!);
    return c.json({ items: decisions.map(wire.toDecisionWire) }, 200);
  },
);
