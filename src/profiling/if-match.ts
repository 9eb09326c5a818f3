import { z } from '@hono/zod-openapi';
import { defineProblem } from '../platform/problem.ts';

const versionRequired = defineProblem({
  slug: 'if-match-required',
  status: 428,
  title: { it: 'Manca la versione letta', en: 'The version that was read is missing' },
  explanation: {
    it: 'Su questi dati possono lavorare in più persone: ripeti la richiesta con «If-Match» e l’ETag che hai letto.',
    en: 'Several people may work on these data: repeat the request with If-Match and the ETag that you read.',
  },
});

/** The header by which a change says what it was made from. */
export const ifMatch = z.object({
  'if-match': z
    .string()
    .max(80)
    .regex(/^"[0-9]{1,9}"$/)
    .optional()
    .openapi({ description: 'The ETag that was read: what is newer is not overwritten.' }),
});

/** The version in it. @throws {Problem} 428 when it is missing */
export function readVersion(header: string | undefined): number {
  if (header === undefined) throw versionRequired();
  return Number(header.slice(1, -1));
}
