import { solveChallenge } from 'altcha-lib/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { forgetPassingRows } from '../../src/platform/housekeeping.ts';
import { spentChallenge } from '../../src/platform/table.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let hold: { service_id: string; office_id: string };
const system = () => callAs(services, { kind: 'system', task: 'test' });

beforeAll(async () => {
  services = await testServices({ environment: { CHALLENGE: 'always' } });
  app = testApp(services);
  const office = await anOffice(services, { code: 'cpi-prova' });
  await anOperator(services, office);
  await weekdayMornings(services, office);
  hold = { service_id: await aService(services, { code: 'colloquio' }), office_id: office };
  await rebuildFreeTime(system(), { days: 10 });
}, 60_000);
afterAll(() => services?.close());

const solved = async () => {
  const answer = await app.request('/v1/challenges', { method: 'POST' });
  expect(answer.status).toBe(200);
  const challenge = (await answer.json()) as {
    challenge: string;
    salt: string;
    algorithm: string;
    maxnumber: number;
  };
  const { challenge: wanted, salt, algorithm, maxnumber } = challenge;
  const found = await solveChallenge(wanted, salt, algorithm, maxnumber).promise;
  return btoa(JSON.stringify({ ...challenge, number: found?.number }));
};
let hour = 9;
const keep = (headers: Record<string, string> = {}) =>
  app.request(
    '/v1/holds',
    json(
      'POST',
      { ...hold, starts_at: `2027-03-08T${String(hour).padStart(2, '0')}:00:00+01:00` },
      headers,
    ),
  );

describe('a start kept by somebody nobody knows', () => {
  it('wants a challenge solved, once, by its own signature and in time', async () => {
    const refused = await keep();
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      type: expect.stringContaining('challenge-unsolved'),
    });
    const solution = await solved();
    const read = JSON.parse(atob(solution)) as { number: number; salt: string };
    const altered = (change: object) => btoa(JSON.stringify({ ...read, ...change }));
    for (const wrong of [
      altered({ number: read.number + 1 }),
      altered({ salt: read.salt.replace(/expires=\d+/, 'expires=9999999999') }),
      'bm90IGpzb24=',
      '',
    ])
      expect((await keep({ 'Challenge-Solution': wrong })).status).toBe(403);
    expect((await keep({ 'Challenge-Solution': solution })).status).toBe(201);
    hour = 10;
    expect((await keep({ 'Challenge-Solution': solution })).status).toBe(403);
    const late = await solved();
    services.setNow('2027-03-04T09:11:00+01:00');
    expect((await keep({ 'Challenge-Solution': late })).status).toBe(403);
    await forgetPassingRows(system());
    expect(await services.database.select().from(spentChallenge)).toEqual([]);
  });

  it('is not asked of who is signed in, nor for booking at once', async () => {
    const personId = await aPerson(services);
    const own = await as(services, { kind: 'jobseeker', personId });
    expect((await keep(own)).status).toBe(201);
    const person = { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' };
    const booking = { ...hold, starts_at: '2027-03-09T09:00:00+01:00', person };
    expect((await app.request('/v1/appointments', json('POST', booking))).status).toBe(201);
  });

  it('leads on to the form on pages without a script, and with one through its solution', async () => {
    const page = await app.request('/prenota/orario?servizio=colloquio&ufficio=cpi-prova');
    expect(await page.text()).toMatch(/src="[^"]*challenge[^"]*\.js"/);
    const choose = (fields: Record<string, string>) =>
      app.request('/prenota/orario', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          Origin: 'http://localhost:3000',
        },
        body: new URLSearchParams({
          servizio: 'colloquio',
          ufficio: 'cpi-prova',
          inizio: '2027-03-10T09:00:00+01:00',
          ...fields,
        }),
      });
    const plain = await choose({});
    expect(plain.status).toBe(303);
    expect(plain.headers.get('location')).toContain('/prenota/dati');
    expect(plain.headers.get('set-cookie')).toBeNull();
    const kept = await choose({ soluzione: await solved() });
    expect(kept.headers.get('set-cookie')).not.toBeNull();
  });
});
