import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from './database.ts';
import type { Connection } from './postgres.ts';

/** Thrown when another live process already keeps its data in the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * PostgreSQL inside this process, its data in `folder` (`undefined`: in memory, gone at the end).
 * For trying out and for one desk: it has a single connection and does not flush every commit.
 * @throws {FolderInUse}
 */
export async function openEmbedded(
  folder?: string,
  loadDataDir?: Blob,
): Promise<Connection & { readonly client: PGlite }> {
  const release = folder === undefined ? () => {} : lockFolder(folder);
  try {
    const client = await PGlite.create({
      ...(folder === undefined ? {} : { dataDir: join(folder, 'postgres') }),
      ...(loadDataDir === undefined ? {} : { loadDataDir }),
      extensions: { btree_gist },
    });
    await client.exec("set time zone 'UTC'");
    return {
      client,
      database: drizzle(client) as unknown as Database,
      close: async () => {
        await client.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** PGlite does not lock its folder, and a second process on it loses rows in silence. */
function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, `${process.pid} ${startOf(process.pid)}`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [owner, start] = readFileSync(path, 'utf8').split(' ');
      if (isAlive(Number(owner)) && startOf(Number(owner)) === start) {
        throw new FolderInUse(
          `${folder} is in use by process ${owner}: stop it, or set DATA_DIR to another folder`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new FolderInUse(`${folder} cannot be locked`);
}

/**
 * When a process started, in ticks since the machine did; `?` where the system does not tell. After
 * a restart, of a container above all, another process may bear the number of the dead one.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; field 22 is the twentieth after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '?';
  } catch {
    return '?';
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
