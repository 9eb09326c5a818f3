import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, uuid } from '../reference/fields.ts';
import type { TicketView } from './actions/read-ticket.ts';
import type { Estimate } from './rules/estimate.ts';
import { TICKET_STATES } from './table.ts';
import type { Ticket } from './ticket.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const label = z
  .string()
  .max(4)
  .regex(/^[AP][0-9]{3}$/)
  .openapi({ example: 'A012' });
const minutes = z.int().min(0).max(1440);

/** Where somebody is received, as they read it on the screen. */
export const deskName = line(40).trim().min(1).openapi({ example: 'Sportello 3' });

export const newTicketSchema = z
  .strictObject({
    service_id: uuid,
    priority: z.boolean().optional().openapi({ description: 'Given by the desk alone.' }),
  })
  .openapi('NewTicket');

export const checkInSchema = z
  .strictObject({
    code: z
      .string()
      .min(8)
      .max(20)
      .regex(/^[0-9A-Za-z -]+$/)
      .openapi({ example: '7K2M9-QXW4A' }),
  })
  .openapi('CheckIn');

export const callSchema = z
  .strictObject({
    ticket_id: uuid.optional().openapi({ description: 'Whom; absent: whoever is next.' }),
  })
  .openapi('NewCall');

export const stepSchema = z
  .strictObject({
    action: z.enum(['recall', 'start', 'skip', 'transfer', 'finish', 'leave', 'extend']),
    service_id: uuid.optional().openapi({
      description:
        'For a transfer: another service. With neither this nor an operator, back to the queue for the same.',
    }),
    operator_id: uuid.optional().openapi({ description: 'For a transfer: another operator.' }),
  })
  .openapi('TicketStep');

export const deskSchema = z.strictObject({ desk: deskName }).openapi('DeskAssignment');

const estimateSchema = z
  .strictObject({
    today: z.boolean().openapi({ description: 'Whether there is time left today.' }),
    from_minutes: minutes.optional(),
    to_minutes: minutes.optional(),
    sure: z
      .boolean()
      .optional()
      .openapi({ description: 'Whether it fits before closing even when visits take long.' }),
  })
  .openapi('WaitEstimate');

export const ticketSchema = z
  .strictObject({
    id: uuid,
    office_id: uuid,
    label,
    state: z.enum(TICKET_STATES),
    service_id: uuid,
    due_at: instant.optional().openapi({ description: 'The hour booked; absent for walk-ins.' }),
    priority: z.boolean(),
    arrived_at: instant,
    called_at: instant.optional(),
    served_at: instant.optional(),
    ended_at: instant.optional(),
    calls: z.int().min(0).max(1000),
    desk: line(40).optional(),
    version: z.int().min(1).max(1_000_000),
  })
  .openapi('Ticket');

export const ticketViewSchema = z
  .strictObject({
    ticket: ticketSchema,
    ahead: z.int().min(0).max(2000).openapi({ description: 'How many are called before.' }),
    estimate: estimateSchema.optional(),
    measured_on: z
      .int()
      .min(0)
      .max(1_000_000)
      .openapi({ description: 'Finished visits behind the estimate; 0: planned minutes.' }),
  })
  .openapi('TicketView');

export const ticketsSchema = z
  .strictObject({ items: z.array(ticketSchema).max(2000) })
  .openapi('Tickets');

export const hallSchema = z
  .strictObject({
    calls: z.array(ticketSchema).max(20),
    waiting: z.int().min(0).max(2000),
    services: z
      .array(z.strictObject({ service_id: uuid, estimate: estimateSchema }).openapi('ServiceWait'))
      .max(500),
  })
  .openapi('Hall');

export function toEstimateWire(estimate: Estimate): z.infer<typeof estimateSchema> {
  return estimate.today
    ? {
        today: true,
        from_minutes: estimate.fromMinutes,
        to_minutes: estimate.toMinutes,
        sure: estimate.sure,
      }
    : { today: false };
}

const when = (at: number | undefined) => (at === undefined ? undefined : toRfc3339(at));

export function toTicketWire(ticket: Ticket): z.infer<typeof ticketSchema> {
  const { dueAt, calledAt, servedAt, endedAt } = ticket;
  return {
    id: ticket.id,
    office_id: ticket.officeId,
    label: ticket.label,
    state: ticket.state,
    service_id: ticket.service.id,
    due_at: when(dueAt),
    priority: ticket.priority,
    arrived_at: toRfc3339(ticket.arrivedAt),
    called_at: when(calledAt),
    served_at: when(servedAt),
    ended_at: when(endedAt),
    calls: ticket.calls,
    desk: ticket.desk,
    version: ticket.version,
  };
}

export function toTicketViewWire(view: TicketView): z.infer<typeof ticketViewSchema> {
  return {
    ticket: toTicketWire(view.ticket),
    ahead: view.ahead,
    estimate: view.estimate && toEstimateWire(view.estimate),
    measured_on: view.measuredOn,
  };
}
