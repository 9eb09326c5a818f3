import type { TicketState } from '../table.ts';

/** What can be done to a ticket. */
export const TICKET_ACTIONS = [
  'call',
  'recall',
  'start',
  'skip',
  'transfer',
  'finish',
  'leave',
  'extend',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

const FROM: Record<TicketAction, readonly TicketState[]> = {
  // Who was out comes back to the desk and is called after all.
  call: ['waiting', 'skipped', 'left'],
  recall: ['called'],
  start: ['called'],
  skip: ['called'],
  transfer: ['waiting', 'called', 'serving'],
  finish: ['called', 'serving'],
  leave: ['waiting', 'called'],
  extend: ['called', 'serving'],
};

/** Whether the action can follow on the state. */
export function mayFollow(action: TicketAction, state: TicketState): boolean {
  return FROM[action].includes(state);
}
