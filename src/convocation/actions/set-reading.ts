import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { type ChannelReading, readingOf } from '../rules/channels.ts';
import { CHANNELS } from '../rules/kinds.ts';
import { readingsOf, saveReading } from '../store/convocations.ts';

/** How each channel is read in a region. @throws {Problem} 401, 403 */
export async function listReadings(call: Call, region: string): Promise<ChannelReading[]> {
  authorise(call.actor, 'operator', 'administrator');
  const own = await readingsOf(call.database, region);
  return CHANNELS.map((channel) => readingOf(channel, own));
}

/** Writes down how a region reads the law on a channel, with its source. @throws {Problem} 401, 403 */
export async function setReading(
  call: Call,
  region: string,
  reading: ChannelReading,
): Promise<ChannelReading[]> {
  authorise(call.actor, 'administrator');
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await saveReading(transaction, {
      ...reading,
      region,
      updatedBy: actorId(call.actor) ?? call.actor.kind,
      updatedAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'set-channel-reading',
      subjectKind: 'channel-rule',
      subjectId: `${region}/${reading.channel}`,
      detail: { formal: reading.formal, needs_proof: reading.needsProof, source: reading.source },
    });
  });
  return listReadings(call, region);
}
