import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';

const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';
let services: TestServices;
let app: ReturnType<typeof testApp>;
beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
});
afterAll(() => services.close());

describe('an address', () => {
  it.each([
    ['/v1/services/', 308, '/v1/services'],
    ['/prenota/?lang=en', 308, '/prenota?lang=en'],
    ['/nulla/', 404, null],
    ['//v1/services/', 404, null],
    ['//example.org/', 404, null],
  ])('with a slash too many, %s, is %i', async (path, status, location) => {
    const answer = await app.request(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([status, location]);
  });

  it('is written to without the slash only', async () => {
    expect((await app.request('/v1/appointments/', json('POST', {}))).status).toBe(404);
  });

  it('says what it can do when it is asked, and nothing of one that is not there', async () => {
    const ask = (path: string) => app.request(path, { method: 'OPTIONS' });
    const answer = await ask('/v1/appointments');
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'HEAD, GET, POST']);
    expect((await ask('/v1/nulla')).status).toBe(404);
  });
});

describe('a form', () => {
  it.each([
    ['multipart/form-data; boundary=x', 'codice=ABC'],
    ['multipart/form-data; boundary=x', ''],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n'],
  ])('that its own type does not describe (%s) is refused in words', async (type, body) => {
    for (const path of ['/appuntamento', '/prenota/riepilogo', '/invito']) {
      const answer = await app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': type, Origin: 'http://localhost:3000' },
        body,
      });
      expect([path, answer.status]).toEqual([path, 400]);
    }
  });
});

describe('a token that is no good', () => {
  it.each(['Bearer xyz', 'bearer a.b.c', 'Bearer ', 'Bearer é'])(
    '%s is refused where nobody is asked for one too',
    async (Authorization) => {
      const answer = await app.request('/v1/services', {
        headers: { Authorization: Authorization.replace('é', '%C3%A9') },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(answer.headers.get('ratelimit-limit')).not.toBeNull();
    },
  );

  it('was good for eight hours; a cookie that ended is nobody’s, and no mistake', async () => {
    const headers = await as(services, { kind: 'planner', userId: 'planner' });
    const cookie = { Cookie: `__Host-sportello=${headers.Authorization?.slice(7)}` };
    expect((await app.request('/v1/services', { headers })).status).toBe(200);
    services.setNow('2027-03-04T17:00:01+01:00');
    expect((await app.request('/v1/services', { headers })).status).toBe(401);
    expect((await app.request('/v1/services', { headers: cookie })).status).toBe(200);
    services.setNow('2027-03-04T09:00:00+01:00');
  });
});

describe('what is wrong', () => {
  const errorsOf = async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(path, init);
    const { errors = [] } = (await answer.json()) as {
      errors?: { pointer: string; detail: string }[];
    };
    return errors;
  };
  const english = { 'Accept-Language': 'en' };

  it.each<[string, string, [string, RegExp][]]>([
    [
      '/v1/earliest-starts?service_id=x',
      'an identifier that is none, once',
      [['/service_id', /identifier \(UUID\)/]],
    ],
    [
      `/v1/earliest-starts?service_id=${NOBODY}&latitude=38`,
      'half a point',
      [['/longitude', /go together/]],
    ],
    [
      `/v1/earliest-starts?service_id=${NOBODY}&within_km=5`,
      'a radius of nothing',
      [['/within_km', /comune or a point/]],
    ],
    [
      `/v1/offices/${NOBODY}/starts?service_id=${NOBODY}&from=2027-02-29&to=2027-03-01`,
      'a day of no year',
      [['/from', /no such day/]],
    ],
    [
      `/v1/offices/${NOBODY}/starts?service_id=${NOBODY}&from=2027-03-02&to=2027-03-01`,
      'days the wrong way round',
      [['/to', /before the first day/]],
    ],
    [
      `/v1/offices/${NOBODY}/starts?service_id=${NOBODY}&from=2027-03-02&to=2028-03-01`,
      'a year at once',
      [['/to', /At most 62 days/]],
    ],
    [
      `/v1/offices/${NOBODY}/starts?service_id=${NOBODY}&from=2027-03-01&to=2027-03-01`,
      'two things that are not there',
      [
        ['/service_id', /nothing with this value/],
        ['/office_id', /nothing with this value/],
      ],
    ],
    ['/v1/offices?comune=999999', 'a comune that is none', [['/comune', /ISTAT/]]],
  ])('%s: %s', async (path, _, expected) => {
    const errors = await errorsOf(path, { headers: english });
    expect(errors.map(({ pointer }) => pointer)).toEqual(expected.map(([pointer]) => pointer));
    for (const [index, [, words]] of expected.entries())
      expect(errors[index]?.detail).toMatch(words);
  });

  it('is said in the language of whoever asks', async () => {
    const body = json('POST', { comune: '999999' });
    const [italian] = await errorsOf('/v1/competent-office-lookups', body);
    const [inEnglish] = await errorsOf('/v1/competent-office-lookups', {
      ...body,
      headers: { ...(body.headers as Record<string, string>), ...english },
    });
    expect(italian?.detail).toBe('Nessun comune ha questo codice Istat.');
    expect(inEnglish?.detail).toBe('No comune has this ISTAT code.');
  });
});
