import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadComuni } from './reference/load-comuni.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What the template is made of: when one of these changes, it is made anew. */
const INGREDIENTS = [
  ...readdirSync(join(root, 'drizzle'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(sql|json)$/.test(name))
    .map((name) => `drizzle/${name}`)
    .sort(),
  'src/reference/data/comuni.tsv',
  'src/reference/load-comuni.ts',
  'src/embedded-template.ts',
  'node_modules/@electric-sql/pglite/package.json',
];

/**
 * Where the template of this version is kept: a dumped embedded database with the newest schema and
 * every comune. Making one takes seconds, restoring it a fraction of one.
 */
function templatePath(): string {
  const hash = createHash('sha256');
  for (const name of INGREDIENTS) hash.update(name).update(readFileSync(join(root, name)));
  return join(root, `node_modules/.cache/sportello/${hash.digest('hex').slice(0, 16)}.tar`);
}

/** The same path, once the template is there. */
export async function makeTemplate(): Promise<string> {
  const path = templatePath();
  if (existsSync(path)) return path;

  const [{ openEmbedded }, { migrateEmbedded }] = await Promise.all([
    import('./platform/embedded.ts'),
    import('./platform/migrate.ts'),
  ]);
  const { client, database, close } = await openEmbedded();
  await migrateEmbedded(client);
  await loadComuni(database);
  // The templates that a new database would be copied from are half of the files.
  await client.exec(`update pg_database set datistemplate = false where datname like 'template_'`);
  await client.exec('drop database template0');
  await client.exec('drop database template1');
  const dump = await client.dumpDataDir('none');
  await close();

  mkdirSync(dirname(path), { recursive: true });
  // Written aside first: two processes may be making it at the same time.
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
  renameSync(aside, path);
  return path;
}

/** The template for an embedded database that is not there yet; undefined to begin from nothing. */
export function templateFor(folder: string): Blob | undefined {
  if (existsSync(join(folder, 'postgres'))) return undefined;
  const path = templatePath();
  return existsSync(path) ? new Blob([readFileSync(path)]) : undefined;
}
