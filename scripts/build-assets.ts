/**
 * Makes everything browsers load besides pages: `dist/public/assets/*`, named by content so that
 * they can be kept for ever, and `dist/asset-manifest.json`, which tells pages those names. Nothing
 * is fetched: Bootstrap Italia and Swagger UI come from node_modules, our own from src/web/assets.
 * Takes about a second, less when nothing changed; `npm start` and
 * `npm test` run it first.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ICONS } from '../src/web/icons.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OWN = join(ROOT, 'src/web/assets');
const ITALIA = join(ROOT, 'node_modules/bootstrap-italia/dist');
const SWAGGER = join(ROOT, 'node_modules/swagger-ui-dist');
const OUT = join(ROOT, 'dist/public/assets');
const MANIFEST = join(ROOT, 'dist/asset-manifest.json');

const WEIGHTS = { 400: 'regular', 600: '600', 700: '700' };

/** Whether nothing that the build reads is newer than what it made. */
function upToDate(): boolean {
  if (!existsSync(MANIFEST)) return false;
  const made = statSync(MANIFEST).mtimeMs;
  const read = [
    ...readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx$|web\/(assets\/|icons)/.test(path))
      .map((path) => join('src', path)),
    'scripts/build-assets.ts',
    'scripts/trim-css.ts',
    'package-lock.json',
  ];
  return read.every((path) => statSync(join(ROOT, path)).mtimeMs < made);
}

async function build(): Promise<void> {
  const { trimCss } = await import('./trim-css.ts');
  mkdirSync(OUT, { recursive: true });
  const manifest: Record<string, string> = {};
  const add = (name: string, content: string | Buffer) => {
    manifest[name] = write(name, content);
  };

  for (const [weight, file] of Object.entries(WEIGHTS)) {
    const font = `fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${file}.woff2`;
    add(`titillium-${weight}.woff2`, readFileSync(join(ITALIA, font)));
  }
  add('icons.svg', iconSprite());
  add('sportello.css', styleSheet(manifest, trimCss));
  add('sportello.js', own('sportello.js'));
  add('code.js', own('code.js'));
  add('live.js', own('live.js'));
  add('challenge.js', own('challenge.js'));
  add('favicon.svg', own('favicon.svg'));
  add('swagger-ui.css', readFileSync(join(SWAGGER, 'swagger-ui.css')));
  add('swagger-ui.js', readFileSync(join(SWAGGER, 'swagger-ui-bundle.js')));
  add('api-page.js', own('api-page.js'));

  // Cloudflare serves this folder itself and reads these two; on Node serve-assets.ts does the same.
  replace(
    join(OUT, '../_headers'),
    '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n',
  );
  replace(join(OUT, '../.assetsignore'), '*.gz\n');
  replace(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  const current = new Set(Object.values(manifest));
  for (const file of readdirSync(OUT)) {
    if (!current.has(file.replace(/\.gz$/, ''))) rmSync(join(OUT, file), { force: true });
  }
}

function own(name: string): string {
  return readFileSync(join(OWN, name), 'utf8');
}

/** Writes `content` under a name that carries its hash, beside a compressed copy. */
function write(name: string, content: string | Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const dot = name.lastIndexOf('.');
  const hashed = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  if (!existsSync(join(OUT, hashed))) replace(join(OUT, hashed), content);
  if (!name.endsWith('.woff2') && !existsSync(join(OUT, `${hashed}.gz`))) {
    replace(join(OUT, `${hashed}.gz`), gzipSync(content, { level: 9 }));
  }
  return hashed;
}

/** Whoever reads meanwhile sees the old file or the new one, never half of it. */
function replace(path: string, content: string | Buffer): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

function iconSprite(): string {
  const sprite = readFileSync(join(ITALIA, 'svg/sprites.svg'), 'utf8');
  const symbols = ICONS.map((name) => {
    const [symbol] = sprite.match(new RegExp(`<symbol id="${name}".*?</symbol>`, 's')) ?? [];
    if (!symbol) throw new Error(`icon ${name} is not in Bootstrap Italia's sprite`);
    return symbol;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function styleSheet(
  manifest: Readonly<Record<string, string>>,
  trim: (css: string, words: ReadonlySet<string>, alsoUsing?: string) => string,
): string {
  const css = readFileSync(join(ITALIA, 'css/bootstrap-italia.min.css'), 'utf8');
  // Its byte order mark would make the first rule unreadable once something stands before it.
  const vendor = css.replace(/^\uFEFF/, '');
  const ours = own('sportello.css')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/url\("([\w.-]+)"\)/g, (_, name: string) => {
      if (!manifest[name]) throw new Error(`sportello.css wants ${name}, which is not built`);
      return `url("${manifest[name]}")`;
    });
  const licence = '/*! Bootstrap Italia, BSD-3-Clause; Titillium Web, OFL-1.1 */';
  return `${licence}${trim(vendor, wordsOfPages(), ours)}${ours}`;
}

/** Every word that may be a class name: whatever looks like one in the sources of pages. */
function wordsOfPages(): Set<string> {
  const words = new Set<string>();
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  for (const file of sources.filter((path) => /\.tsx$|web\/assets\/.*\.js$/.test(path))) {
    const text = readFileSync(join(ROOT, 'src', file), 'utf8');
    for (const [word] of text.matchAll(/[A-Za-z][\w-]*/g)) words.add(word);
  }
  return words;
}

if (!upToDate()) await build();
