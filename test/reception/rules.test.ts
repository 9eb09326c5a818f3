import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/platform/clock.ts';
import { judgeArrival } from '../../src/reception/rules/arrival.ts';
import {
  estimateFor,
  type InLine,
  lengthOf,
  type OnDuty,
  playDay,
} from '../../src/reception/rules/estimate.ts';
import {
  type Caller,
  candidatesFor,
  inOrder,
  rankAfterSkip,
  type Waiting,
} from '../../src/reception/rules/order.ts';

const NOW = Date.parse('2027-03-04T09:00:00+01:00');
const at = (minutes: number) => NOW + minutes * MINUTE;

const SKILLS = ['a', 'b'] as const;
const skills = fc.subarray([...SKILLS], { minLength: 1 });
const operators: fc.Arbitrary<OnDuty[]> = fc
  .array(
    fc.record({
      skills,
      ends: fc.integer({ min: 0, max: 240 }),
      kept: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map((one, index) => ({
      operatorId: `o${index}`,
      skills: one.skills,
      open: [{ start: at(-60), end: at(one.ends) }],
      kept: [...new Set(one.kept)].map((slot) => ({
        start: at(slot * 20),
        end: at(slot * 20 + 20),
      })),
    })),
  );
const service = fc.record({
  skill: fc.constantFrom(...SKILLS),
  minutes: fc.integer({ min: 5, max: 60 }),
});
const line: fc.Arbitrary<InLine[]> = fc.array(service, { maxLength: 10 }).map((all) =>
  all.map((one, index) => ({
    id: `t${index}`,
    boundTo: undefined,
    service: { skill: one.skill },
    length: lengthOf(one.minutes, undefined),
  })),
);

describe('the estimate of the wait', () => {
  it('never puts a walk-in into time kept for a booking, nor after closing, nor two at once', () => {
    fc.assert(
      fc.property(operators, line, (duty, queue) => {
        const begins = playDay(duty, queue, NOW, 'usual');
        const used = queue.flatMap((one) => {
          const start = begins.get(one.id);
          return start === undefined
            ? []
            : [{ skill: one.service.skill, start, end: start + one.length.usual * MINUTE }];
        });
        for (const { start, end, skill } of used) {
          const possible = duty.filter(
            (one) =>
              one.skills.includes(skill) &&
              one.open.some((open) => open.start <= start && end <= open.end) &&
              one.kept.every((kept) => end <= kept.start || kept.end <= start),
          );
          expect(possible.length).toBeGreaterThan(0);
          const together = used.filter((other) => other.start <= start && start < other.end);
          expect(together.length).toBeLessThanOrEqual(duty.length);
        }
      }),
    );
  });

  it('never gets shorter for more people ahead', () => {
    fc.assert(
      fc.property(operators, line, service, service, (duty, queue, more, asked) => {
        const one = (id: string, { skill, minutes }: typeof more): InLine => ({
          id,
          boundTo: undefined,
          service: { skill },
          length: lengthOf(minutes, undefined),
        });
        const me = one('me', asked);
        const before = estimateFor('me', duty, [...queue, me], NOW);
        const after = estimateFor('me', duty, [...queue, one('more', more), me], NOW);
        if (!after.today) return;
        expect(before.today).toBe(true);
        if (!before.today) return;
        expect(after.fromMinutes).toBeGreaterThanOrEqual(before.fromMinutes);
        expect(after.toMinutes).toBeGreaterThanOrEqual(before.toMinutes);
      }),
    );
  });

  it('is no shorter for who comes later for the same service', () => {
    fc.assert(
      fc.property(operators, line, service, (duty, queue, asked) => {
        const same = (id: string): InLine => ({
          id,
          boundTo: undefined,
          service: { skill: asked.skill },
          length: lengthOf(asked.minutes, undefined),
        });
        const begins = playDay(duty, [same('first'), ...queue, same('second')], NOW, 'usual');
        const [first, second] = [begins.get('first'), begins.get('second')];
        if (second !== undefined) expect(second).toBeGreaterThanOrEqual(first!);
      }),
    );
  });

  it('uses measured minutes only once there are enough of them', () => {
    const measured = { p25: 10, p50: 14, p75: 21 };
    expect(lengthOf(20, { count: 19, ...measured })).toMatchObject({ usual: 20, measuredOn: 0 });
    expect(lengthOf(20, { count: 20, ...measured })).toEqual({
      quick: 10,
      usual: 14,
      slow: 21,
      measuredOn: 20,
    });
  });
});

describe('the order of calling', () => {
  const person = fc.record({
    booked: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
    arrived: fc.integer({ min: -90, max: 0 }),
    priority: fc.boolean(),
    skips: fc.integer({ min: 0, max: 2 }),
    minutes: fc.integer({ min: 5, max: 60 }),
  });
  const queue: fc.Arbitrary<Waiting[]> = fc.array(person, { maxLength: 12 }).map((all) =>
    all.map(({ booked, arrived, minutes, ...rest }, index) => ({
      ...rest,
      id: `t${index}`,
      label: `A${String(index).padStart(3, '0')}`,
      dueAt: booked === undefined ? undefined : at(booked),
      arrivedAt: at(arrived),
      rankAt: at(booked ?? arrived),
      boundTo: booked === undefined ? undefined : 'me',
      service: { skill: 'a', minutes },
    })),
  );

  it('has everybody in it once', () => {
    fc.assert(
      fc.property(queue, (all) => {
        expect(
          inOrder(all, NOW)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });

  it('lets nobody without an hour run into time that is kept', () => {
    fc.assert(
      fc.property(queue, fc.integer({ min: 1, max: 60 }), (all, minutes) => {
        const caller: Caller = {
          operatorId: 'me',
          skills: ['a'],
          kept: [{ ticketId: undefined, during: { start: at(minutes), end: at(minutes + 30) } }],
        };
        for (const { ticket, reason, blockedAt } of candidatesFor(all, caller, NOW)) {
          const runsIn = ticket.service.minutes > minutes;
          if (reason !== 'booked') expect(blockedAt !== undefined).toBe(runsIn);
        }
      }),
    );
  });

  it('who came to their hour goes first, whoever waited longer', () => {
    const common = {
      boundTo: 'me',
      skips: 0,
      priority: false,
      service: { skill: 'a', minutes: 5 },
    };
    const booked = {
      ...common,
      id: 'b',
      label: 'P001',
      dueAt: at(0),
      arrivedAt: at(-5),
      rankAt: at(0),
    };
    const early = { ...booked, id: 'e', label: 'P002', dueAt: at(30), rankAt: at(30) };
    const walkIn = {
      ...common,
      id: 'w',
      label: 'A001',
      dueAt: undefined,
      arrivedAt: at(-50),
      rankAt: at(-50),
    };
    const urgent = {
      ...walkIn,
      id: 'u',
      label: 'A002',
      arrivedAt: at(-1),
      rankAt: at(-1),
      priority: true,
    };
    const late = {
      ...booked,
      id: 'l',
      label: 'P003',
      dueAt: at(-55),
      rankAt: at(-55),
      arrivedAt: at(-3),
    };
    const order = inOrder<Waiting>([early, walkIn, urgent, late, booked], NOW);
    expect(order.map(({ id }) => id)).toEqual(['b', 'u', 'l', 'w', 'e']);
  });

  it('passing over somebody moves nobody else, and them at most two places', () => {
    const ranks = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(ranks, fc.nat(), (all, pick) => {
        const sorted = [...all].sort((a, b) => a - b).map((n) => ({ id: `${n}`, rankAt: n * 10 }));
        const place = pick % sorted.length;
        const skipped = sorted[place]!;
        const rankAt = rankAfterSkip({ ...skipped, calls: 1 }, sorted)!;
        const others = sorted.filter(({ id }) => id !== skipped.id);
        const after = others.filter((one) => one.rankAt < rankAt).length;
        expect(after).toBe(Math.min(place + 2, sorted.length - 1));
      }),
    );
    expect(rankAfterSkip({ id: 'x', rankAt: 0, calls: 3 }, [])).toBeUndefined();
  });

  it('judges an arrival by ten minutes of grace', () => {
    expect(judgeArrival(at(0), at(10))).toBe('on-time');
    expect(judgeArrival(at(0), at(11))).toBe('late');
    expect(judgeArrival(at(0), at(-11))).toBe('early');
  });
});
