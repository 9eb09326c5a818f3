import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { noticeKind } from '../kind.ts';
import { composeLetter } from '../letters/compose.ts';
import type { Letter } from '../letters/letter.ts';
import {
  type FollowedNotice,
  followedNotice,
  followedNotices,
  type NoticeFilter,
} from '../store/deliveries.ts';
import { writtenTemplates } from '../store/templates.ts';

/**
 * What was sent to whom, the newest first: an operator sees the messages of their own offices, an
 * administrator all. One more than `limit` is given when there are more.
 */
export async function listNotices(
  call: Call,
  filter: Omit<NoticeFilter, 'officeIds'>,
): Promise<FollowedNotice[]> {
  authorise(call.actor, 'operator', 'administrator');
  const officeIds = call.actor.kind === 'operator' ? call.actor.officeIds : undefined;
  return followedNotices(call.database, { ...filter, officeIds, limit: filter.limit + 1 });
}

/** One of them. @throws {Problem} 404 when there is none, or it is another office's */
export async function readNotice(call: Call, id: string): Promise<FollowedNotice> {
  authorise(call.actor, 'operator', 'administrator');
  const found = await followedNotice(call.database, id);
  if (!found) throw notFound();
  const { actor } = call;
  const { officeId } = found.notice;
  if (actor.kind === 'operator' && !(officeId !== null && actor.officeIds.includes(officeId)))
    throw notFound();
  return found;
}

/**
 * Its letter as it would be written now; undefined when its facts are no longer kept or no room of
 * this version knows its kind.
 */
export async function letterOf(
  call: Call,
  { notice }: FollowedNotice,
): Promise<Letter | undefined> {
  if (notice.recipient === '' || !noticeKind(notice.kind)) return undefined;
  const written = await writtenTemplates(call.database, new Set([notice.kind]));
  return composeLetter(call.config, notice, written(notice));
}
