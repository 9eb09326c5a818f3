import { and, desc, eq, sql } from 'drizzle-orm';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { TicketAction } from '../rules/lifecycle.ts';
import { deskDuty, ticket, ticketStep } from '../table.ts';
import type { TicketChange } from './tickets.ts';

export interface Step {
  readonly id: string;
  readonly ticketId: string;
  readonly action: TicketAction;
  /** The ticket as it was. */
  readonly before: TicketChange;
  readonly version: number;
}

/** Notes what an operator did, and how the ticket was before. */
export async function recordStep(
  transaction: Database,
  step: Step & { readonly operatorId: string; readonly at: Instant },
): Promise<void> {
  await transaction.insert(ticketStep).values({ ...step, before: { ...step.before } });
}

/** What the operator did last on a day and was not taken back, while nobody changed the ticket since. */
export async function lastStep(
  database: Database,
  operatorId: string,
  day: IsoDate,
): Promise<Step | undefined> {
  const [found] = await database
    .select({ step: ticketStep, version: ticket.version, day: ticket.day })
    .from(ticketStep)
    .innerJoin(ticket, eq(ticket.id, ticketStep.ticketId))
    .where(and(eq(ticketStep.operatorId, operatorId), eq(ticketStep.undone, false)))
    .orderBy(desc(ticketStep.at), desc(ticketStep.id))
    .limit(1);
  if (!found || found.day !== day || found.version !== found.step.version) return undefined;
  const { id, ticketId, action, before, version } = found.step;
  return { id, ticketId, action: action as TicketAction, before, version };
}

/** Marks a step as taken back; the one before it on the same ticket can then be taken back too. */
export async function markUndone(transaction: Database, step: Step): Promise<void> {
  await transaction.update(ticketStep).set({ undone: true }).where(eq(ticketStep.id, step.id));
  await transaction.execute(sql`update ticket_step s set version = t.version
    from ticket t
    where t.id = ${step.ticketId}::uuid and s.id = (
      select id from ticket_step where ticket_id = t.id and not undone order by at desc, id desc limit 1
    )`);
}

/** Where an operator receives on a day, if they said so. */
export async function deskOf(
  database: Database,
  operatorId: string,
  day: IsoDate,
): Promise<string | undefined> {
  const [found] = await database
    .select({ desk: deskDuty.desk })
    .from(deskDuty)
    .where(and(eq(deskDuty.operatorId, operatorId), eq(deskDuty.day, day)));
  return found?.desk;
}

export async function setDeskOf(
  transaction: Database,
  duty: { readonly operatorId: string; readonly day: IsoDate; readonly desk: string },
): Promise<void> {
  await transaction
    .insert(deskDuty)
    .values(duty)
    .onConflictDoUpdate({
      target: [deskDuty.operatorId, deskDuty.day],
      set: { desk: duty.desk },
    });
}
