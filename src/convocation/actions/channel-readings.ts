import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import { readingSettled } from '../problems.ts';
import { type ChannelReading, readingOf } from '../rules/channels.ts';
import { CHANNELS } from '../rules/kinds.ts';
import {
  insertReading,
  lockReading,
  type OwnReading,
  readingHistory,
  readingsOf,
  regionsWithOffices,
  setReading,
} from '../store/readings.ts';

/** How each channel is read in a region on a day, today when none is given. @throws {Problem} 401, 403 */
export async function listReadings(
  call: Call,
  region: string,
  day: IsoDate = dayOf(call.clock.now()),
): Promise<(ChannelReading | OwnReading)[]> {
  authorise(call.actor, 'operator', 'administrator');
  const own = await readingsOf(call.database, region);
  return CHANNELS.map((channel) => readingOf(channel, own, day));
}

/** Everything a region ever wrote, by channel, the latest first. @throws {Problem} 401, 403 */
export async function listReadingHistory(call: Call, region: string): Promise<OwnReading[]> {
  authorise(call.actor, 'operator', 'administrator');
  return readingHistory(call.database, region);
}

/** The regions that readings can be written for: those with offices. */
export async function readingRegions(call: Call): Promise<readonly string[]> {
  authorise(call.actor, 'operator', 'administrator');
  return regionsWithOffices(call.database);
}

export type NewReading = Omit<ChannelReading, 'verified'> & { readonly validFrom: IsoDate };

/**
 * Writes down how a region reads the law on a channel from a day on, with its source; unverified
 * until somebody confirms it. The readings before it stay in the history and, for convocations sent
 * on days that it does not name, in force.
 * @throws {Problem} 401, 403; 422 the days are in the wrong order, or a date lies in the future
 */
export async function writeReading(
  call: Call,
  region: string,
  reading: NewReading,
): Promise<string> {
  authorise(call.actor, 'administrator');
  checkDays(call, reading);
  const id = call.ids();
  const { channel, formal, needsProof, source, sourceDate, validFrom, validUntil } = reading;
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await insertReading(transaction, {
      id,
      region,
      channel,
      formal,
      needsProof: formal && needsProof,
      source,
      sourceDate,
      validFrom,
      validUntil: validUntil ?? null,
      writtenBy: actorId(call.actor) ?? call.actor.kind,
      writtenAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'write-channel-reading',
      subjectKind: 'channel-reading',
      subjectId: id,
      detail: { region, channel, formal, needs_proof: needsProof, source, valid_from: validFrom },
    });
  });
  return id;
}

function checkDays(call: Call, { validFrom, validUntil, sourceDate }: NewReading): void {
  const italian = call.locale === 'it';
  if (validUntil !== undefined && validUntil < validFrom) {
    const detail = italian ? 'Viene prima dell’inizio.' : 'It comes before the beginning.';
    throw invalid({ errors: [{ pointer: '/valid_until', detail }] });
  }
  if (sourceDate > dayOf(call.clock.now())) {
    const detail = italian ? 'È nel futuro.' : 'It lies in the future.';
    throw invalid({ errors: [{ pointer: '/source_date', detail }] });
  }
}

/**
 * Confirms a reading for the administration: from now on it is shown as verified, with who confirmed
 * it and on what ground. @throws {Problem} 401, 403; 404; 409 confirmed or taken back already
 */
export async function confirmReading(call: Call, id: string, ground: string): Promise<void> {
  const by = administratorOf(call);
  await settle(call, id, 'confirm-channel-reading', {
    confirmedBy: by,
    confirmedAt: call.clock.now(),
    confirmation: ground,
  });
}

/** Takes back what was written by mistake. @throws {Problem} 401, 403; 404; 409 taken back already */
export async function withdrawReading(call: Call, id: string): Promise<void> {
  const by = administratorOf(call);
  await settle(call, id, 'withdraw-channel-reading', {
    withdrawnBy: by,
    withdrawnAt: call.clock.now(),
  });
}

function administratorOf(call: Call): string {
  authorise(call.actor, 'administrator');
  return actorId(call.actor) ?? call.actor.kind;
}

async function settle(
  call: Call,
  id: string,
  action: 'confirm-channel-reading' | 'withdraw-channel-reading',
  change: Parameters<typeof setReading>[2],
): Promise<void> {
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const found = await lockReading(transaction, id);
    if (!found) throw notFound();
    const settled = action === 'confirm-channel-reading' && found.verified;
    if (settled || found.withdrawnAt !== undefined) throw readingSettled();
    await setReading(transaction, id, change);
    await audit(transaction, call, {
      action,
      subjectKind: 'channel-reading',
      subjectId: id,
      detail: { region: found.region, channel: found.channel },
    });
  });
}
