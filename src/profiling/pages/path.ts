import { z } from 'zod';
import type { AppContext } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';

/** The person named in the path of an operator's page. @throws {Problem} 404 on a malformed id */
export function personIdOf(c: AppContext): string {
  const parsed = z.uuid().safeParse(c.req.param('person'));
  if (!parsed.success) throw notFound();
  return parsed.data;
}

export function filePath(personId: string, part = ''): string {
  return `/operatore/persone/${personId}${part}`;
}
