import { createRoute, z } from '@hono/zod-openapi';
import { appointmentSchema, toAppointmentWire } from '../booking/schemas.ts';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, ETAG, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { invalid } from '../platform/problem.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { uuid } from '../reference/fields.ts';
import { bookByInvitation } from './actions/book-by-invitation.ts';
import { choosePeople } from './actions/choose-people.ts';
import { convokeOtherwise } from './actions/convoke-otherwise.ts';
import { convokePeople, convokePerson } from './actions/convoke-people.ts';
import { forecastCapacity } from './actions/forecast-capacity.ts';
import { importPeople } from './actions/import-people.ts';
import { launchCampaign } from './actions/launch-campaign.ts';
import { redeemInvitation } from './actions/open-invitation.ts';
import { askPostponement, decidePostponement } from './actions/postpone-convocation.ts';
import { listCampaigns, readCampaign } from './actions/read-campaign.ts';
import { listConvocations, readConvocation } from './actions/read-convocation.ts';
import { recordProof } from './actions/record-proof.ts';
import { saveCampaign } from './actions/save-campaign.ts';
import { codeNotRecognised } from './problems.ts';
import * as wire from './schemas.ts';

export const convocationRoutes = createApi();

const path = <N extends string>(name: N) =>
  z.strictObject({ [name]: uuid.openapi({ param: { name, in: 'path' } }) } as Record<
    N,
    typeof uuid
  >);
const campaignId = path('campaign_id');
const convocationId = path('convocation_id');

/** Codes that a client may try in a minute on one route, right or wrong. */
const CODES_PER_MINUTE = 30;
const codeLimit = (scope: string) => rateLimit({ scope, perMinute: CODES_PER_MINUTE });

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/campaigns',
    tags: ['convocation'],
    operationId: 'list_campaigns',
    summary: 'The campaigns of an office',
    description: 'The latest campaigns of the caller’s offices with how far their people came.',
    security: SIGNED_IN,
    responses: { 200: ok('The campaigns.', wire.campaignsSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const { campaigns } = await listCampaigns(callOf(c));
    return c.json(
      { items: campaigns.map(({ campaign, funnel }) => wire.toCampaignWire(campaign, funnel)) },
      200,
    );
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/campaigns',
    tags: ['convocation'],
    operationId: 'create_campaign',
    summary: 'Draft a campaign',
    description: 'Nobody is invited before people are listed and the campaign is launched.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.campaignPlanSchema, 'What, where, when and how.') },
    responses: {
      201: ok('Drafted.', wire.campaignSchema, { Location: LOCATION }),
      ...problems(401, 403, 413, 415, 422),
    },
  }),
  async (c) => {
    const made = await saveCampaign(callOf(c), wire.toPlan(c.req.valid('json')));
    return c.json(wire.toCampaignWire(made), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/campaigns/${made.id}`,
    });
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/campaigns/{campaign_id}',
    tags: ['convocation'],
    operationId: 'show_campaign',
    summary: 'One campaign',
    description: 'With how far its people came.',
    security: SIGNED_IN,
    request: { params: campaignId },
    responses: { 200: ok('The campaign.', wire.campaignSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await readCampaign(callOf(c), c.req.valid('param').campaign_id);
    return c.json(wire.toCampaignWire(found.campaign, found.funnel), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/campaigns/{campaign_id}',
    tags: ['convocation'],
    operationId: 'change_campaign',
    summary: 'Change a draft',
    description: 'Of the version named; a campaign that was launched no longer changes.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: campaignId,
      body: jsonBody(wire.campaignChangeSchema, 'The whole plan and the version it replaces.'),
    },
    responses: {
      200: ok('Changed.', wire.campaignSchema),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const { version, ...plan } = c.req.valid('json');
    const id = c.req.valid('param').campaign_id;
    const changed = await saveCampaign(callOf(c), wire.toPlan(plan), { id, version });
    return c.json(wire.toCampaignWire(changed), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/campaigns/{campaign_id}/invitations',
    tags: ['convocation'],
    operationId: 'list_invitations',
    summary: 'The people of a campaign',
    description: 'Where each stands and what comes next; those of the caller’s offices.',
    security: SIGNED_IN,
    request: { params: campaignId },
    responses: { 200: ok('The people.', wire.invitedListSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await readCampaign(callOf(c), c.req.valid('param').campaign_id);
    return c.json(wire.toInvitedWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/campaigns/{campaign_id}/people-lists',
    tags: ['convocation'],
    operationId: 'import_people',
    summary: 'List people from a CSV text',
    description: 'All lines or none; each fault names its line. People are known by tax code.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: campaignId, body: jsonBody(wire.peopleByListSchema, 'The list.') },
    responses: {
      200: ok('Listed.', wire.addedSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const { csv } = c.req.valid('json');
    const outcome = await importPeople(call, c.req.valid('param').campaign_id, csv);
    if (outcome.kind === 'refused') {
      const errors = outcome.faults.slice(0, 100).map(({ line, column, message }) => ({
        pointer: `/csv/${line}${column === undefined ? '' : `/${column.replaceAll('/', '~1')}`}`,
        detail: message[call.locale],
      }));
      throw invalid({ errors });
    }
    return c.json({ added: outcome.added }, 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/campaigns/{campaign_id}/people-filters',
    tags: ['convocation'],
    operationId: 'choose_people',
    summary: 'List people by filter',
    description: 'People of the bacini of the campaign’s offices without an appointment ahead.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: campaignId, body: jsonBody(wire.peopleByFilterSchema, 'Whom.') },
    responses: {
      200: ok('Listed.', wire.addedSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const filter = c.req.valid('json');
    const added = await choosePeople(callOf(c), c.req.valid('param').campaign_id, filter);
    return c.json({ added }, 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/campaigns/{campaign_id}/forecast',
    tags: ['convocation'],
    operationId: 'forecast_capacity',
    summary: 'Whether there is time for everybody',
    description:
      'Appointments that can still be seated in the window, less those that pending invitations of other campaigns are expected to take, against the people listed.',
    security: SIGNED_IN,
    request: { params: campaignId },
    responses: { 200: ok('The forecast.', wire.forecastSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await forecastCapacity(callOf(c), c.req.valid('param').campaign_id);
    return c.json(wire.toForecastWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/campaigns/{campaign_id}/launches',
    tags: ['convocation'],
    operationId: 'launch_campaign',
    summary: 'Launch a campaign',
    description:
      'Queues its people; they are sent to in batches. Refused without time for everybody, unless a reason is given, which is recorded.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: campaignId, body: jsonBody(wire.launchSchema, 'How.') },
    responses: {
      200: ok('Launched.', wire.campaignSchema),
      ...problems(401, 403, 404, 409, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const id = c.req.valid('param').campaign_id;
    const { version, override_reason } = c.req.valid('json');
    await launchCampaign(call, { id, version, overrideReason: override_reason });
    const found = await readCampaign(call, id);
    return c.json(wire.toCampaignWire(found.campaign, found.funnel), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/campaigns/{campaign_id}/convocations',
    tags: ['convocation'],
    operationId: 'convoke_people',
    summary: 'Convoke people of a campaign',
    description: 'Those named, or all who may be. Repeated, it convokes nobody twice.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: campaignId, body: jsonBody(wire.bulkConvokingSchema, 'Whom.') },
    responses: {
      200: ok('Convoked.', wire.convokedSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const convoked = await convokePeople(callOf(c), {
      campaignId: c.req.valid('param').campaign_id,
      invitationIds: c.req.valid('json').invitation_ids,
    });
    return c.json({ convoked }, 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/invitation-redemptions',
    tags: ['convocation'],
    operationId: 'redeem_invitation',
    summary: 'Open an invitation with its code',
    description:
      'Codes that are wrong, used or expired are answered alike. When nothing is free the code is prolonged and the office told.',
    security: ANYBODY,
    middleware: [codeLimit('invitation-codes'), requireJson],
    request: { body: jsonBody(wire.redemptionSchema, 'The code.') },
    responses: { 200: ok('Opened.', wire.openedSchema), ...problems(404, 413, 415, 422) },
  }),
  async (c) => {
    const opened = await redeemInvitation(callOf(c), c.req.valid('json').code);
    return c.json(wire.toOpenedWire(opened), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/invitations/{invitation_id}/appointment',
    tags: ['convocation'],
    operationId: 'book_by_invitation',
    summary: 'Book with an invitation',
    description: 'For the person who was invited. A code books once, however often it is used.',
    security: ANYBODY,
    middleware: [codeLimit('invitation-bookings'), requireJson],
    request: {
      params: path('invitation_id'),
      body: jsonBody(wire.invitedBookingSchema, 'The code and when.'),
    },
    responses: {
      201: ok('Booked.', appointmentSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const body = c.req.valid('json');
    const { invited } = await redeemInvitation(call, body.code);
    if (invited.id !== c.req.valid('param').invitation_id) throw codeNotRecognised();
    const booked = await bookByInvitation(call, {
      code: body.code,
      officeId: body.office_id,
      start: Date.parse(body.starts_at),
      email: body.email,
      note: body.note,
    });
    return c.json(toAppointmentWire(booked), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/appointments/${booked.id}`,
      ETag: `"${booked.version}"`,
    });
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/convocations',
    tags: ['convocation'],
    operationId: 'list_convocations',
    summary: 'The convocations of an office',
    description: 'Of the caller’s offices, open ones first, with what each could sustain.',
    security: SIGNED_IN,
    responses: { 200: ok('The convocations.', wire.convocationsSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const found = await listConvocations(callOf(c));
    return c.json({ items: found.map(wire.toConvocationWire) }, 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/convocations',
    tags: ['convocation'],
    operationId: 'convoke_person',
    summary: 'Convoke a person',
    description:
      'Books the earliest real start that leaves the notice, or the date agreed, and sends the convocation by its channel.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.convokingSchema, 'Whom, for what and how.') },
    responses: {
      201: ok('Convoked.', wire.convocationSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const body = c.req.valid('json');
    const { id } = await convokePerson(call, {
      personId: body.person_id,
      serviceId: body.service_id,
      officeId: body.office_id,
      channel: body.channel,
      noticeDays: body.notice_days,
      pec: body.pec,
      postalAddress: body.postal_address,
      start: body.starts_at === undefined ? undefined : Date.parse(body.starts_at),
    });
    return c.json(wire.toConvocationWire(await readConvocation(call, id)), 201, {
      Location: `${call.config.publicUrl}/v1/convocations/${id}`,
    });
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/convocations/{convocation_id}',
    tags: ['convocation'],
    operationId: 'show_convocation',
    summary: 'One convocation',
    description: 'For the jobseeker it concerns and the staff of its office.',
    security: SIGNED_IN,
    request: { params: convocationId },
    responses: { 200: ok('The convocation.', wire.convocationSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await readConvocation(callOf(c), c.req.valid('param').convocation_id);
    return c.json(wire.toConvocationWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/convocations/{convocation_id}/proofs',
    tags: ['convocation'],
    operationId: 'record_delivery_proof',
    summary: 'Record a proof of delivery',
    description: 'What shows that the convocation was delivered, of the kinds its channel has.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: convocationId, body: jsonBody(wire.newProofSchema, 'The proof.') },
    responses: {
      200: ok('Recorded.', wire.convocationSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const { kind, happened_on, reference } = c.req.valid('json');
    const found = await recordProof(callOf(c), {
      convocationId: c.req.valid('param').convocation_id,
      kind,
      happenedOn: happened_on,
      reference,
    });
    return c.json(wire.toConvocationWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/convocations/{convocation_id}/redirections',
    tags: ['convocation'],
    operationId: 'redirect_convocation',
    summary: 'Convoke by another channel',
    description:
      'For the same date, when the first channel did not reach the person. What still waits to leave by the first is withdrawn; proofs count for their own channel only.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: convocationId,
      body: jsonBody(wire.otherConvokingSchema, 'Channel and address.'),
    },
    responses: {
      200: ok('Convoked.', wire.convocationSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { channel, pec, postal_address } = c.req.valid('json');
    const found = await convokeOtherwise(callOf(c), {
      convocationId: c.req.valid('param').convocation_id,
      channel,
      pec,
      postalAddress: postal_address,
    });
    return c.json(wire.toConvocationWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/convocations/{convocation_id}/postponements',
    tags: ['convocation'],
    operationId: 'request_postponement',
    summary: 'Ask for another date',
    description: 'By the convoked person, with the code or signed in; or noted by the staff.',
    security: ANYBODY,
    middleware: [codeLimit('postponement-requests'), requireJson],
    request: { params: convocationId, body: jsonBody(wire.newPostponementSchema, 'Why.') },
    responses: {
      200: ok('Asked.', wire.convocationSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { code, reason, note } = c.req.valid('json');
    const found = await askPostponement(callOf(c), {
      convocationId: c.req.valid('param').convocation_id,
      code,
      reason,
      note,
    });
    return c.json(wire.toConvocationWire(found), 200);
  },
);

convocationRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/postponements/{postponement_id}/decisions',
    tags: ['convocation'],
    operationId: 'decide_postponement',
    summary: 'Answer a request for another date',
    description: 'Approved, the appointment moves; declined, the answer is sent.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: path('postponement_id'),
      body: jsonBody(wire.decisionSchema, 'The decision.'),
    },
    responses: {
      200: ok('Decided.', wire.convocationSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const found = await decidePostponement(
      callOf(c),
      c.req.valid('param').postponement_id,
      body.decision === 'approve'
        ? { kind: 'approve', start: Date.parse(body.starts_at) }
        : { kind: 'decline', answer: body.answer },
    );
    return c.json(wire.toConvocationWire(found), 200);
  },
);
