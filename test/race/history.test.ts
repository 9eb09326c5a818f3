import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';
import { runNode, temporaryFolder } from '../support/server.ts';
import { faultsOf } from './history/check.ts';
import { freeTimeFaults, operatorDays } from './history/free-time.ts';
import { EPOCH, HOLIDAYS, type Plan } from './history/plan.ts';
import { readRecords } from './history/read-records.ts';
import { groupBy, type Operation, type Setting } from './history/record.ts';

/** `HISTORY_OPERATIONS=200000` makes the long run; else a busy machine does as many as it can. */
const OPERATIONS = Number(process.env.HISTORY_OPERATIONS ?? 20_000);
const LONGEST_MS = process.env.HISTORY_OPERATIONS === undefined ? 40_000 : 3_600_000;
const CLIENTS = 32;
const PROCESSES = 4;
/** An hour of the simulated clock each real second: holds lapse, appointments begin and pass. */
const SPEED = 3600;

onPostgres('histories of many clients in several processes', () => {
  let url: string;
  let connection: Connection;
  let services: TestServices;
  let setting: Setting;
  let officeIds: string[];
  const folder = temporaryFolder();

  beforeAll(async () => {
    url = await freshDatabase();
    connection = connectPostgres(url, 2);
    services = await testServices({
      database: connection.database,
      now: new Date(EPOCH).toISOString(),
    });
    officeIds = [await anOffice(services), await anOffice(services)];
    const operators: Setting['operators'][number][] = [];
    for (const officeId of officeIds) {
      await weekdayMornings(services, officeId);
      for (const skills of [['accoglienza'], ['accoglienza', 'bilancio'], ['bilancio']])
        operators.push({
          id: await anOperator(services, officeId, { skills }),
          officeId,
          skills,
        });
    }
    const kept = [];
    for (const [skill, minutes, buffer] of [
      ['accoglienza', 30, 0],
      ['accoglienza', 45, 5],
      ['bilancio', 60, 0],
    ] as const) {
      const times = { durationMinutes: minutes, bufferMinutes: buffer, skill };
      kept.push({
        id: await aService(services, times),
        skill,
        before: 0,
        duration: minutes * MINUTE,
        after: buffer * MINUTE,
        releaseDelay: 0,
      });
    }
    setting = { services: kept, operators, epoch: EPOCH, began: 0, speed: SPEED };
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 40 });
  });
  afterAll(async () => {
    folder.remove();
    await connection.close();
  });

  test(
    'leave what each client was told, and nothing else',
    async () => {
      const began = Date.now();
      const processes = Array.from({ length: PROCESSES }, (_, n) => {
        const plan: Plan = {
          databaseUrl: url,
          clients: CLIENTS,
          mine: Array.from({ length: CLIENTS / PROCESSES }, (_, m) => m * PROCESSES + n),
          operations: Math.ceil(OPERATIONS / CLIENTS),
          seed: 20270325,
          longestMs: LONGEST_MS,
          epoch: EPOCH,
          began,
          speed: SPEED,
          officeIds,
          services: setting.services.map(({ id, duration, after }) => ({
            id,
            minutes: (duration + after) / MINUTE,
          })),
          people: 300,
          logFolder: folder.path,
        };
        return runNode(['test/race/history/run-clients.ts', JSON.stringify(plan)], {});
      });
      for (const process of processes) {
        expect(await process.ended, process.output()).toBe(0);
        expect(process.output()).toBe('');
      }
      const seconds = (Date.now() - began) / 1000;

      const operations = Array.from({ length: CLIENTS }, (_, n) => n).flatMap((n) =>
        readFileSync(join(folder.path, `client-${n}.jsonl`), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Operation),
      );
      expect(operations.length).toBeGreaterThan(CLIENTS);
      const answers = [...groupBy(operations, nameOf)].map(([name, list]) => [name, list.length]);
      console.log(`${operations.length} in ${seconds} s`, Object.fromEntries(answers.sort()));
      expect(operations.filter(({ answer }) => answer.kind === 'lost')).toEqual([]);

      const records = await readRecords(services.database);
      expect(faultsOf(operations, records, { ...setting, began }).slice(0, 20)).toEqual([]);
      expect(freeTimeFaults(await operatorDays(services.database, HOLIDAYS))).toEqual([]);
    },
    LONGEST_MS + 180_000,
  );
});

function nameOf({ verb, answer }: Operation): string {
  switch (answer.kind) {
    case 'done':
      return `${verb} done`;
    case 'refused':
      return `${verb} ${answer.problem}`;
    case 'lost':
      return `${verb} lost: ${answer.why}`;
  }
}
