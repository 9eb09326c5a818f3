import postgres from 'postgres';
import { describe, inject } from 'vitest';
import { TEMPLATE } from './postgres-setup.ts';

/**
 * `describe` for what needs a real server. Where none could be started the run has said so loudly,
 * and these are marked as skipped; with `CI` set the run has already failed.
 */
export const onPostgres = describe.skipIf(inject('postgres') === null);

/**
 * A database of the caller's own on the run's server, migrated and with every comune, or `bare`
 * without any table. Returns its URL.
 */
export async function freshDatabase({ bare = false } = {}): Promise<string> {
  const url = inject('postgres');
  if (url === null) throw new Error('no PostgreSQL: use onPostgres() in place of describe()');
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await admin.unsafe(`create database ${name} template ${bare ? 'template0' : TEMPLATE}`);
  await admin.end();
  return url.replace(/\/postgres$/, `/${name}`);
}
