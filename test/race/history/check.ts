import { auditFaults } from './check-audit.ts';
import { closureFaults } from './check-closures.ts';
import { noticeFaults, sendingFaults } from './check-notices.ts';
import { waitingFaults } from './check-waiting.ts';
import { livesOf } from './life.ts';
import {
  groupBy,
  type Operation,
  overlap,
  type Records,
  type Sent,
  type Setting,
  type SettingService,
  taken,
} from './record.ts';
import { ordersOf, type Step } from './sequence.ts';
import { collisions, HOLDS_TIME, type Stay, staysOf, wrongRefusals } from './stays.ts';

/**
 * Compares what the clients were told with what the database holds and with what one client alone
 * could have seen. Returns a sentence for each thing that must never be; empty when all is well.
 */
export function faultsOf(
  operations: readonly Operation[],
  records: Records,
  setting: Setting,
  sent: readonly Sent[] = [],
): string[] {
  const services = new Map(setting.services.map((service) => [service.id, service]));
  const kept = new Map(records.appointments.map((appointment) => [appointment.id, appointment]));
  const faults = [
    ...auditFaults(operations, records),
    ...timeFaults(records, services),
    ...waitingFaults(operations, records),
    ...closureFaults(operations, records),
    ...sendingFaults(records, sent, setting),
  ];
  const notices = groupBy(records.notices, ({ subjectId }) => subjectId);
  const stays: Stay[] = [];
  for (const life of livesOf(operations, records, setting).values()) {
    const last = kept.get(life.id);
    if (life.events.length === 0 && last) {
      faults.push(`nobody asked for ${life.id}`);
      continue;
    }
    const told = (steps: readonly Step[]) =>
      last ? noticeFaults(last, steps, notices.get(life.id) ?? [], records.now) : [];
    const orders = explaining(ordersOf(life, last), told);
    if (!orders[0]) {
      faults.push(`no order explains ${life.id}: ${JSON.stringify({ last, ...life })}`);
      continue;
    }
    const service = services.get(life.serviceId);
    if (!service || !last) continue;
    stays.push(...staysOf(life, orders, service, last, setting));
    faults.push(...told(orders[0]));
  }
  return [
    ...faults,
    ...collisions(stays, setting),
    ...wrongRefusals(operations, stays, records, setting),
  ];
}

/** Orders tried of what happened to one appointment, and such that also explain its messages. */
const TRIED = 5000;
const EXPLAINING = 24;

/** The orders that explain the messages too; when there are none, all that were tried. */
function explaining(
  orders: Iterable<Step[]>,
  faultsOf: (steps: readonly Step[]) => readonly string[],
): Step[][] {
  const tried: Step[][] = [];
  const good: Step[][] = [];
  for (const steps of orders) {
    tried.push(steps);
    if (faultsOf(steps).length === 0) good.push(steps);
    if (good.length === EXPLAINING || tried.length === TRIED) break;
  }
  return good.length > 0 ? good : tried;
}

/** Each resource at one thing at a time; each appointment with the time its state holds, no other. */
function timeFaults(records: Records, services: ReadonlyMap<string, SettingService>): string[] {
  const faults: string[] = [];
  for (const rows of groupBy(records.occupied, ({ resourceId }) => resourceId).values()) {
    rows.sort((a, b) => a.during[0] - b.during[0]);
    for (let n = 1; n < rows.length; n++)
      if (overlap(rows[n - 1]!.during, rows[n]!.during))
        faults.push(`booked twice: ${JSON.stringify([rows[n - 1], rows[n]])}`);
  }
  const held = groupBy(records.occupied, ({ appointmentId }) => appointmentId);
  for (const appointment of records.appointments) {
    const { id, state, operatorId } = appointment;
    const service = services.get(appointment.serviceId)!;
    const rows = (held.get(id) ?? []).filter(
      (row) => row.releasesAt === null || HOLDS_TIME.includes(state),
    );
    const [from, to] = taken(service, appointment.startsAt);
    const fits =
      rows.length === service.operators &&
      rows.some(({ resourceId }) => resourceId === operatorId) &&
      rows.every(({ during }) => during[0] === from && during[1] === to) &&
      rows.every(({ releasesAt }) => (releasesAt === null) === (state !== 'held'));
    if (HOLDS_TIME.includes(state) ? !fits : rows.length > 0)
      faults.push(`state and time disagree: ${JSON.stringify({ appointment, rows })}`);
  }
  return faults;
}
