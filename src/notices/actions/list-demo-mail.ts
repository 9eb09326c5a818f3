import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { composeLetter } from '../letters/compose.ts';
import type { Letter } from '../letters/letter.ts';
import { findNotice, recentNotices, type StoredNotice } from '../store/outbox.ts';

export interface DemoLetter {
  readonly notice: StoredNotice;
  readonly letter: Letter;
}

/** The last messages of a demonstration, newest first. @throws {Problem} 404 outside one */
export async function listDemoMail(call: Call): Promise<DemoLetter[]> {
  if (!call.config.demo) throw notFound();
  const notices = await recentNotices(call.database, 20);
  return notices.map((notice) => ({ notice, letter: composeLetter(call.config, notice) }));
}

/** One of them. @throws {Problem} 404 outside a demonstration, or when there is none */
export async function readDemoMail(call: Call, id: string): Promise<DemoLetter> {
  if (!call.config.demo) throw notFound();
  const notice = await findNotice(call.database, id);
  if (!notice) throw notFound();
  return { notice, letter: composeLetter(call.config, notice) };
}
