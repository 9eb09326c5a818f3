/** Serves what `scripts/build-assets.ts` made, on Node. The Worker leaves this to Cloudflare. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import type { AssetManifest } from './assets.ts';

const PREFIX = '/assets/';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

interface StaticFile {
  readonly type: string;
  readonly plain: Buffer<ArrayBuffer>;
  readonly gzip: Buffer<ArrayBuffer> | undefined;
}

/** @throws {Error} naming the command to run when the assets were not built */
export function readAssetManifest(dist: string): AssetManifest {
  const path = join(dist, 'asset-manifest.json');
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build:assets`);
  return JSON.parse(readFileSync(path, 'utf8')) as AssetManifest;
}

/**
 * Answers `/assets/*` from memory: the files are few, and their names change with their content, so
 * they are read once and browsers keep them for ever.
 */
export function serveAssets(dist: string): MiddlewareHandler {
  const files = readFiles(join(dist, 'public/assets'));
  return async (c, next) => {
    const file = c.req.path.startsWith(PREFIX) && files.get(c.req.path.slice(PREFIX.length));
    if (!file || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return next();
    const compressed = file.gzip && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    return c.body(compressed ? file.gzip! : file.plain, 200, {
      'Content-Type': file.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      ...(file.gzip && { Vary: 'Accept-Encoding' }),
      ...(compressed && { 'Content-Encoding': 'gzip' }),
    });
  };
}

function readFiles(folder: string): Map<string, StaticFile> {
  const names = new Set(readdirSync(folder));
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    files.set(name, {
      type,
      plain: readFileSync(join(folder, name)),
      gzip: names.has(`${name}.gz`) ? readFileSync(join(folder, `${name}.gz`)) : undefined,
    });
  }
  return files;
}
