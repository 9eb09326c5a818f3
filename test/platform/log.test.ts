import { describe, expect, it } from 'vitest';
import { as, testServices } from '../support/app.ts';
import { probeApp } from '../support/probe.ts';

const services = await testServices();
const { app } = probeApp(services);

async function linesOf(path: string, init?: RequestInit): Promise<string> {
  const from = services.logged.length;
  await app.request(path, init);
  return services.logged.slice(from).join('\n');
}

describe('the log', () => {
  it('has a line for each request: what, by whom, how it ended, under which correlation id', async () => {
    const headers = {
      ...(await as(services, { kind: 'planner', userId: 'p1' })),
      'Correlation-Id': 'correlation-1',
    };
    const line = await linesOf('/status', { headers });
    expect(JSON.parse(line).properties).toMatchObject({
      at: '2027-03-04T08:00:00.000Z',
      method: 'GET',
      path: '/status',
      status: 200,
      consumer: 'planner',
      correlationId: 'correlation-1',
    });
  });

  it('keeps what was asked out: queries, tokens and cookies', async () => {
    const headers = { Authorization: 'Bearer t0ken.t0ken', Cookie: '__Host-sportello=c00kie' };
    const lines = await linesOf('/v1/probe/things?near=7&email=rosa@example.it', { headers });
    expect(lines).toContain('/v1/probe/things');
    expect(lines).not.toMatch(/rosa|near|t0ken|c00kie/);
  });

  it('keeps people out, however deep their names are nested', async () => {
    const lines = await linesOf('/v1/probe/teapot');
    expect(lines).not.toMatch(/rosa@|RSSRSO|Rossi|091 123456|__Host/);
    expect(lines).toContain('kept');
  });

  it('tells of a failed query without the values it carried', async () => {
    const lines = await linesOf('/v1/probe/broken-query');
    expect(lines).toContain('22P02');
    expect(lines).toContain('select * from comune');
    expect(lines).not.toContain('rosa@');
  });
});
