import { z } from '@hono/zod-openapi';

/** One entity tag, or `*` for whatever version there is (RFC 9110). */
export const ifMatch = z.object({
  'if-match': z
    .string()
    .max(80)
    .regex(/^(\*|(W\/)?"[\x21\x23-\x7e]{0,76}")$/)
    .optional()
    .openapi({
      description: 'The ETag of the version that was read: changed only if still the same.',
      example: '"1"',
    }),
});

/** The version that `If-Match` asks for: any when undefined, and one that never was for a foreign tag. */
export function versionFrom(tag: string | undefined): number | undefined {
  if (tag === undefined || tag === '*') return undefined;
  return /^"\d{1,9}"$/.test(tag) ? Number(tag.slice(1, -1)) : -1;
}
