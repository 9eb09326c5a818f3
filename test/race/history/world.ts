import { rebuildFreeTime } from '../../../src/booking/actions/rebuild-free-time.ts';
import { systemCall } from '../../../src/platform/call.ts';
import { MINUTE } from '../../../src/platform/clock.ts';
import { parseConfig } from '../../../src/platform/config.ts';
import type { Database } from '../../../src/platform/database.ts';
import type { Services } from '../../../src/platform/http.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createSecrets } from '../../../src/platform/secrets.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../../support/fixtures.ts';
import { DAYS_KEPT, EPOCH, type Plan } from './plan.ts';
import type { Setting } from './record.ts';

/** The services as the clients' processes have them, at a clock of the caller's. */
export async function servicesAt(
  database: Database,
  now: () => number,
  onError: (line: string) => void = () => {},
): Promise<Services> {
  return {
    config: parseConfig({ NODE_ENV: 'test', PUBLIC_URL: 'http://localhost:3000' }),
    database,
    clock: { now },
    ids: newId,
    secrets: await createSecrets('s'.repeat(43), 'd'.repeat(43)),
    log: createLog('error', (record) => onError(JSON.stringify(record))),
  };
}

/** Who can do what, at each office: none of them everything, so that one has to make room for another. */
const BENCHES = [
  ['accoglienza'],
  ['accoglienza', 'bilancio'],
  ['bilancio', 'orientamento'],
  ['accoglienza', 'bilancio', 'orientamento'],
];
const OFFICES = 6;

/** Minutes; `delay`: for which cancelled time stays closed, as somebody who waits may be asked first. */
const OFFERED = [
  { skill: 'accoglienza', minutes: 30, buffer: 0, delay: 0, waitingList: false, operators: 1 },
  { skill: 'accoglienza', minutes: 45, buffer: 5, delay: 15, waitingList: true, operators: 1 },
  { skill: 'bilancio', minutes: 60, buffer: 0, delay: 0, waitingList: true, operators: 1 },
  { skill: 'orientamento', minutes: 30, buffer: 0, delay: 0, waitingList: true, operators: 1 },
  { skill: 'bilancio', minutes: 30, buffer: 0, delay: 0, waitingList: false, operators: 2 },
];
/** How long time is kept closed while those who wait are looked at; the source says five minutes. */
const LOOK_MINUTES = 5;

export interface HistoryWorld {
  readonly setting: Omit<Setting, 'speed' | 'givingBackMs' | 'epoch' | 'began'>;
  readonly plan: Pick<Plan, 'offices' | 'services'>;
}

/** Fills a migrated database: offices, operators and services of several lengths and skills. */
export async function fillWorld(database: Database): Promise<HistoryWorld> {
  const services = await servicesAt(database, () => EPOCH);
  const operators: Setting['operators'][number][] = [];
  const offices = [];
  for (let n = 0; n < OFFICES; n++) {
    const officeId = await anOffice(services);
    await weekdayMornings(services, officeId);
    const operatorIds = [];
    for (const skills of BENCHES) {
      const id = await anOperator(services, officeId, { skills });
      operators.push({ id, officeId, skills });
      operatorIds.push(id);
    }
    offices.push({ id: officeId, operatorIds });
  }
  const kept = [];
  const planned = [];
  for (const { skill, minutes, buffer, delay, waitingList, operators } of OFFERED) {
    const id = await aService(services, {
      durationMinutes: minutes,
      bufferMinutes: buffer,
      releaseDelayMinutes: delay,
      skill,
      waitingList,
      operators,
    });
    const releaseDelay = Math.max(delay, waitingList ? LOOK_MINUTES : 0) * MINUTE;
    const duration = minutes * MINUTE;
    kept.push({ id, skill, before: 0, duration, after: buffer * MINUTE, releaseDelay, operators });
    planned.push({ id, minutes: minutes + buffer, waitingList });
  }
  await rebuildFreeTime(systemCall(services, 'history'), { days: DAYS_KEPT });
  return { setting: { services: kept, operators }, plan: { offices, services: planned } };
}
