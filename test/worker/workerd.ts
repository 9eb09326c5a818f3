import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Log, LogLevel, Miniflare } from 'miniflare';
import { runNode } from '../support/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The built Worker, served by workerd with the bindings of wrangler.toml. */
export interface ServedWorker {
  readonly url: string;
  /** What workerd wrote, without the messages known to be harmless there. */
  output(): string;
  /** Runs the schedule as Cloudflare's cron would. */
  runSchedule(cron: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Closing a connection cancels the stream that is still being read from it, and workerd tells.
 * Its sockets also gather `timeout` listeners as a mail is written, and it warns at the eleventh;
 * they go with the socket, which lives for one mail.
 */
const KNOWN =
  /Stream was cancelled|^Possible EventEmitter memory leak detected\. 11 timeout listeners/;

/** Builds the bundle as it would be deployed. */
export async function buildWorker(): Promise<void> {
  const build = runNode(['scripts/build-worker.ts'], {});
  if ((await build.ended) !== 0) throw new Error(build.output());
}

export async function serveWorker(
  databaseUrl: string,
  bindings: Record<string, string>,
): Promise<ServedWorker> {
  const settings = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const date = settings.match(/^compatibility_date = "([\d-]+)"$/m)?.[1];
  const flags = settings.match(/^compatibility_flags = \["([\w-]+)"\]$/m)?.[1];
  if (!date || !flags) throw new Error('wrangler.toml has no compatibility date or flags');
  let output = '';
  const server = new Miniflare({
    name: 'sportello',
    rootPath: join(root, 'dist/worker'),
    modules: [{ type: 'ESModule', path: 'worker.js' }],
    compatibilityDate: date,
    compatibilityFlags: [flags],
    bindings,
    hyperdrives: { HYPERDRIVE: databaseUrl },
    assets: { directory: join(root, 'dist/public'), routerConfig: { has_user_worker: true } },
    host: '127.0.0.1',
    port: 0,
    log: new Log(LogLevel.WARN),
    handleRuntimeStdio: (...streams: Readable[]) => {
      for (const stream of streams)
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
    },
  });
  const url = (await server.ready).origin;
  return {
    url,
    output: () =>
      output
        .split('\n')
        .filter((line) => !KNOWN.test(line))
        .join('\n'),
    async runSchedule(cron) {
      // Declared only by Cloudflare's own types of the runtime.
      const worker = (await server.getWorker()) as unknown as {
        scheduled(options: { cron: string }): Promise<{ outcome: string }>;
      };
      const { outcome } = await worker.scheduled({ cron });
      if (outcome !== 'ok') throw new Error(`the schedule ended with ${outcome}: ${output}`);
    },
    stop: () => server.dispose(),
  };
}
