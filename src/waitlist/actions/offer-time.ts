import { rebuildDays } from '../../booking/actions/give-time-back.ts';
import { bookingCode } from '../../booking/rules/code.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import { claimHold, releaseTime } from '../../booking/store/claims.ts';
import { keepClosedUntil } from '../../booking/store/freed-time.ts';
import { expireHold, lockHold } from '../../booking/store/holds.ts';
import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { WaitingEntry } from '../entry.ts';
import { offerNotices } from '../notices.ts';
import { suits } from '../rules/fit.ts';
import { offerExpiry } from '../rules/offer-clock.ts';
import { inOrder } from '../rules/order.ts';
import { entryById, lockWaiting, waitingFor } from '../store/entries.ts';
import {
  askedAbout,
  type FreedTime,
  hasOpenOffer,
  isOnOffer,
  keepFreed,
  lockFreed,
  offerById,
  settleFreed,
  writeOffer,
} from '../store/offers.ts';

/** How long an offer stands at most. Ours. */
const OFFER_MINUTES = 120;
/** How much longer the time stays kept, so that no public gets in before the next is asked. Ours. */
const GRACE_MINUTES = 10;

/** Until when an offer of time beginning at `startsAt` made now would stand, if it makes sense. */
export function standsUntil(
  service: Pick<Service, 'minNoticeMinutes'>,
  startsAt: Instant,
  now: Instant,
): Instant | undefined {
  // The person must still be able to come: an hour at least, or the service's own notice if shorter.
  const notice = Math.min(service.minNoticeMinutes, 60) * MINUTE;
  return offerExpiry(now, startsAt - notice, OFFER_MINUTES * MINUTE);
}

/**
 * Keeps freed time for the next who waits and whom it suits, inside the caller's transaction; when
 * nobody is left it is everybody's again. Does nothing when it is settled, or when another process
 * is at it and `skip` says to leave it to them.
 */
export async function offerFreedTime(
  transaction: Database,
  call: Call,
  freedId: string,
  skip: boolean,
): Promise<void> {
  const freed = await lockFreed(transaction, freedId, skip);
  // Between being listed and locked it may have been offered: that offer keeps its time.
  if (!freed || (await isOnOffer(transaction, freedId))) return;
  const service = await serviceById(transaction, freed.serviceId);
  const next = service && (await nextFor(transaction, call, freed, service));
  // Whoever comes next is being changed at this moment: asked again in half a minute.
  if (next === 'busy') return;
  if (!service || !next) return giveToAll(transaction, call, freed, service);

  const { now } = next;
  // Its days are locked from here on: nobody gets in between letting go and holding again.
  if (freed.withheldBy !== undefined) await letGo(transaction, freed.withheldBy, now);
  const made = await makeOffer(transaction, call, {
    ...next,
    service: { ...service, durationMinutes: (freed.endsAt - freed.startsAt) / MINUTE },
    officeId: freed.officeId,
    operatorId: freed.operatorId,
    startsAt: freed.startsAt,
    freedTimeId: freed.id,
  });
  // Somebody took it while it was not kept closed.
  if (made === undefined) await settleFreed(transaction, freed.id, now);
  else await keepFreed(transaction, freed.id, made);
}

/** The first in order whom the time suits, who was not asked about it and considers nothing else. */
async function nextFor(
  transaction: Database,
  call: Call,
  freed: FreedTime,
  service: Service,
): Promise<{ entry: WaitingEntry; now: Instant; expiresAt: Instant } | 'busy' | undefined> {
  const now = call.clock.now();
  const expiresAt = standsUntil(service, freed.startsAt, now);
  if (expiresAt === undefined || freed.startsAt >= bookableWindow(service, now).end)
    return undefined;
  const asked = await askedAbout(transaction, freed.id);
  const waiting = await waitingFor(transaction, service.id, [freed.officeId]);
  const fitting = waiting.filter((entry) => !asked.has(entry.id) && suits(entry, freed));
  let busy = false;
  for (const entry of inOrder(fitting, now)) {
    if (await hasOpenOffer(transaction, entry.id)) continue;
    if (await lockWaiting(transaction, entry.id, true)) {
      // What they wish now, and what another process offered them a moment ago, is seen only now.
      const current = await entryById(transaction, entry.id);
      if (current && suits(current, freed) && !(await hasOpenOffer(transaction, entry.id)))
        return { entry: current, now, expiresAt };
    } else busy = true;
  }
  return busy ? 'busy' : undefined;
}

/** Time that nobody who waits wants is the public's, once its release delay has passed too. */
async function giveToAll(
  transaction: Database,
  call: Call,
  freed: FreedTime,
  service: Service | undefined,
): Promise<void> {
  const now = call.clock.now();
  await settleFreed(transaction, freed.id, now);
  if (freed.withheldBy === undefined) return;
  const opens = freed.freedAt + (service?.releaseDelayMinutes ?? 0) * MINUTE;
  if (opens > now) await keepClosedUntil(transaction, freed.withheldBy, opens);
  else await letGo(transaction, freed.withheldBy, now);
}

/**
 * Lets go of the time an appointment keeps; a hold ends with it. The appointment comes before the
 * days: nobody waits for an appointment while holding free time.
 */
export async function letGo(transaction: Database, id: string, now: Instant): Promise<void> {
  await lockHold(transaction, id);
  await expireHold(transaction, id, now);
  await rebuildDays(transaction, await releaseTime(transaction, id));
}

interface TimeToOffer {
  /** The moment for which `expiresAt` was reckoned. */
  readonly now: Instant;
  readonly entry: WaitingEntry;
  readonly service: Service;
  readonly officeId: string;
  readonly operatorId?: string;
  readonly startsAt: Instant;
  readonly expiresAt: Instant;
  readonly freedTimeId?: string;
}

/** Holds time for one who waits and tells them. @returns the hold; undefined when it is not free */
export async function makeOffer(
  transaction: Database,
  call: Call,
  time: TimeToOffer,
): Promise<string | undefined> {
  const { entry, service, startsAt, now, expiresAt } = time;
  const heldBy = call.ids();
  const won = await claimHold(
    transaction,
    {
      id: heldBy,
      code: bookingCode(crypto.getRandomValues(new Uint8Array(10))),
      service,
      officeId: time.officeId,
      start: startsAt,
      preferredId: time.operatorId,
      // They choose by themselves, as the public does.
      publicAt: now,
      holder: await call.secrets.index(`waiting:${heldBy}`),
      expiresAt,
      releasesAt: expiresAt + GRACE_MINUTES * MINUTE,
      now,
      locale: entry.locale,
      origin: 'waiting-list',
    },
    true,
  );
  if (won === undefined) return undefined;
  const id = call.ids();
  await writeOffer(transaction, {
    id,
    entryId: entry.id,
    freedTimeId: time.freedTimeId ?? null,
    heldBy,
    officeId: time.officeId,
    startsAt,
    endsAt: startsAt + service.durationMinutes * MINUTE,
    madeAt: now,
    expiresAt,
    state: 'open',
  });
  const offer = (await offerById(transaction, id))!;
  const told = (await entryById(transaction, entry.id))!;
  await enqueue(transaction, call, ...offerNotices(told, offer));
  await audit(transaction, call, {
    action: 'offer-time',
    subjectKind: 'waiting-entry',
    subjectId: entry.id,
    detail: { offer: id, starts_at: toRfc3339(startsAt), expires_at: toRfc3339(expiresAt) },
  });
  return heldBy;
}
