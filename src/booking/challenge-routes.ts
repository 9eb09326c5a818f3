import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { newChallenge } from '../platform/challenge.ts';
import { createApi } from '../platform/http.ts';
import { ANYBODY, ok, problems } from '../platform/openapi.ts';

const hex = (length: number) =>
  z
    .string()
    .length(length)
    .regex(/^[0-9a-f]+$/);

const challengeSchema = z
  .strictObject({
    algorithm: z.enum(['SHA-256']),
    challenge: hex(64).openapi({ description: 'SHA-256 of the salt followed by the number.' }),
    salt: z
      .string()
      .max(200)
      .regex(/^[0-9a-zA-Z?&=._-]+$/),
    signature: hex(64),
    maxnumber: z.int().min(1).max(10_000_000),
  })
  .openapi('Challenge');

/** The challenge against robots, for programs that keep starts without being signed in. */
export const challengeRoutes = createApi();

challengeRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/challenges',
    tags: ['booking'],
    operationId: 'make_challenge',
    summary: 'A challenge to be solved before a start is kept',
    description:
      'Where the installation asks for it (`challenge-unsolved`): find the number between 0 and `maxnumber` whose digits after `salt` have the SHA-256 `challenge`; send base64 of this object as JSON, with `number`, in the header `Challenge-Solution`. It counts once, for ten minutes.',
    security: ANYBODY,
    responses: { 200: ok('The challenge.', challengeSchema), ...problems() },
  }),
  async (c) => c.json(challengeSchema.parse(await newChallenge(callOf(c))), 200),
);
