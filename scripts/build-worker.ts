/**
 * Bundles the Worker as `wrangler deploy` would, into dist/worker, without a network or an account,
 * and tells its weight. Static files are made first: their names are part of the bundle.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = 'dist/worker';
const METAFILE = join(OUT, 'bundle-meta.json');

/** What must never be in it: the embedded database is 10 MB, and a Worker has no files. */
const FOREIGN = /@electric-sql\/pglite|@hono\/node-server|node_modules\/tsx\//;

function run(program: string, ...args: string[]): void {
  const { status, error } = spawnSync(join(ROOT, 'node_modules/.bin', program), args, {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw error ?? new Error(`${program} ended with ${status}`);
}

run('tsx', 'scripts/build-assets.ts');
run('wrangler', 'deploy', '--dry-run', '--minify', '--outdir', OUT, '--metafile', METAFILE);

const { inputs } = JSON.parse(readFileSync(join(ROOT, METAFILE), 'utf8')) as {
  inputs: Record<string, unknown>;
};
const foreign = Object.keys(inputs).filter((name) => FOREIGN.test(name));
if (foreign.length > 0) throw new Error(`not for a Worker: ${foreign.join(', ')}`);

const bundle = readFileSync(join(ROOT, OUT, 'worker.js'));
const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
console.log(
  `${OUT}/worker.js ${kilobytes(bundle.length)}, ${kilobytes(gzipSync(bundle).length)} gzip`,
);
