import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Import {
  /** A path from the root (`src/platform/clock.ts`), or the name of a package as written. */
  readonly target: string;
  readonly kind: 'value' | 'type' | 'dynamic';
  /** Passed on to whoever imports this file. */
  readonly reExported: boolean;
}

export interface SourceFile {
  readonly path: string;
  /** The text without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file under `folder`, with what it imports. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => {
      const code = withoutComments(readFileSync(join(root, path), 'utf8'));
      return { path, code, imports: importsOf(path, code) };
    });
}

/** What `start` pulls in when it runs, itself included: types pull in nothing. */
export function reachable(
  start: string,
  files: readonly SourceFile[],
  kinds: readonly Import['kind'][] = ['value', 'dynamic'],
): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { target, kind } of byPath.get(path)?.imports ?? []) {
      if (kinds.includes(kind)) waiting.push(target);
    }
  }
  return seen;
}

const STATEMENT =
  /(?:^|[;\n}])\s*(import|export)\s+(type\s+)?((?:[\w$*]+|\{[^}]*\}|\* as \w+)(?:\s*,\s*(?:\{[^}]*\}|\* as \w+))?)\s*from\s*'([^']+)'/g;
const BARE = /(?:^|[;\n])\s*import\s+'([^']+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)(?!\s*[.[]?\s*(?:typeof|type))/g;

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  for (const [, verb, type, names, target] of code.matchAll(STATEMENT)) {
    const onlyTypes = /^\{\s*(?:type\s+[^,{}]+,?\s*)+\}$/.test(names!);
    found.push({
      target: resolve(path, target!),
      kind: type || onlyTypes ? 'type' : 'value',
      reExported: verb === 'export',
    });
  }
  for (const [, target] of code.matchAll(BARE)) {
    found.push({ target: resolve(path, target!), kind: 'value', reExported: false });
  }
  for (const [, target] of code.matchAll(DYNAMIC)) {
    found.push({ target: resolve(path, target!), kind: 'dynamic', reExported: false });
  }
  return found;
}

function resolve(from: string, target: string): string {
  if (!target.startsWith('.')) return target;
  return normalize(join(dirname(from), target)).replaceAll('\\', '/');
}

/** Comments out, strings kept: enough for a tree that biome formats. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, string: string | undefined) => string ?? '',
  );
}
