import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, dayOf } from '../../src/platform/clock.ts';
import type { Wish } from '../../src/waitlist/entry.ts';
import { suits } from '../../src/waitlist/rules/fit.ts';
import { inOrder, isUrgent } from '../../src/waitlist/rules/order.ts';

const NOW = Date.parse('2027-03-04T09:00:00+01:00');

describe('who is asked first', () => {
  const entry = (id: string, joined: number, dueInDays?: number) => ({
    id,
    joinedAt: NOW - joined * DAY,
    deadline:
      dueInDays === undefined
        ? undefined
        : { day: dayOf(NOW + dueInDays * DAY), kind: 'first-contact' as const },
  });

  it('is whose meeting is due soonest, then whoever has waited longest', () => {
    const order = inOrder(
      [
        entry('long', 30),
        entry('due in five', 1, 5),
        entry('overdue', 0, -2),
        entry('due in forty', 2, 40),
        entry('longest', 31),
      ],
      NOW,
    );
    expect(order.map(({ id }) => id)).toEqual([
      'overdue',
      'due in five',
      'longest',
      'long',
      'due in forty',
    ]);
  });

  const entries = fc.array(
    fc.record({
      id: fc.uuid(),
      joinedAt: fc.integer({ min: NOW - 90 * DAY, max: NOW }),
      deadline: fc.option(
        fc
          .integer({ min: -10, max: 60 })
          .map((days) => ({ day: dayOf(NOW + days * DAY), kind: 'other' as const })),
        { nil: undefined },
      ),
    }),
  );

  it('never depends on how the list was written, and loses nobody', () => {
    fc.assert(
      fc.property(entries, fc.infiniteStream(fc.double({ noNaN: true })), (list, dice) => {
        const shuffled = [...list]
          .map((one) => ({ one, key: dice.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(inOrder(shuffled, NOW)).toEqual(inOrder(list, NOW));
        expect(new Set(inOrder(list, NOW))).toEqual(new Set(list));
      }),
    );
  });

  it('among equals in urgency, nobody who came later is before', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const calm = inOrder(list, NOW).filter((one) => !isUrgent(one, NOW));
        expect(calm.every((one, n) => n === 0 || calm[n - 1]!.joinedAt <= one.joinedAt)).toBe(true);
      }),
    );
  });
});

describe('time suits somebody', () => {
  const wish: Wish = {
    officeIds: ['palermo'],
    fromDay: '2027-03-05',
    toDay: '2027-03-12',
    weekdays: [5],
    parts: ['morning'],
  };
  const at = (text: string) => ({ officeId: 'palermo', startsAt: Date.parse(text) });

  it.each([
    ['on the first day', '2027-03-05T09:00:00+01:00', true],
    ['on the last day', '2027-03-12T12:45:00+01:00', true],
    ['not after it', '2027-03-19T09:00:00+01:00', false],
    ['not on another weekday', '2027-03-08T09:00:00+01:00', false],
    ['not in the afternoon', '2027-03-05T13:00:00+01:00', false],
  ])('%s', (_, text, expected) => {
    expect(suits({ wish, current: undefined }, at(text))).toBe(expected);
  });

  it('only where they would go, and only earlier than what they have', () => {
    const time = at('2027-03-05T09:00:00+01:00');
    const current = { startsAt: time.startsAt };
    expect(suits({ wish, current: undefined }, { ...time, officeId: 'messina' })).toBe(false);
    expect(suits({ wish, current }, time)).toBe(false);
    expect(suits({ wish, current: { startsAt: time.startsAt + 1 } }, time)).toBe(true);
  });
});
