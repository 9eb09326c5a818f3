import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { noticeKind } from '../kind.ts';
import { composeLetter } from '../letters/compose.ts';
import type { Letter } from '../letters/letter.ts';
import { findNotice, recentNotices, type StoredNotice } from '../store/outbox.ts';
import { writtenTemplates } from '../store/templates.ts';

export interface DemoLetter {
  readonly notice: StoredNotice;
  /** Undefined when no room of this version knows its kind. */
  readonly letter: Letter | undefined;
}

/** The last messages of a demonstration, newest first. @throws {Problem} 404 outside one */
export async function listDemoMail(call: Call): Promise<DemoLetter[]> {
  if (!call.config.demo) throw notFound();
  return withLetters(call, await recentNotices(call.database, 20));
}

/** One of them. @throws {Problem} 404 outside a demonstration, or when there is none */
export async function readDemoMail(call: Call, id: string): Promise<DemoLetter> {
  if (!call.config.demo) throw notFound();
  const notice = await findNotice(call.database, id);
  if (!notice) throw notFound();
  return (await withLetters(call, [notice]))[0]!;
}

async function withLetters(call: Call, notices: readonly StoredNotice[]): Promise<DemoLetter[]> {
  const written = await writtenTemplates(call.database, new Set(notices.map(({ kind }) => kind)));
  return notices.map((notice) => ({
    notice,
    letter: noticeKind(notice.kind) && composeLetter(call.config, notice, written(notice)),
  }));
}
