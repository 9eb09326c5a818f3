import { authorise } from '../../identity/authorise.ts';
import { type Trouble, troubleOf } from '../../notices/rules/trouble.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { codeNotRecognised } from '../problems.ts';
import { type ChannelReading, type Evidence, evidenceOf, readingOf } from '../rules/channels.ts';
import { codeDigest } from '../rules/code.ts';
import { judgePostponement, type PostponementVerdict } from '../rules/terms.ts';
import {
  type Convocation,
  convocationByDigest,
  convocationById,
  convocationsOf,
} from '../store/convocations.ts';
import { readingsOf } from '../store/readings.ts';
import { officesInReach } from './reach.ts';

/** A convocation with what follows from it. */
export interface JudgedConvocation extends Convocation {
  readonly reading: ChannelReading;
  /** Whether it could sustain a measure; undefined until it has a date. */
  readonly evidence: Evidence | undefined;
  /** Why its message did not arrive, or is late; undefined while nothing is wrong. */
  readonly trouble: Trouble | undefined;
  /** Whether the person may ask for another date now. */
  readonly postponable: PostponementVerdict;
}

/**
 * A convocation of the caller's offices, or of the jobseeker who asks.
 * @throws {Problem} 401; 404 unknown or of others
 */
export async function readConvocation(call: Call, id: string): Promise<JudgedConvocation> {
  authorise(call.actor, 'jobseeker', 'operator', 'administrator', 'system');
  const found = await convocationById(call.database, id);
  if (!found || !mayRead(call, found)) throw notFound();
  return judged(call, found);
}

function mayRead({ actor }: Call, found: Convocation): boolean {
  if (actor.kind === 'jobseeker') return found.personId === actor.personId;
  if (actor.kind === 'operator') return actor.officeIds.includes(found.officeId);
  return actor.kind === 'administrator' || actor.kind === 'system';
}

/** The convocation that the code on it opens. @throws {Problem} 404 */
export async function openConvocationByCode(call: Call, code: string): Promise<JudgedConvocation> {
  const digest = await codeDigest(call.secrets, code);
  const found = await convocationByDigest(call.database, digest);
  if (!found) throw codeNotRecognised();
  return judged(call, found);
}

/** Convocations that a list shows at most. */
const LISTED = 200;

/** The convocations of the caller's offices, open ones first. @throws {Problem} 401, 403 */
export async function listConvocations(call: Call): Promise<JudgedConvocation[]> {
  const officeIds = officesInReach(call);
  return judgedAll(call, await convocationsOf(call.database, { officeIds }, LISTED));
}

/** The signed-in jobseeker's own. @throws {Problem} 401, 403 */
export async function listOwnConvocations(call: Call): Promise<JudgedConvocation[]> {
  authorise(call.actor, 'jobseeker');
  const { personId } = call.actor;
  return judgedAll(call, await convocationsOf(call.database, { personId }, LISTED));
}

async function judgedAll(call: Call, list: readonly Convocation[]): Promise<JudgedConvocation[]> {
  const all: JudgedConvocation[] = [];
  const readings = new Map<string, ChannelReading[]>();
  for (const one of list) {
    const own = readings.get(one.region) ?? (await readingsOf(call.database, one.region));
    readings.set(one.region, own);
    all.push(withReadings(call, one, own));
  }
  return all;
}

async function judged(call: Call, found: Convocation): Promise<JudgedConvocation> {
  return withReadings(call, found, await readingsOf(call.database, found.region));
}

function withReadings(
  call: Call,
  found: Convocation,
  own: readonly ChannelReading[],
): JudgedConvocation {
  const reading = readingOf(found.channel, own, dayOf(found.sentAt ?? found.createdAt));
  const { startsAt, postponements } = found;
  return {
    ...found,
    reading,
    trouble: found.message ? troubleOf(found.message, found.message.told) : undefined,
    evidence: startsAt === null ? undefined : evidenceOf(reading, found.proofs, startsAt),
    postponable: judgePostponement(
      {
        open: found.state === 'open',
        startsAt: startsAt ?? undefined,
        asked: postponements.some(({ state }) => state === 'asked'),
        approved: postponements.filter(({ state }) => state === 'approved').length,
      },
      call.clock.now(),
    ),
  };
}
