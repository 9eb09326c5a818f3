import { migrateServer } from '../src/platform/migrate.ts';
import { connectPostgres } from '../src/platform/postgres.ts';
import { loadComuni } from '../src/reference/load-comuni.ts';

/**
 * Brings the PostgreSQL at DATABASE_URL to the newest schema and the newest list of comuni.
 * Run it before a new version of the service starts; running it again changes nothing.
 */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL: required, the PostgreSQL to bring to the newest schema');
  process.exit(1);
}
await migrateServer(url);
const connection = connectPostgres(url, 1);
const written = await loadComuni(connection.database);
await connection.close();
console.error(`schema up to date, ${written} comuni written`);
