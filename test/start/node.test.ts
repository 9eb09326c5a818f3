import { request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase, onPostgres } from '../support/database.ts';
import {
  freePort,
  type RunningServer,
  runNode,
  startServer,
  temporaryFolder,
} from '../support/server.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const embedded = { DATA_DIR: folder.path, DEMO: 'false' };
const keys = { SESSION_KEY: 's'.repeat(43), DATA_KEY: 'd'.repeat(43) };

/** Sends half of a request; `finish` sends the rest and gives the status of the answer. */
function halfRequest(url: string): Promise<{ finish(): Promise<number> }> {
  const sending = request(`${url}/v1/nothing`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': 20,
      // Makes the service read the whole body before it answers.
      'Idempotency-Key': crypto.randomUUID(),
    },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (answer) => resolve(answer.resume().statusCode!));
    sending.once('error', reject);
  });
  const finish = () => {
    sending.end(' "request"}');
    return answered;
  };
  return new Promise((resolve) => {
    // A moment more, for it to reach the service.
    sending.write('{"half": ', () => setTimeout(() => resolve({ finish }), 200));
  });
}

async function stopsGracefully(server: RunningServer): Promise<void> {
  const underWay = await halfRequest(server.url);
  const ended = server.stop('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(fetch(`${server.url}/status`)).rejects.toThrow();
  expect(await underWay.finish()).toBe(404);
  const asked = performance.now();
  expect(await ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(8_000);
}

describe('the service on its embedded database', () => {
  it('starts on an empty folder, keeps what was written, and is there again after a restart', async () => {
    const first = await startServer(embedded);
    const before = await fetch(`${first.url}/status`);
    expect(before.status).toBe(200);
    await stopsGracefully(first);

    const second = await startServer(embedded);
    const after = await fetch(`${second.url}/status`);
    expect(after.status).toBe(200);
    const left = (answer: Response) => Number(answer.headers.get('ratelimit-remaining'));
    expect(left(after)).toBeLessThan(left(before));

    const intruder = runNode(['src/node.ts'], { ...embedded, PORT: '0' });
    expect(await intruder.ended).toBe(1);
    expect(intruder.output()).toContain(`in use by process ${second.process.pid}`);

    await second.stop('SIGKILL');
    const third = await startServer(embedded);
    expect((await fetch(`${third.url}/status`)).status).toBe(200);
    expect(await third.stop('SIGINT')).toBe(0);
  });

  it('does not start on a bad configuration, and names the key', async () => {
    const refused = runNode(['src/node.ts'], { ...embedded, PORT: 'hunter2' });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/PORT/);
    expect(refused.output()).not.toContain('hunter2');
  });

  it('offers no demo logins in production', async () => {
    const refused = runNode(['src/node.ts'], {
      ...embedded,
      ...keys,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://cpi.example.it',
      DEMO: 'true',
    });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/DEMO/);
  });
});

onPostgres('the service on a PostgreSQL server', () => {
  it('works in production, and finishes what is under way before it stops', async () => {
    const url = await freshDatabase();
    const server = await startServer({
      ...keys,
      DATABASE_URL: url,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://cpi.example.it',
    });
    expect(await (await fetch(`${server.url}/status`)).json()).toMatchObject({ demo: false });

    // A query that waits for another's lock when the signal comes.
    const other = postgres(url, { max: 1 });
    let unlock = () => {};
    const locked = new Promise<void>((resolve) => {
      void other.begin(async (transaction) => {
        await transaction`lock table outbox in access exclusive mode`;
        resolve();
        await new Promise<void>((release) => {
          unlock = release;
        });
      });
    });
    await locked;
    const waiting = fetch(`${server.url}/status`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = server.stop('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    unlock();
    expect((await waiting).status).toBe(200);
    expect(await ended).toBe(0);
    await other.end();
  });

  it('says that it is unavailable, and when to come back, while the server is away', async () => {
    const { url, cut } = await cutable(await freshDatabase());
    const server = await startServer({ ...keys, DATABASE_URL: url, DATA_DIR: folder.path });
    expect((await fetch(`${server.url}/status`)).status).toBe(200);
    await cut();
    const answer = await fetch(`${server.url}/status`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toBe('5');
    await server.stop();
  });

  it('is told to migrate an empty database, and works once that is done', async () => {
    const url = await freshDatabase({ bare: true });
    const refused = runNode(['src/node.ts'], { ...keys, PORT: '0', DATABASE_URL: url });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('npm run migrate');

    const migration = runNode(['scripts/migrate.ts'], { DATABASE_URL: url });
    expect(await migration.ended, migration.output()).toBe(0);
    const server = await startServer({ ...keys, DATABASE_URL: url });
    expect((await fetch(`${server.url}/status`)).status).toBe(200);

    const neighbour = runNode(['src/node.ts'], {
      ...keys,
      DATABASE_URL: url,
      PORT: new URL(server.url).port,
    });
    expect(await neighbour.ended).toBe(1);
    expect(neighbour.output()).toContain('PORT');
    await server.stop();
  });

  it('does not start without it, and says so without the password', async () => {
    const refused = runNode(['src/node.ts'], {
      ...keys,
      PORT: '0',
      DATABASE_URL: 'postgres://sportello:hunter2@127.0.0.1:1/nothing',
    });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('ECONNREFUSED');
    expect(refused.output()).not.toContain('hunter2');
    expect(refused.output().length).toBeLessThan(5000);
  });
});

/** The same database through a line that can be cut. */
async function cutable(url: string): Promise<{ url: string; cut(): Promise<void> }> {
  const port = await freePort();
  const ends = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => line.listen(port, '127.0.0.1', resolve));
  const through = new URL(url);
  through.port = String(port);
  const cut = () =>
    new Promise<void>((resolve) => {
      line.close(() => resolve());
      for (const end of ends) end.destroy();
    });
  return { url: through.href, cut };
}
