import type { Instant } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { calendarFile, methodOf } from '../calendar-file.ts';
import { Undeliverable } from '../carrier.ts';
import { type NoticeKind, noticeKind } from '../kind.ts';
import { fillLine, fillParagraph, type Template, type Words } from '../rules/fill.ts';
import type { StoredNotice } from '../store/outbox.ts';
import { noticeStrings } from '../strings.ts';
import type { Attachment, Block, Letter } from './letter.ts';

/** What a letter is made of: a stored notice, or invented facts when a text is tried out. */
type Told = Pick<StoredNotice, 'kind' | 'facts' | 'locale' | 'subjectId' | 'createdAt'> &
  Partial<Pick<StoredNotice, 'channel' | 'recipient'>>;

/**
 * The letter of a notice, in its recipient's language.
 * @param written the text an office wrote for it; the kind's own when undefined
 * @throws {Undeliverable} when no room of this version knows its kind
 */
export function composeLetter(config: Config, told: Told, written?: Template): Letter {
  const kind = noticeKind(told.kind);
  if (!kind) throw new Undeliverable(`no room tells ${told.kind}`);
  const template = written ?? kind[told.locale];
  const words = kind.words(told.facts, told.locale, config);
  const t = noticeStrings(told.locale);
  const calendar = calendarOf(config, kind, told);
  const link = kind.link?.(told.facts, told.locale, config);
  const short = fillLine(template.short ?? template.subject, words);
  return {
    subject: fillLine(template.subject, words),
    body: template.paragraphs.flatMap((paragraph) => blocksOf(paragraph, words)),
    link,
    closing: [
      ...(calendar ? [calendar.sentence] : []),
      ...(config.demo ? [t('demo')] : []),
      t('automatic'),
    ],
    short: link ? `${short} ${link.href}` : short,
    happensAt: calendar?.happensAt,
    attachments: calendar ? [calendar.attachment] : [],
  };
}

function blocksOf(paragraph: string, words: Words): Block[] {
  const blocks: ({ lines: string[] } | { items: string[] })[] = [];
  for (const line of fillParagraph(paragraph, words)) {
    const last = blocks.at(-1);
    if (line.startsWith('- ')) {
      const item = line.slice(2);
      if (last && 'items' in last) last.items.push(item);
      else blocks.push({ items: [item] });
    } else if (last && 'lines' in last) last.lines.push(line);
    else blocks.push({ lines: [line] });
  }
  return blocks;
}

function calendarOf(
  config: Config,
  kind: NoticeKind,
  told: Told,
): { sentence: string; attachment: Attachment; happensAt: Instant | undefined } | undefined {
  const entry = kind.calendar?.(told.facts, told.locale, config, {
    subjectId: told.subjectId,
    at: told.createdAt,
  });
  if (!entry) return undefined;
  const t = noticeStrings(told.locale);
  const cancelled = entry.status === 'cancelled';
  const byMail = told.channel === 'email' || told.channel === 'pec';
  const attendee = byMail && told.recipient ? told.recipient : undefined;
  return {
    happensAt: cancelled ? undefined : entry.startsAt,
    sentence: t(cancelled ? 'calendarCancelled' : 'calendar'),
    attachment: {
      name: t('fileName'),
      mediaType: `text/calendar; charset=utf-8; method=${methodOf(entry, attendee)}`,
      content: calendarFile(entry, attendee),
    },
  };
}
