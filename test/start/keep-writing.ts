import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { openEmbedded } from '../../src/platform/embedded.ts';

/** Writes rows into the folder given until it is killed, and names each that was acknowledged. */
const [folder, snapshot] = process.argv.slice(2);
const { database } = await openEmbedded(folder, new Blob([readFileSync(snapshot!)]));
await database.execute(sql`create table if not exists written (number integer primary key)`);
for (let number = 0; ; number++) {
  await database.execute(sql`insert into written values (${number})`);
  process.stdout.write(`${number}\n`);
}
