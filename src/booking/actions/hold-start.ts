import { authorise } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { spendSolution } from '../../platform/challenge.ts';
import { type Instant, MINUTE } from '../../platform/clock.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { notFound } from '../../platform/problem.ts';
import { fromBase64 } from '../../platform/secrets.ts';
import { slotNotOffered, slotTaken, tooManyHeld } from '../problems.ts';
import { bookingCode } from '../rules/code.ts';
import { isOfferable } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { claimHold, type HoldClaim, releaseTime } from '../store/claims.ts';
import {
  expireHold,
  type Hold,
  heldFromNetwork,
  holdOf,
  lockHold,
  lockNetwork,
} from '../store/holds.ts';
import { lockDaysOfMove } from '../store/seats.ts';
import { serviceById, wasteOfServices } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { claimInRounds } from './claim-in-rounds.ts';
import { rebuildDays } from './give-time-back.ts';
import { checkBookable, noticeFor, ownOperatorOfCaller, publicAt } from './who-comes.ts';

/** A start kept for whoever has the token. */
export interface KeptStart {
  readonly id: string;
  /** Secret of the holder; known to nobody else. */
  readonly token: string;
  readonly service: Service;
  readonly officeId: string;
  readonly start: Instant;
  readonly expiresAt: Instant;
}

export interface StartToHold extends ServiceWish {
  readonly serviceId: string;
  readonly officeId: string;
  readonly start: Instant;
  readonly language?: string;
  /** Of a challenge, where the installation asks for one; see `platform/challenge.ts`. */
  readonly solution?: string | undefined;
  /** The caller's network address, when it is known; kept as a digest while the hold stands. */
  readonly network?: string | undefined;
  /** Of an earlier hold: the new start replaces it. A new one is made when absent. */
  readonly token?: string;
}

/**
 * Keeps a start while the form is filled in. One holder keeps one start of a service: another start
 * takes the place of the first once it is won, and the same again gives the first.
 * @throws {Problem} 404 unknown service or office; 403 not for people to book, or a challenge is not
 *   solved; 409 taken; 422 not offered; 429 too many are kept from the same network
 */
export async function holdStart(call: Call, wanted: StartToHold): Promise<KeptStart> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const now = call.clock.now();
  const [asked, office, waste] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    wasteOfServices(call.database, now),
  ]);
  if (!asked || !office)
    throw unknownAmong(call.locale, { '/service_id': asked, '/office_id': office });
  checkBookable(call, asked);
  const service = asWished(asked, wanted);
  const operatorId = await ownOperatorOfCaller(call, service);
  const { start } = wanted;
  if (!isOfferable(noticeFor(call, service), start, now)) throw slotNotOffered();

  const token = wanted.token ?? (await tokenFor(call, service.id));
  const holder = await holderOf(call, token);
  const kept = (hold: { readonly id: string; readonly expiresAt: Instant }): KeptStart => ({
    id: hold.id,
    token,
    service,
    officeId: office.id,
    start,
    expiresAt: hold.expiresAt,
  });
  const earlier = await holdOf(call.database, holder, service.id);
  const same = earlier && isSame(earlier, wanted, service, operatorId);
  if (earlier && same && earlier.expiresAt! > now)
    return kept({ id: earlier.id, expiresAt: earlier.expiresAt! });

  const heldFrom = await digestOf(call, wanted.network);
  await refuseRobots(call, heldFrom, wanted.solution);
  const { maxHeldPerAddress: most } = call.config;
  const limited = most > 0 ? heldFrom : undefined;
  if (limited && !earlier) await refuseHoarding(call.database, limited, now, most - 1);

  const id = call.ids();
  const expiresAt = now + service.holdMinutes * MINUTE;
  const prepared = {
    id,
    code: bookingCode(crypto.getRandomValues(new Uint8Array(10))),
    service,
    officeId: office.id,
    start,
    operatorId,
    language: wanted.language,
    publicAt: publicAt(call),
    waste,
    holder,
    heldFrom,
    expiresAt,
    releasesAt: expiresAt,
    now,
    locale: call.locale,
    origin: 'web',
  };
  const take = (database: Database, wait: boolean) =>
    earlier ? replace(database, earlier.id, prepared) : claimHold(database, prepared, wait);
  try {
    const won = await claimInRounds(call, prepared, (database, wait) =>
      limited
        ? takeWithin(database, limited, now, most, (t) => take(t, wait))
        : take(database, wait),
    );
    if (won === undefined) throw slotTaken();
    return kept({ id, expiresAt });
  } catch (error) {
    if (postgresFault(error)?.constraint !== 'appointment_holder_unique') throw error;
    // The same holder asked twice at once: what was kept by the other request stands.
    const other = await holdOf(call.database, holder, service.id);
    if (!other || !isSame(other, wanted, service, operatorId)) throw slotTaken();
    return kept({ id: other.id, expiresAt: other.expiresAt! });
  }
}

/** The staff are known, and keep as many as they need. */
async function digestOf(call: Call, network: string | undefined): Promise<string | undefined> {
  if (network === undefined || publicAt(call) === undefined) return undefined;
  return call.secrets.index(`held from ${network}`);
}

/** Starts that one network keeps before it is `crowded`. Ours. */
const CROWDED = 5;

/** @throws {Problem} 403 where a challenge is asked for and was not solved */
async function refuseRobots(
  call: Call,
  heldFrom: string | undefined,
  solution: string | undefined,
): Promise<void> {
  const { challenge } = call.config;
  if (challenge === 'off' || call.actor.kind !== 'anonymous') return;
  if (challenge === 'crowded') {
    if (heldFrom === undefined) return;
    const { count } = await heldFromNetwork(call.database, heldFrom, call.clock.now());
    if (count < CROWDED) return;
  }
  await spendSolution(call, solution);
}

/** @throws {Problem} 429 when a network keeps more than `allowed` */
async function refuseHoarding(
  database: Database,
  heldFrom: string,
  now: Instant,
  allowed: number,
): Promise<void> {
  const { count, firstEnds } = await heldFromNetwork(database, heldFrom, now);
  if (count <= allowed) return;
  const wait = firstEnds === undefined ? 60 : Math.ceil((firstEnds - now) / 1000);
  throw tooManyHeld({ retryAfter: Math.min(3600, Math.max(1, wait)) });
}

/**
 * Takes a start and counts what its network then keeps, both or neither. Those of one network count
 * one after another, and that lock is the last they wait for: many at one moment cannot pass together.
 */
function takeWithin(
  database: Database,
  heldFrom: string,
  now: Instant,
  most: number,
  take: (transaction: Database) => Promise<string | undefined>,
): Promise<string | undefined> {
  return database.transaction(async (opened) => {
    const transaction = opened as Database;
    const won = await take(transaction);
    if (won === undefined) return undefined;
    await lockNetwork(transaction, heldFrom);
    await refuseHoarding(transaction, heldFrom, now, most);
    return won;
  });
}

/**
 * Gives the earlier start back and keeps the new one, both or neither: whoever asks for a start that
 * is gone still has the one they had. @returns the operator, or undefined when nobody is free
 */
async function replace(
  database: Database,
  earlierId: string,
  wanted: HoldClaim,
): Promise<string | undefined> {
  try {
    return await database.transaction(async (opened) => {
      const transaction = opened as Database;
      const earlier = await lockHold(transaction, earlierId);
      if (earlier?.state === 'held') {
        await lockDaysOfMove(transaction, {
          operatorId: earlier.operatorId,
          from: earlier.startsAt,
          officeId: wanted.officeId,
          to: wanted.start,
        });
        await expireHold(transaction, earlierId, wanted.now);
        await rebuildDays(transaction, await releaseTime(transaction, earlierId));
      }
      const operatorId = await claimHold(transaction, wanted, true);
      if (operatorId === undefined) throw new Gone();
      return operatorId;
    });
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}

class Gone extends Error {}

/** What names the holder in the database: the token cannot be had back from it. */
export function holderOf(call: Call, token: string): Promise<string> {
  return call.secrets.index(`hold:${token}`);
}

/**
 * Gives a kept start back before its time. Doing it again changes nothing.
 * @throws {Problem} 404 for an unknown hold or a wrong token
 */
export async function releaseHold(
  call: Call,
  wanted: { readonly id: string; readonly token: string },
): Promise<void> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  await endHold(call, wanted.id, await holderOf(call, wanted.token));
}

async function endHold(call: Call, id: string, holder: string): Promise<void> {
  await transactionWithRetry(call.database, async (transaction) => {
    const hold = await lockHold(transaction, id);
    if (hold?.holder !== holder) throw notFound();
    if (hold.state !== 'held') return;
    await expireHold(transaction, id, call.clock.now());
    await rebuildDays(transaction, await releaseTime(transaction, id));
  });
}

function isSame(
  hold: Hold,
  wanted: StartToHold,
  service: Service,
  operatorId: string | undefined,
): boolean {
  return (
    (operatorId === undefined || hold.operatorId === operatorId) &&
    hold.language === (wanted.language ?? null) &&
    hold.officeId === wanted.officeId &&
    hold.startsAt === wanted.start &&
    hold.endsAt - hold.startsAt === service.durationMinutes * MINUTE
  );
}

/** The same for each click of a signed-in jobseeker on a service: they keep one start of it. */
async function tokenFor({ actor, secrets }: Call, serviceId: string): Promise<string> {
  if (actor.kind !== 'jobseeker') return newHoldToken();
  return inHex(
    fromBase64(await secrets.index(`hold:${actor.personId}:${serviceId}`)).subarray(0, 16),
  );
}

/** 128 random bits, in the alphabet of addresses and headers. */
export function newHoldToken(): string {
  return inHex(crypto.getRandomValues(new Uint8Array(16)));
}

const inHex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
