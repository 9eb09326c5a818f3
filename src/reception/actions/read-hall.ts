import { listServices } from '../../booking/store/services.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { estimateOfNewcomer, type OfficeDay, waitingOf } from '../rules/day.ts';
import type { Estimate } from '../rules/estimate.ts';
import { lastCalls } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { loadDay } from './load-day.ts';

type ServiceOnOffer = Ticket['service'] & { readonly description: { it: string; en: string } };

/** What everybody in the hall may see: numbers and desks, nobody's name. */
export interface Hall {
  /** The last numbers called, the latest first. */
  readonly calls: readonly Ticket[];
  /** Those who wait, in order. */
  readonly waiting: readonly Ticket[];
  /** What a number taken now would wait, by service; services that nobody does today are absent. */
  readonly services: readonly { readonly service: ServiceOnOffer; readonly estimate: Estimate }[];
}

/** The hall of an office today. Public. @throws {Problem} 404 */
export async function readHall(call: Call, wanted: { readonly id: string }): Promise<Hall> {
  const office = await officeById(call.database, wanted.id);
  if (!office) throw notFound();
  const now = call.clock.now();
  const day = await loadDay(call.database, office.id, now);
  const calls = await lastCalls(call.database, office.id, dayOf(now), now - DAY);
  const services = await listServices(call.database);
  const nameless = (ticket: Ticket): Ticket => ({ ...ticket, person: undefined });
  return {
    calls: calls.map(nameless),
    waiting: waitingOf(day).map(nameless),
    services: services
      .filter((service) => service.audience !== 'staff' && service.audience !== 'invited')
      .filter((service) => service.mode === 'desk' && isDone(day, service.skill))
      .map((service) => {
        const asked = { ...service, minutes: service.durationMinutes };
        return { service: asked, estimate: estimateOfNewcomer(day, asked) };
      }),
  };
}

function isDone({ operators }: OfficeDay, skill: string): boolean {
  return operators.some(({ open, skills }) => open.length > 0 && skills.includes(skill));
}
