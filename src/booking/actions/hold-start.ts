import { authorise } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, MINUTE } from '../../platform/clock.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { slotNotOffered, slotTaken } from '../problems.ts';
import { bookingCode } from '../rules/code.ts';
import { isOfferable } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { claimHold, releaseTime } from '../store/claims.ts';
import { expireHold, type Hold, holdOf, lockHold } from '../store/holds.ts';
import { serviceById, wasteOfServices } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { claimInRounds } from './claim-in-rounds.ts';
import { rebuildDays } from './give-time-back.ts';
import { checkBookable, ownOperatorOfCaller } from './who-comes.ts';

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
  /** Of an earlier hold: the new start replaces it. A new one is made when absent. */
  readonly token?: string;
}

/**
 * Keeps a start while the form is filled in. One holder keeps one start of a service: another start
 * takes the place of the first, and the same again gives the first.
 * @throws {Problem} 404 unknown service or office; 403 not for people to book; 409 taken; 422 not
 *   offered
 */
export async function holdStart(call: Call, wanted: StartToHold): Promise<KeptStart> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const now = call.clock.now();
  const [asked, office, waste] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    wasteOfServices(call.database, now),
  ]);
  if (!asked || !office) throw notFound();
  checkBookable(call, asked);
  const service = asWished(asked, wanted);
  const operatorId = await ownOperatorOfCaller(call, service);
  const { start } = wanted;
  if (!isOfferable(service, start, now)) throw slotNotOffered();

  const token = wanted.token ?? newToken();
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
  if (earlier) await endHold(call, earlier.id, holder);

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
    waste,
    holder,
    expiresAt,
    releasesAt: expiresAt,
    now,
    locale: call.locale,
    origin: 'web',
  };
  try {
    const won = await claimInRounds(call, prepared, (database, wait) =>
      claimHold(database, prepared, wait),
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

/** 128 random bits, in the alphabet of addresses and headers. */
function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
