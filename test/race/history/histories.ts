import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { releaseLapsed } from '../../../src/booking/actions/release-lapsed.ts';
import { carryOnDisruptions } from '../../../src/disruption/actions/carry-on-disruptions.ts';
import { dayOf } from '../../../src/platform/clock.ts';
import { type Database, rows } from '../../../src/platform/database.ts';
import { connectPostgres } from '../../../src/platform/postgres.ts';
import { settleWaiting } from '../../../src/waitlist/actions/settle-waiting.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { faultsOf } from './check.ts';
import { realNow } from './client.ts';
import { conduct } from './conduct.ts';
import { freeTimeFaults, operatorDays } from './free-time.ts';
import { EPOCH, HOLIDAYS, idOf, simulatedNow, TICKERS } from './plan.ts';
import { readRecords } from './read-records.ts';
import { groupBy, type Operation, type Setting, VERBS } from './record.ts';
import { fillWorld, servicesAt } from './world.ts';

export interface Wish {
  readonly operations: number;
  readonly clients: number;
  readonly processes: number;
  readonly seed: number;
  readonly kills: number;
  readonly restarts: number;
  /** Real milliseconds after which nobody asks any more. */
  readonly longestMs: number;
}

export interface Report {
  readonly operations: number;
  /** How many of each kind were answered in which way. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Changes that the service made by itself or for others, by the audit trail. */
  readonly changes: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly restarts: number;
  readonly seconds: number;
  readonly violations: readonly string[];
}

/** A quarter of an hour of the clients' clock each real second: holds lapse, appointments begin and pass. */
const SPEED = 900;
const PEOPLE = 600;

/**
 * Lets many clients in several processes do at random what people and offices do, on a migrated
 * database of their own, and holds the end against what may be: see `check.ts`. `server` is needed to
 * restart the database.
 */
export async function runHistories(
  url: string,
  wish: Wish,
  server?: Pick<PostgresServer, 'crash'>,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-histories-'));
  const connection = connectPostgres(url, 2);
  try {
    const world = await fillWorld(connection.database);
    const began = Date.now();
    const clock = { epoch: EPOCH, began, speed: SPEED };
    const calm = wish.kills + wish.restarts === 0;
    const setting: Setting = {
      ...world.setting,
      ...clock,
      began: realNow(),
      givingBackMs: calm ? 5000 : 30_000,
    };
    const { operations, sent, troubles, kills, restarts } = await conduct({
      plan: {
        ...world.plan,
        databaseUrl: url,
        clients: wish.clients,
        until: began + wish.longestMs,
        seed: wish.seed,
        epoch: EPOCH,
        speed: SPEED,
        people: PEOPLE,
        logFolder: folder,
      },
      ...wish,
      began,
      server,
    });
    const seconds = (Date.now() - began) / 1000;
    const now = simulatedNow(clock);
    const ending = await settle(connection.database, now);
    const records = await readRecords(connection.database, now);
    const violations = [
      ...troubles,
      ...faultsOf([...operations, ...ending], records, setting, sent),
      ...freeTimeFaults(await operatorDays(connection.database, HOLIDAYS, dayOf(now))),
    ];
    const asked = operations.filter(({ verb }) => verb !== 'tick');
    return {
      operations: asked.length,
      answers: answersOf(asked),
      changes: countOf(records.audit.map(({ action }) => action)),
      kills,
      restarts,
      seconds,
      violations,
    };
  } finally {
    await connection.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the service's own tasks do once everybody has gone, at one instant: then nothing is left over. */
async function settle(database: Database, now: number): Promise<Operation[]> {
  const services = await servicesAt(database, () => now);
  const done: Operation[] = [];
  for (let round = 1; round <= 3 || (await anyRunning(database)); round++)
    for (const task of [releaseLapsed, settleWaiting, carryOnDisruptions]) {
      const operation = done.length + 1;
      const id = idOf(LAST, operation);
      let made = 0;
      await task({
        ...services,
        actor: { kind: 'system', task: 'history' },
        locale: 'it',
        correlationId: id,
        ids: () => idOf(LAST, operation, made++),
      });
      const ended = Number.MAX_SAFE_INTEGER;
      const answer = { kind: 'done' as const };
      done.push({
        id,
        verb: 'tick',
        subjectId: task.name,
        wanted: {},
        began: ended,
        ended,
        answer,
      });
    }
  return done;
}

/** Whether closures are left whose people were not all seen to: a run sees to some at most. */
async function anyRunning(database: Database): Promise<boolean> {
  const [found] = await rows<{ running: boolean }>(
    database,
    sql`select exists (select from disruption where state = 'running') as running`,
  );
  return found!.running;
}

/** Who does what is left, after all others. */
const LAST = TICKERS + 0xfff;

function answersOf(operations: readonly Operation[]): Report['answers'] {
  const byVerb = groupBy(operations, ({ verb }) => verb);
  return Object.fromEntries(
    VERBS.flatMap((verb) => {
      const list = byVerb.get(verb);
      return list ? [[verb, countOf(list.map(({ answer }) => nameOf(answer)))]] : [];
    }),
  );
}

function nameOf(answer: Operation['answer']): string {
  switch (answer.kind) {
    case 'done':
      return 'done';
    case 'refused':
      return answer.problem;
    case 'lost':
      return `unknown (${answer.why})`;
  }
}

function countOf(names: readonly string[]): Record<string, number> {
  const counted = [...groupBy(names, (name) => name)].map(([name, list]) => [name, list.length]);
  return Object.fromEntries(counted.sort());
}
