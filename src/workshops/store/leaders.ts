import { eq, inArray, sql } from 'drizzle-orm';
import { closure } from '../../network/table.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { sessionLeader } from '../table.ts';

interface Times {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

const range = ({ startsAt, endsAt }: Times) =>
  sql`tstzrange(to_timestamp(${startsAt / 1000}::float8), to_timestamp(${endsAt / 1000}::float8))`;

/** Makes whoever books the operator's day wait until the transaction ends. */
export async function lockDay(
  transaction: Database,
  operatorId: string,
  day: IsoDate,
): Promise<void> {
  await rows(
    transaction,
    sql`select 1 from free_time where operator_id = ${operatorId}::uuid and day = ${day}::date
      for update`,
  );
}

/** Whether nothing takes the operator's time then. */
export async function agendaIsFree(
  transaction: Database,
  operatorId: string,
  times: Times,
): Promise<boolean> {
  const taken = await rows(
    transaction,
    sql`select 1 from occupied where resource_id = ${operatorId}::uuid and active
      and during && ${range(times)} limit 1`,
  );
  return taken.length === 0;
}

/**
 * Writes who leads and shuts their agenda meanwhile.
 * @throws SQLSTATE 23P01 `session_leader_no_overlap`
 */
export async function shutAgenda(
  transaction: Database,
  led: Times & {
    readonly id: string;
    readonly closureId: string;
    readonly officeId: string;
    readonly operatorId: string;
    readonly title: string;
  },
): Promise<void> {
  const { operatorId, officeId, closureId } = led;
  await transaction
    .insert(closure)
    .values({ id: closureId, officeId, operatorId, during: range(led), reason: led.title });
  await transaction
    .insert(sessionLeader)
    .values({ sessionId: led.id, operatorId, during: range(led), closureId });
}

/** Nobody leads the session any more, and the agendas shut for it are open. */
export async function forgetLeaders(transaction: Database, sessionId: string): Promise<void> {
  const gone = await transaction
    .delete(sessionLeader)
    .where(eq(sessionLeader.sessionId, sessionId))
    .returning({ closureId: sessionLeader.closureId });
  const closures = gone.flatMap(({ closureId }) => closureId ?? []);
  if (closures.length > 0) await transaction.delete(closure).where(inArray(closure.id, closures));
}
