import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import type { AppContext } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';

/**
 * The person named in the path of an operator's page, which is for operators only: a person's own
 * pages are under `/area-personale`. @throws {Problem} 401, 403; 404 on a malformed id
 */
export function personIdOf(c: AppContext): string {
  authorise(c.get('actor'), 'operator');
  const parsed = z.uuid().safeParse(c.req.param('person'));
  if (!parsed.success) throw notFound();
  return parsed.data;
}

export function filePath(personId: string, part = ''): string {
  return `/operatore/persone/${personId}${part}`;
}
