import { sql } from 'drizzle-orm';
import { bookAppointment } from '../../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../../src/booking/actions/cancel-appointment.ts';
import { moveAppointment } from '../../../src/booking/actions/move-appointment.ts';
import { recordOutcome } from '../../../src/booking/actions/record-outcome.ts';
import { OUTCOMES } from '../../../src/booking/rules/lifecycle.ts';
import type { AppointmentView } from '../../../src/booking/store/appointments.ts';
import type { Call } from '../../../src/platform/call.ts';
import { MINUTE } from '../../../src/platform/clock.ts';
import { postgresFault, rows } from '../../../src/platform/database.ts';
import { Problem } from '../../../src/platform/problem.ts';
import type { Random } from '../../../src/platform/random.ts';
import { type Plan, startsAhead } from './plan.ts';
import type { Operation, Seen, Verb } from './record.ts';

/** What a client is given: its number, its plan and its ways to the service and to its log. */
interface Desk {
  readonly number: number;
  readonly plan: Plan;
  readonly random: Random;
  readonly callFor: (operationId: string) => Call;
  readonly log: (operation: Operation) => void;
}

/** One client at the actions themselves: asks at random, waits for the answer, tells the log. */
export async function actAtRandom({ number, plan, random, callFor, log }: Desk): Promise<void> {
  const until = Date.now() + plan.longestMs;
  let made = 0;
  for (let n = 0; n < plan.operations && Date.now() < until; n++) {
    const chance = random.uniform();
    if (made === 0 || chance < 0.45) await book();
    else if (chance < 0.65) await move(await somebodys());
    else if (chance < 0.85) await cancel(await somebodys());
    else await outcome(await somebodys());
  }

  /** The last that some client booked, maybe in another process, who may be busy with it too. */
  async function somebodys(): Promise<string> {
    const who = random.uniform() < 0.3 ? number : random.integer(0, plan.clients - 1);
    const [last] = await rows<{ id: string }>(
      callFor('').database,
      sql`select id from appointment
        where id between ${appointmentIdOf(who, 0)}::uuid and ${appointmentIdOf(who + 1, 0)}::uuid
        order by id desc limit 1 offset ${random.integer(0, 2)}`,
    );
    return last?.id ?? appointmentIdOf(number, made);
  }

  function anyStart(minutes: number): number {
    return random.pick(startsAhead(callFor('').clock.now(), minutes * MINUTE));
  }

  function book(): Promise<void> {
    made += 1;
    const id = appointmentIdOf(number, made);
    const service = random.pick(plan.services);
    const officeId = random.pick(plan.officeIds);
    const startsAt = anyStart(service.minutes);
    const email = `person${random.integer(1, plan.people)}@example.org`;
    const wanted = { serviceId: service.id, officeId, startsAt, email };
    const person = { ...PERSON, email };
    return ask('book', id, wanted, (call) =>
      bookAppointment(call, { id, serviceId: service.id, officeId, start: startsAt, person }),
    );
  }

  function move(id: string): Promise<void> {
    const wanted = { officeId: random.pick(plan.officeIds), startsAt: anyStart(60) };
    return ask('move', id, wanted, (call) =>
      moveAppointment(call, { id, officeId: wanted.officeId, start: wanted.startsAt }),
    );
  }

  function cancel(id: string): Promise<void> {
    return ask('cancel', id, {}, (call) => cancelAppointment(call, { id }));
  }

  function outcome(id: string): Promise<void> {
    const outcome = random.pick(OUTCOMES);
    return ask('outcome', id, { outcome }, (call) => recordOutcome(call, { id, outcome }));
  }

  async function ask(
    verb: Verb,
    appointmentId: string,
    wanted: Operation['wanted'],
    act: (call: Call) => Promise<AppointmentView>,
  ): Promise<void> {
    const id = crypto.randomUUID();
    const began = realNow();
    const answer = await act(callFor(id)).then(
      (view) => ({ kind: 'done', seen: seenOf(view) }) as const,
      (error) =>
        error instanceof Problem
          ? ({ kind: 'refused', problem: error.kind.slug } as const)
          : ({ kind: 'lost', why: postgresFault(error)?.code ?? String(error) } as const),
    );
    log({ id, verb, appointmentId, wanted, began, ended: realNow(), answer });
  }
}

const PERSON = {
  givenName: 'Rosa',
  familyName: 'Prova',
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
};

/** Known to every client, so that they can meddle with each other's. */
function appointmentIdOf(client: number, sequence: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return `01900000-0000-7000-8${hex(client, 3)}-${hex(sequence, 12)}`;
}

function seenOf(view: AppointmentView): Seen {
  const { state, startsAt, operatorId, version } = view;
  return { state, startsAt, officeId: view.office.id, operatorId, version };
}

/** Milliseconds that all processes of a machine agree on. */
function realNow(): number {
  return performance.timeOrigin + performance.now();
}
