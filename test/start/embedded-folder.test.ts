import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, inject, it } from 'vitest';
import { rows } from '../../src/platform/database.ts';
import { FolderInUse, openEmbedded } from '../../src/platform/embedded.ts';
import { runNode, temporaryFolder } from '../support/server.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const lock = join(folder.path, 'lock');

async function numbersKept(): Promise<number[]> {
  const { database, close } = await openEmbedded(folder.path);
  const kept = await rows<{ number: number }>(database, sql`select number from written order by 1`);
  await close();
  return kept.map(({ number }) => number);
}

it('rows that were acknowledged are still there after a power cut of the process', async () => {
  const writer = runNode(['test/start/keep-writing.ts', folder.path, inject('snapshot')], {});
  while (writer.output().split('\n').length < 300) await once(writer.process.stdout!, 'data');

  // While it lives, nobody else may open the folder.
  await expect(openEmbedded(folder.path)).rejects.toThrow(FolderInUse);
  await expect(openEmbedded(folder.path)).rejects.toThrow(String(writer.process.pid));

  await writer.stop('SIGKILL');
  const acknowledged = writer.output().trim().split('\n').map(Number);
  const kept = await numbersKept();
  expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
  // At most the one that was being written is there without having been acknowledged.
  expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1);
});

it('the lock of a process that is gone is taken over, and removed at the end', async () => {
  const gone = spawn(process.execPath, ['--version']);
  await once(gone, 'exit');
  writeFileSync(lock, `${gone.pid} 1`);
  expect((await numbersKept()).length).toBeGreaterThan(0);
  expect(() => readFileSync(lock)).toThrow('ENOENT');
});

it.runIf(process.platform === 'linux')(
  'a process that merely bears the number of the one that is gone does not block the folder',
  async () => {
    writeFileSync(lock, `${process.ppid} 1`);
    expect((await numbersKept()).length).toBeGreaterThan(0);
  },
);

it('a folder open in this process is not opened twice', async () => {
  const { close } = await openEmbedded(folder.path);
  await expect(openEmbedded(folder.path)).rejects.toThrow(FolderInUse);
  await close();
});
