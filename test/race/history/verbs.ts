import { type SQL, sql } from 'drizzle-orm';
import { bookAppointment } from '../../../src/booking/actions/book-appointment.ts';
import { bookVisit } from '../../../src/booking/actions/book-visit.ts';
import { cancelAppointment } from '../../../src/booking/actions/cancel-appointment.ts';
import { confirmHold } from '../../../src/booking/actions/confirm-hold.ts';
import { holdStart, releaseHold } from '../../../src/booking/actions/hold-start.ts';
import { moveAppointment } from '../../../src/booking/actions/move-appointment.ts';
import { recordOutcome } from '../../../src/booking/actions/record-outcome.ts';
import { OUTCOMES } from '../../../src/booking/rules/lifecycle.ts';
import type { AppointmentView } from '../../../src/booking/store/appointments.ts';
import { applyDisruption } from '../../../src/disruption/actions/apply-disruption.ts';
import { giveNearestTime } from '../../../src/disruption/actions/give-nearest-time.ts';
import { previewDisruption } from '../../../src/disruption/actions/preview-disruption.ts';
import { withdrawClosure } from '../../../src/disruption/actions/withdraw-closure.ts';
import type { Call } from '../../../src/platform/call.ts';
import { DAY, dayOf, type Instant, MINUTE } from '../../../src/platform/clock.ts';
import { rows } from '../../../src/platform/database.ts';
import { Problem } from '../../../src/platform/problem.ts';
import type { Random } from '../../../src/platform/random.ts';
import { acceptOffer, declineOffer } from '../../../src/waitlist/actions/answer-offer.ts';
import { joinList } from '../../../src/waitlist/actions/join-list.ts';
import { leaveList } from '../../../src/waitlist/actions/leave-list.ts';
import { offerByHand } from '../../../src/waitlist/actions/offer-by-hand.ts';
import { idOf, type Plan, startsAhead } from './plan.ts';
import type { Operation, Seen, SeenPart, Verb, Wanted } from './record.ts';

const HOUR = 60 * MINUTE;

/** What a client is about to ask, and how. */
export interface Question {
  readonly verb: Verb;
  readonly subjectId: string;
  readonly wanted: Operation['wanted'];
  readonly act: (call: Call) => Promise<{ seen?: Seen; visit?: SeenPart[] }>;
}

interface Asker {
  readonly number: number;
  readonly plan: Plan;
  readonly random: Random;
  /** For looking around, without a trace. */
  readonly look: Call;
}

/** Builds questions of each kind, about things that exist more often than not. */
export function questions({ number, plan, random, look }: Asker) {
  /** Starts that this client keeps, with the token of each. */
  const kept: { id: string; token: string }[] = [];
  const anyOffice = () => random.pick(plan.offices);
  const person = (email: string, givenName = 'Rosa') => ({
    givenName,
    familyName: 'Prova',
    email,
    phone: undefined,
    taxCode: undefined,
    domicile: undefined,
  });
  const somebody = () => `person${random.integer(1, plan.people)}@example.org`;

  const anyStart = (minutes: number): Instant =>
    random.pick(startsAhead(look.clock.now(), minutes * MINUTE));

  function anything(): Wanted {
    const service = random.pick(plan.services);
    const startsAt = anyStart(service.minutes);
    return { serviceId: service.id, officeId: anyOffice().id, startsAt };
  }

  async function one<T extends object>(query: SQL): Promise<T | undefined> {
    return (await rows<T>(look.database, query))[0];
  }

  /** One of an office's that begins in that time; else one that some client made, whatever it is now. */
  async function appointment(from: number, to: number, states: string[]): Promise<string> {
    const now = look.clock.now();
    const found =
      random.uniform() < 0.75
        ? await one<{ id: string }>(
            sql`select id from appointment
              where office_id = ${anyOffice().id}::uuid and state = any (${`{${states.join(',')}}`}::text[])
                and starts_at > to_timestamp(${(now + from) / 1000}::float8)
                and starts_at < to_timestamp(${(now + to) / 1000}::float8)
              order by starts_at offset ${random.integer(0, 30)} limit 1`,
          )
        : undefined;
    return found?.id ?? latest();
  }

  async function latest(): Promise<string> {
    const who = random.uniform() < 0.3 ? number : random.integer(0, plan.clients - 1);
    const found = await one<{ id: string }>(
      sql`select id from appointment where id between ${idOf(who, 0)}::uuid and ${idOf(who + 1, 0)}::uuid
        order by id desc offset ${random.integer(0, 2)} limit 1`,
    );
    return found?.id ?? idOf(number, 0);
  }

  const about = (view: AppointmentView) => ({ seen: seenOf(view) });

  return {
    async book(id: string): Promise<Question> {
      const wanted = { ...anything(), email: somebody() };
      const { serviceId, officeId, startsAt: start, email } = wanted;
      const booking = { id, serviceId, officeId, start, person: person(email) };
      return {
        verb: 'book',
        subjectId: id,
        wanted,
        act: async (call) => about(await bookAppointment(call, booking)),
      };
    },

    async visit(id: string): Promise<Question> {
      const { officeId, startsAt } = anything();
      const email = somebody();
      const parts: Wanted[] = [];
      for (const name of ['Rosa', 'Pio', 'Eva'].slice(0, random.integer(2, 3))) {
        const { id: serviceId, minutes } = random.pick(plan.services.slice(0, 4));
        const last = parts.at(-1);
        const begins = last ? last.startsAt + 60 * MINUTE : startsAt;
        if (begins + minutes * MINUTE <= startsAt + 4 * HOUR)
          parts.push({ serviceId, officeId, startsAt: begins, email, name });
      }
      const visit = {
        officeId,
        parts: parts.map((part) => ({
          serviceId: part.serviceId,
          start: part.startsAt,
          person: person(email, part.name),
        })),
      };
      return {
        verb: 'visit',
        subjectId: id,
        wanted: { parts },
        act: async (call) => ({
          visit: (await bookVisit(call, visit)).map((view) => ({ id: view.id, ...seenOf(view) })),
        }),
      };
    },

    async hold(id: string): Promise<Question> {
      const wanted = anything();
      const { serviceId, officeId, startsAt: start } = wanted;
      return {
        verb: 'hold',
        subjectId: id,
        wanted,
        async act(call) {
          kept.push(await holdStart(call, { serviceId, officeId, start }));
          return {};
        },
      };
    },

    async confirm(): Promise<Question | undefined> {
      const hold = random.uniform() < 0.9 ? kept.pop() : kept.at(-1);
      if (!hold) return undefined;
      const email = somebody();
      return {
        verb: 'confirm',
        subjectId: hold.id,
        wanted: { email },
        act: async (call) => about(await confirmHold(call, { ...hold, person: person(email) })),
      };
    },

    async release(): Promise<Question | undefined> {
      const hold = random.uniform() < 0.5 ? kept.pop() : kept.at(-1);
      if (!hold) return undefined;
      return {
        verb: 'release',
        subjectId: hold.id,
        wanted: {},
        async act(call) {
          await releaseHold(call, hold);
          return {};
        },
      };
    },

    async move(): Promise<Question> {
      const id = await appointment(0, 5 * DAY, ['confirmed', 'displaced']);
      const wanted = { officeId: anyOffice().id, startsAt: anyStart(60) };
      const change = { id, officeId: wanted.officeId, start: wanted.startsAt };
      return {
        verb: 'move',
        subjectId: id,
        wanted,
        act: async (call) => about(await moveAppointment(call, change)),
      };
    },

    async cancel(): Promise<Question> {
      const id = await appointment(0, 5 * DAY, ['confirmed', 'displaced']);
      return {
        verb: 'cancel',
        subjectId: id,
        wanted: {},
        act: async (call) => about(await cancelAppointment(call, { id })),
      };
    },

    async outcome(): Promise<Question> {
      const id = await appointment(-12 * HOUR, 2 * HOUR, ['confirmed', ...OUTCOMES]);
      const outcome = random.pick(OUTCOMES);
      return {
        verb: 'outcome',
        subjectId: id,
        wanted: { outcome },
        act: async (call) => about(await recordOutcome(call, { id, outcome })),
      };
    },

    async join(id: string): Promise<Question> {
      const service = random.pick(plan.services.filter(({ waitingList }) => waitingList));
      const now = look.clock.now();
      const offices = plan.offices.filter(() => random.uniform() < 0.7).map((office) => office.id);
      const joining = {
        serviceId: service.id,
        where: { officeIds: offices.length > 0 ? offices : [anyOffice().id] },
        when: {
          fromDay: dayOf(now),
          toDay: dayOf(now + random.integer(0, 6) * DAY),
          weekdays: [1, 2, 3, 4, 5],
          parts: ['morning', 'afternoon'] as const,
        },
        person: person(somebody()),
      };
      return {
        verb: 'join',
        subjectId: id,
        wanted: {},
        async act(call) {
          await joinList(call, joining);
          return {};
        },
      };
    },

    async leave(): Promise<Question | undefined> {
      const entry = await one<{ id: string }>(
        sql`select id from waiting_entry where state = 'waiting' order by joined_at
          offset ${random.integer(0, 20)} limit 1`,
      );
      return (
        entry && {
          verb: 'leave',
          subjectId: entry.id,
          wanted: {},
          async act(call) {
            await leaveList(call, entry);
            return {};
          },
        }
      );
    },

    accept: () => answer('accept', acceptOffer),
    decline: () => answer('decline', declineOffer),

    async offer(): Promise<Question | undefined> {
      const entry = await one<{ id: string; offices: string[] }>(
        sql`select id, to_jsonb(office_ids) as offices from waiting_entry where state = 'waiting'
          order by joined_at desc offset ${random.integer(0, 10)} limit 1`,
      );
      if (!entry) return undefined;
      const wanted = { officeId: random.pick(entry.offices), startsAt: anyStart(60) };
      return {
        verb: 'offer',
        subjectId: entry.id,
        wanted,
        async act(call) {
          await offerByHand(call, { entryId: entry.id, ...wanted });
          return {};
        },
      };
    },

    async close(id: string): Promise<Question> {
      const office = anyOffice();
      const start = anyStart(60);
      const whole = random.uniform() < 0.2;
      const intent = {
        kind: random.uniform() < 0.75 ? ('closure' as const) : ('cancellation' as const),
        officeId: office.id,
        operatorId: whole ? undefined : random.pick(office.operatorIds),
        during: { start, end: start + random.integer(1, whole ? 6 : 12) * 15 * MINUTE },
      };
      const keeps = random.uniform() < 0.1;
      return {
        verb: 'close',
        subjectId: id,
        wanted: { officeId: office.id, startsAt: start },
        async act(call) {
          // People book meanwhile: looked at anew until what was looked at is what is done.
          for (let turn = 1; ; turn++) {
            const { token, items } = await previewDisruption(call, intent);
            const choices = keeps ? { [items[0]?.hit.id ?? '']: 'keep' as const } : {};
            try {
              await applyDisruption(call, { ...intent, reason: 'guasto', token, choices });
              return {};
            } catch (error) {
              const outdated =
                error instanceof Problem && error.kind.slug === 'closure-preview-outdated';
              if (!outdated || turn === 8) throw error;
            }
          }
        },
      };
    },

    async reopen(): Promise<Question | undefined> {
      const found = await one<{ id: string }>(
        sql`select id from disruption where kind = 'closure' and state <> 'withdrawn'
          order by created_at desc offset ${random.integer(0, 8)} limit 1`,
      );
      return (
        found && {
          verb: 'reopen',
          subjectId: found.id,
          wanted: {},
          async act(call) {
            await withdrawClosure(call, found.id);
            return {};
          },
        }
      );
    },

    async nearest(): Promise<Question> {
      const id = await appointment(0, 5 * DAY, ['displaced']);
      return {
        verb: 'nearest',
        subjectId: id,
        wanted: {},
        act: async (call) => about(await giveNearestTime(call, id)),
      };
    },
  };

  async function answer(
    verb: 'accept' | 'decline',
    action: typeof acceptOffer,
  ): Promise<Question | undefined> {
    const offer = await one<{ id: string; entry_id: string }>(
      sql`select id, entry_id from waiting_offer where state = 'open' order by expires_at desc
        offset ${random.integer(0, 5)} limit 1`,
    );
    return (
      offer && {
        verb,
        subjectId: offer.id,
        wanted: {},
        async act(call) {
          await action(call, { entryId: offer.entry_id, offerId: offer.id });
          return {};
        },
      }
    );
  }
}

function seenOf(view: AppointmentView): Seen {
  const { state, startsAt, operatorId, version } = view;
  return { state, startsAt, officeId: view.office.id, operatorId, version };
}
