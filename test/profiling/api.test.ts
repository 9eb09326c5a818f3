import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromPersonData } from '../../src/profiling/schemas.ts';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { ANSWERS, aWorld, SOMEBODY, type World } from './journey.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let world: World;
type Headers = Record<string, string>;
let operator: Headers;
let stranger: Headers;
let jobseeker: Headers;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  world = await aWorld(services);
  operator = await as(services, world.operator);
  stranger = await as(services, world.stranger);
  jobseeker = await as(services, world.jobseeker);
});
afterAll(() => services.close());

// biome-ignore lint/suspicious/noExplicitAny: whatever the API answered
type Body = any;

async function send(method: 'POST' | 'PATCH', path: string, body: unknown, headers: Headers = {}) {
  const answer = await app.request(path, json(method, body, headers));
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
}
async function get(path: string, headers: Headers = {}) {
  const answer = await app.request(path, { headers });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
}
const answersWire = () =>
  Object.entries(ANSWERS).map(([question, answer]) => ({
    question,
    choices: typeof answer === 'string' ? undefined : answer,
    text: typeof answer === 'string' ? answer : undefined,
  }));

describe('the whole assessment over the API', () => {
  it('goes from the data form to a signed patto', async () => {
    const person_id = world.personId;
    const form = await send(
      'POST',
      '/v1/data-forms',
      { person_id, data: fromPersonData(SOMEBODY) },
      operator,
    );
    expect(form.status).toBe(201);
    const profile = await send('POST', '/v1/profiles', { person_id, trigger: 'DID' }, operator);
    expect(profile).toMatchObject({ status: 201, body: { risk_class: 3, version: 1 } });
    expect(profile.headers.get('location')).toMatch(/\/v1\/profiles\/[0-9a-f-]{36}$/);
    const sum = profile.body.contributions.reduce(
      (total: number, part: Body) => total + part.log_odds,
      0,
    );

    const explanation = await get(`/v1/profiles/${profile.body.id}/explanation`, jobseeker);
    expect(explanation).toMatchObject({ status: 200, body: { demonstration: true } });
    const { reference_probability: r } = explanation.body;
    expect(sum).toBeCloseTo(profile.body.linear_predictor - Math.log(r / (1 - r)), 9);

    const talk = await send(
      'POST',
      '/v1/interviews',
      { person_id, answers: [], complete: false },
      operator,
    );
    expect(talk).toMatchObject({ status: 201, body: { state: 'draft' } });
    const path = `/v1/interviews/${talk.body.id}`;
    const rest = { answers: answersWire(), complete: true };
    expect((await send('PATCH', path, rest, operator)).status).toBe(428);
    expect((await send('PATCH', path, rest, { ...operator, 'If-Match': '"9"' })).status).toBe(412);
    const done = await send('PATCH', path, rest, { ...operator, 'If-Match': '"1"' });
    expect(done).toMatchObject({ status: 200, body: { state: 'complete', version: 2 } });

    const decision = {
      person_id,
      profile_id: profile.body.id,
      interview_id: talk.body.id,
      decided: 'P3',
    };
    expect((await send('POST', '/v1/percorso-decisions', decision, operator)).status).toBe(409);
    const read = await app.request(`/v1/profiles/${profile.body.id}/explanation-readings`, {
      method: 'POST',
      headers: operator,
    });
    expect(read.status).toBe(200);
    expect(
      await send('POST', '/v1/percorso-decisions', { ...decision, decided: 'P1' }, operator),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await send('POST', '/v1/percorso-decisions', decision, operator)).toMatchObject({
      status: 201,
      body: { proposed: 'P3', decided: 'P3', rule: 'high-risk' },
    });

    const did = { person_id, declared_on: '2027-02-20', benefit: 'none' };
    expect((await send('POST', '/v1/pacts', { person_id }, operator)).status).toBe(409);
    expect((await send('POST', '/v1/dids', did, operator)).status).toBe(201);
    const pact = await send('POST', '/v1/pacts', { person_id }, operator);
    expect(pact).toMatchObject({ status: 201, body: { state: 'draft', percorso: 'P3' } });
    const at = `/v1/pacts/${pact.body.id}`;
    const { starts_on, ends_on, content, actions } = pact.body;
    const edited = await send(
      'PATCH',
      at,
      { starts_on, ends_on, content: { ...content, contact_every_days: 14 }, actions },
      { ...operator, 'If-Match': pact.headers.get('etag')! },
    );
    expect(edited).toMatchObject({ status: 200, body: { content: { contact_every_days: 14 } } });
    const signed = await send(
      'POST',
      `${at}/signatures`,
      { signature: 'operator' },
      {
        ...operator,
        'If-Match': edited.headers.get('etag')!,
      },
    );
    expect(signed).toMatchObject({ status: 200, body: { state: 'awaiting_person' } });
    const final = await send(
      'POST',
      `${at}/signatures`,
      { signature: 'person_online' },
      {
        ...jobseeker,
        'If-Match': signed.headers.get('etag')!,
      },
    );
    expect(final).toMatchObject({
      status: 200,
      body: { state: 'signed', person_signed_how: 'online' },
    });
    expect((await get(`/v1/persons/${person_id}/pacts`, jobseeker)).body.items).toHaveLength(1);
    expect((await get(`/v1/persons/${person_id}/profiles`, jobseeker)).body.items).toHaveLength(1);
    expect((await get(`/v1/persons/${person_id}/data-form`, jobseeker)).body.version).toBe(1);
    expect(
      (await get(`/v1/persons/${person_id}/percorso-decisions`, jobseeker)).body.items,
    ).toHaveLength(1);
  });
});

describe('the API refuses', () => {
  const writes = (): [string, 'POST' | 'PATCH', string, unknown][] => [
    [
      'data',
      'POST',
      '/v1/data-forms',
      { person_id: world.personId, data: fromPersonData(SOMEBODY) },
    ],
    ['profile', 'POST', '/v1/profiles', { person_id: world.personId, trigger: 'MANUAL' }],
    [
      'interview',
      'POST',
      '/v1/interviews',
      { person_id: world.personId, answers: [], complete: false },
    ],
    [
      'Did',
      'POST',
      '/v1/dids',
      { person_id: world.personId, declared_on: '2027-01-01', benefit: 'none' },
    ],
    ['patto', 'POST', '/v1/pacts', { person_id: world.personId }],
  ];

  it('who is not signed in, the person, and operators of other offices', async () => {
    for (const [what, method, path, body] of writes()) {
      expect.soft((await send(method, path, body)).status, what).toBe(401);
      expect.soft((await send(method, path, body, jobseeker)).status, what).toBe(403);
      expect.soft((await send(method, path, body, stranger)).status, what).toBe(404);
    }
    for (const part of ['profiles', 'pacts', 'data-form', 'percorso-decisions']) {
      const path = `/v1/persons/${world.personId}/${part}`;
      expect.soft((await get(path)).status, part).toBe(401);
      expect.soft((await get(path, stranger)).status, part).toBe(404);
    }
  });

  it('bodies that are not what they should be, saying where, and writes nothing', async () => {
    const before = (await get(`/v1/persons/${world.personId}/profiles`, operator)).body;
    const bad: [string, unknown][] = [
      ['/v1/data-forms', { person_id: world.personId }],
      [
        '/v1/data-forms',
        { person_id: world.personId, data: { ...fromPersonData(SOMEBODY), household_size: 1e9 } },
      ],
      [
        '/v1/data-forms',
        {
          person_id: world.personId,
          data: { ...fromPersonData(SOMEBODY), birth_date: '2027-02-30' },
        },
      ],
      ['/v1/profiles', { person_id: 'x', trigger: 'DID' }],
      ['/v1/profiles', { person_id: world.personId, trigger: 'MOON' }],
      [
        '/v1/profiles',
        {
          person_id: world.personId,
          trigger: 'DID',
          national: { class: 4, code: 'x', computed_on: '2027-01-01' },
        },
      ],
      [
        '/v1/interviews',
        { person_id: world.personId, answers: [{ question: 'moon', text: 'x' }], complete: false },
      ],
      [
        '/v1/interviews',
        {
          person_id: world.personId,
          answers: [{ question: 'a_last_job', text: 'a\u0000b' }],
          complete: false,
        },
      ],
      ['/v1/percorso-decisions', { person_id: world.personId, decided: 'P9' }],
      ['/v1/dids', { person_id: world.personId, declared_on: '2099-01-01', benefit: 'none' }],
      ['/v1/pacts', []],
      ['/v1/pacts', null],
    ];
    for (const [path, body] of bad) {
      const answer = await send('POST', path, body, operator);
      expect.soft(answer.status, `${path} ${JSON.stringify(body)}`).toBe(422);
      expect.soft(answer.body.errors?.length, path).toBeGreaterThan(0);
    }
    expect((await get(`/v1/persons/${world.personId}/profiles`, operator)).body).toEqual(before);
  });

  it('addresses that lead nowhere, and media types it does not read', async () => {
    for (const path of ['profiles', 'interviews', 'pacts']) {
      expect.soft((await get(`/v1/${path}/${services.ids()}`, operator)).status, path).toBe(404);
      expect.soft((await get(`/v1/${path}/moon`, operator)).status, path).toBe(400);
      const text = await app.request(`/v1/${path}`, {
        method: 'POST',
        headers: operator,
        body: 'x',
      });
      expect.soft(text.status, path).toBe(415);
    }
  });
});

describe('the pages', () => {
  const read = async (path: string, headers: Headers, init: RequestInit = {}) => {
    const answer = await app.request(path, {
      ...init,
      headers: { Accept: 'text/html', ...headers },
    });
    return { status: answer.status, text: await answer.text() };
  };

  it('mark the demonstration model wherever its figures show, in both languages', async () => {
    const at = `/operatore/persone/${world.personId}`;
    for (const path of [
      at,
      `${at}/profilo`,
      `${at}/percorso`,
      `${at}/patto`,
      '/profilazione/modello',
    ]) {
      expect.soft((await read(path, operator)).text, path).toContain('Modello dimostrativo');
      const english = await read(`${path}?lang=en`, operator);
      expect.soft(english.text, path).toContain('Demonstration model');
    }
    for (const path of ['/area-personale/profilo', '/area-personale/patto']) {
      expect.soft((await read(path, jobseeker)).text, path).toContain('Modello dimostrativo');
    }
  });

  it('tell the person why, who decided and how to contest it', async () => {
    const { text } = await read('/area-personale/profilo', jobseeker);
    for (const words of ['Da che cosa viene', 'Ada Operatrice', 'Se non sei d’accordo']) {
      expect.soft(text).toContain(words);
    }
  });

  it('are closed to other offices, other people and whoever is not signed in', async () => {
    const at = `/operatore/persone/${world.personId}`;
    for (const part of ['', '/dati', '/profilo', '/colloquio', '/percorso', '/did', '/patto']) {
      expect.soft((await read(at + part, stranger)).status, part).toBe(404);
      expect.soft((await read(at + part, jobseeker)).status, part).toBe(403);
      expect.soft((await read(at + part, {})).status, part).toBe(401);
    }
    expect((await read('/area-personale', operator)).status).toBe(403);
  });
});
