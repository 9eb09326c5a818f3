import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AssetManifest } from '../../src/web/assets.ts';
import { asset, useAssets } from '../../src/web/assets.ts';
import { readAssetManifest, serveAssets } from '../../src/web/serve-assets.ts';

const app = new Hono();
let manifest: AssetManifest;
beforeAll(() => {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-assets.ts']);
  manifest = readAssetManifest('dist');
  app.use(serveAssets('dist'));
});

const fetchAsset = (name: string, headers = {}) =>
  app.request(`/assets/${manifest[name]}`, { headers });
const body = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('static files', () => {
  it('have names that change with their content and are kept for ever', async () => {
    expect(manifest['sportello.css']).toMatch(/^sportello\.[0-9a-f]{10}\.css$/);
    const answer = await fetchAsset('sportello.css');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('travel compressed to whoever can read it', async () => {
    const plain = await fetchAsset('sportello.css');
    const packed = await fetchAsset('sportello.css', { 'Accept-Encoding': 'br, gzip' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await body(packed))).toEqual(await body(plain));
  });

  it('do not reach outside their folder', async () => {
    for (const path of ['/assets/../asset-manifest.json', '/assets/%2e%2e/_headers', '/assets/']) {
      expect((await app.request(path)).status).toBe(404);
    }
  });

  it('include every font and icon the style sheet and the pages ask for', async () => {
    const css = (await body(await fetchAsset('sportello.css'))).toString();
    const files = new Set(Object.values(manifest));
    const wanted = [...css.matchAll(/url\("?([^")]+)"?\)/g)].map(([, url]) => url!);
    for (const url of wanted.filter((each) => !each.startsWith('data:'))) {
      expect(files).toContain(url);
    }
    expect(css.charCodeAt(0)).not.toBe(0xfeff);
    expect(css).not.toContain('\uFEFF');
    expect(css).toContain('--bs-link-color:');
  });

  it('leave a page room: style, script, fonts and icons together weigh under 100 kB', async () => {
    let bytes = 0;
    for (const name of Object.keys(manifest).filter((each) => !/^(swagger|api-page)/.test(each))) {
      bytes += (await body(await fetchAsset(name, { 'Accept-Encoding': 'gzip' }))).length;
    }
    expect(bytes).toBeLessThan(100_000);
  });

  it('keep their plain names where nothing was built', () => {
    expect(asset('sportello.css')).toBe('/assets/sportello.css');
    useAssets(manifest);
    expect(asset('sportello.css')).toBe(`/assets/${manifest['sportello.css']}`);
  });
});
