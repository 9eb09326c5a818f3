import { describe, expect, it } from 'vitest';
import { type Import, reachable, sourceFiles } from './source-files.ts';

/** Each room may know those before it, never those after. */
const ROOMS = [
  'platform',
  'reference',
  'web',
  'identity',
  'login',
  'notices',
  'network',
  'booking',
  'waitlist',
  'workshops',
  'reception',
  'convocation',
  'attendance',
  'disruption',
  'exchange',
  'profiling',
  'pact',
  'privacy',
  'planning',
  'monitoring',
  'demo',
];
/** They put the rooms together, and nothing but an entry knows them. */
const ENTRIES = ['src/node.ts', 'src/worker.ts'];
const SHELL = [
  'src/app.ts',
  'src/nightly.ts',
  'src/minutely.ts',
  'src/embedded-template.ts',
  ...ENTRIES,
];

/** Arithmetic and calendars: libraries that neither read nor write anything. */
const PURE_PACKAGES =
  /^(luxon|simple-statistics|ml-matrix|pure-rand|d3-[a-z]+|topojson-client|csv-parse|csv-stringify|@marketto\/codice-fiscale-utils)(\/|$)/;
const PURE_FILES = ['src/platform/clock.ts', 'src/platform/random.ts'];

/** The only places where the world's own clock and dice come in. */
const OUTSIDE_WORLD = [
  'src/platform/clock.ts',
  'src/platform/random.ts',
  'src/platform/ids.ts',
  ...ENTRIES,
];

const files = sourceFiles('src');

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** Every import that `forbidden` says must not be, as sentences. */
function violations(forbidden: (path: string, to: Import) => boolean): string[] {
  return files.flatMap(({ path, imports }) =>
    imports.filter((to) => forbidden(path, to)).map((to) => `${path} imports ${to.target}`),
  );
}

function filesWith(pattern: RegExp, except: readonly string[] = []): string[] {
  return files
    .filter(({ path, code }) => !except.includes(path) && pattern.test(code))
    .map(({ path }) => path);
}

it('the reading of the sources misses no import', () => {
  for (const { path, code, imports } of files) {
    const written = code.match(/\bfrom '|^import '|\bimport\(/gm) ?? [];
    expect.soft(imports.length, path).toBe(written.length);
  }
  expect(files.length).toBeGreaterThan(20);
});

describe('rooms', () => {
  it('are those of the map, and nothing else lies in src', () => {
    const strangers = files.filter(({ path }) => {
      const room = roomOf(path);
      return room === undefined ? !SHELL.includes(path) : !ROOMS.includes(room);
    });
    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  it('depend one way', () => {
    const upwards = violations((path, { target }) => {
      const from = roomOf(path);
      const to = roomOf(target);
      if (from === undefined) return false;
      if (SHELL.includes(target)) return true;
      return to !== undefined && ROOMS.indexOf(to) > ROOMS.indexOf(from);
    });
    expect(upwards).toEqual([]);
  });

  it('do not go in circles file by file', () => {
    const circles = files
      .filter(({ path, imports }) =>
        imports.some(
          ({ target, kind }) =>
            kind === 'value' && roomOf(target) && reachable(target, files, ['value']).has(path),
        ),
      )
      .map(({ path }) => path);
    expect(circles).toEqual([]);
  });
});

describe('rules', () => {
  const isRule = (path: string) => path.includes('/rules/');

  it('know only other rules, shared words and arithmetic', () => {
    const impure = violations((path, { target, kind }) => {
      if (!isRule(path) || kind === 'type') return false;
      if (isRule(target) || PURE_FILES.includes(target) || PURE_PACKAGES.test(target)) return false;
      return roomOf(target) !== 'reference';
    });
    expect(impure).toEqual([]);
  });

  it('reach neither the database, nor the network, nor the disk, through anything they import', () => {
    const tainted = files
      .filter(({ path }) => isRule(path))
      .flatMap(({ path }) =>
        [...reachable(path, files)]
          .filter(
            (target) =>
              /^(node:|drizzle-orm|hono|@hono|postgres$|@electric-sql)/.test(target) ||
              /\/(store|table|routes|pages|actions)(\/|\.tsx?$)/.test(target),
          )
          .map((target) => `${path} reaches ${target}`),
      );
    expect(tainted).toEqual([]);
  });
});

describe('pages and routes', () => {
  it('never touch the database', () => {
    const direct = violations(
      (path, { target, kind }) =>
        /\/(pages|routes)(\/|\.tsx?$)/.test(path) &&
        kind !== 'type' &&
        (/[/-](table|store)(\.ts$|\/)/.test(target) || /^drizzle-orm/.test(target)),
    );
    expect(direct).toEqual([]);
  });
});

describe('the entries', () => {
  it('are the only ones to know the application', () => {
    expect(
      violations((path, { target }) => target === 'src/app.ts' && !ENTRIES.includes(path)),
    ).toEqual([]);
  });

  it('bring in the embedded database only on Node, and only when it is used', () => {
    const early = violations(
      (_, { target, kind }) => target.startsWith('@electric-sql/') && kind === 'dynamic',
    );
    expect(early).toEqual([]);
    const holders = files.filter(({ imports }) =>
      imports.some(({ target, kind }) => target.startsWith('@electric-sql/') && kind === 'value'),
    );
    for (const { path } of holders) {
      expect(violations((_, to) => to.target === path && to.kind === 'value')).toEqual([]);
    }
  });

  it('give the Worker nothing of Node', () => {
    const worker = files.some(({ path }) => path === 'src/worker.ts')
      ? 'src/worker.ts'
      : 'src/app.ts';
    const ofNode = [...reachable(worker, files)].filter((target) =>
      /^(node:|@electric-sql\/|@hono\/node-server|tsx)/.test(target),
    );
    expect(ofNode).toEqual([]);
  });
});

describe('time and chance', () => {
  it('come from outside in one place', () => {
    const pattern =
      /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bDateTime\.(now|local|utc)\(\)|\bperformance\.now\(/;
    expect(filesWith(pattern, OUTSIDE_WORLD)).toEqual([]);
  });
});

describe('files', () => {
  it('have no default exports, but for the Worker that must have one', () => {
    expect(filesWith(/^export default\b/m, ['src/worker.ts'])).toEqual([]);
  });

  it('are not barrels', () => {
    const barrels = files.filter(
      ({ path, code, imports }) =>
        /\/index\.tsx?$/.test(path) ||
        /^export \*/m.test(code) ||
        (imports.some(({ reExported }) => reExported) &&
          !/^(export )?(async )?(function|const|class|interface|type \w+ =)/m.test(code)),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it('are named for what they say, not for what they are not', () => {
    // `service` alone is a word of the domain: what one may book.
    const vague = /\/(utils?|helpers?|managers?|common|misc|shared|[a-z-]+\.service)\.tsx?$/;
    expect(files.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
  });
});
