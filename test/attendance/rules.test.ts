import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { justificationDeadline } from '../../src/attendance/rules/deadline.ts';
import { judgeDecision, judgeSending } from '../../src/attendance/rules/decide.ts';
import { mediaTypeOf, safeName } from '../../src/attendance/rules/document.ts';
import {
  type Absence,
  type BenefitSpell,
  countedBefore,
  standingOf,
} from '../../src/attendance/rules/evidence.ts';
import { stepOf } from '../../src/attendance/rules/ladder.ts';
import {
  chanceOfMoreThan,
  roomFor,
  turnout,
  withinBound,
} from '../../src/attendance/rules/turnout.ts';
import { DAY, dayOf, wall } from '../../src/platform/clock.ts';

const at = (iso: string) => Date.parse(iso);

describe('a justification is in time', () => {
  it.each([
    ['on an ordinary day', '2027-03-04T09:00+01:00', undefined, '2027-03-06T00:00+01:00'],
    ['late in the evening', '2027-03-04T23:30+01:00', undefined, '2027-03-06T00:00+01:00'],
    ['when the clocks go forward', '2027-03-27T09:00+01:00', undefined, '2027-03-29T00:00+02:00'],
    ['when the clocks go back', '2027-10-30T09:00+02:00', undefined, '2027-11-01T00:00+01:00'],
    ['over a Sunday, which counts', '2027-03-05T09:00+01:00', undefined, '2027-03-07T00:00+01:00'],
    ['over Christmas, which counts', '2027-12-24T09:00+01:00', undefined, '2027-12-26T00:00+01:00'],
    ['over the end of the year', '2027-12-31T09:00+01:00', undefined, '2028-01-02T00:00+01:00'],
    ['after an illness', '2027-03-04T09:00+01:00', '2027-03-10', '2027-03-12T00:00+01:00'],
    [
      'when the illness was over before',
      '2027-03-04T09:00+01:00',
      '2027-03-01',
      '2027-03-06T00:00+01:00',
    ],
  ])('until the next day ends: %s', (_, starts, until, end) => {
    expect(justificationDeadline(at(starts), until)).toBe(at(end));
  });

  it('always for one whole day after the appointment’s own, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01'), max: at('2036-01-01') }), (starts) => {
        const deadline = wall(justificationDeadline(starts, undefined));
        expect(deadline.toFormat('HH:mm:ss')).toBe('00:00:00');
        const days = deadline.diff(wall(starts).startOf('day'), 'days').days;
        expect(Math.round(days)).toBe(2);
      }),
    );
  });
});

describe('who may send, and who decides', () => {
  const starts = at('2027-03-04T09:00+01:00');
  const absent = { state: 'absent', startsAt: starts } as const;

  it('nothing is to be justified where the office took the time away', () => {
    for (const state of ['displaced', 'revoked', 'cancelled', 'seen', 'late', 'excused'] as const) {
      expect(judgeSending({ state, startsAt: starts }, undefined, starts + DAY)).toBe(
        'nothing-to-justify',
      );
    }
  });

  it('one at a time; one refused may be sent anew', () => {
    expect(judgeSending(absent, undefined, starts + DAY)).toBe('allowed');
    expect(judgeSending(absent, 'sent', starts + DAY)).toBe('sent-already');
    expect(judgeSending(absent, 'accepted', starts + DAY)).toBe('sent-already');
    expect(judgeSending(absent, 'asked', starts + DAY)).toBe('answers');
    expect(judgeSending(absent, 'rejected', starts + DAY)).toBe('allowed');
  });

  it('a decision can be taken back for a week, unless a measure rests on it', () => {
    const rejected = { state: 'rejected', decidedAt: starts } as const;
    expect(judgeDecision(rejected, 'undo', false, starts + 7 * DAY)).toBe('allowed');
    expect(judgeDecision(rejected, 'undo', true, starts + DAY)).toBe('stands');
    expect(judgeDecision(rejected, 'undo', false, starts + 8 * DAY)).toBe('stands');
    expect(judgeDecision(rejected, 'accept', false, starts + DAY)).toBe('decided-already');
    const open = { state: 'sent', decidedAt: undefined } as const;
    expect(judgeDecision(open, 'undo', false, starts)).toBe('not-decided');
    expect(judgeDecision(open, 'ask', false, starts)).toBe('allowed');
  });
});

describe('a document is what its first bytes say', () => {
  const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

  it.each([
    ['a PDF', '%PDF-1.7\n…', 'application/pdf'],
    ['a photograph', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['a picture', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['a telephone’s photograph', '\0\0\0\x18ftypheic', 'image/heic'],
    ['a page', '<html><script>', undefined],
    ['a drawing that can run', '<svg xmlns="http://www.w3.org/2000/svg">', undefined],
    ['a film', '\0\0\0\x18ftypmp42', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, content, type) => {
    expect(mediaTypeOf(bytes(content))).toBe(type);
  });

  it('its name is safe in a header and on a disk', () => {
    expect(safeName('Certificato medico (città).PDF', 'application/pdf')).toBe(
      'Certificato-medico-citta.pdf',
    );
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(safeName(name, 'image/png')).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]*\.png$/);
      }),
    );
  });
});

describe('art. 21: absences are counted, people decide', () => {
  const naspi: BenefitSpell = { benefit: 'naspi', since: '2027-01-10' };
  const absence = (n: number, given: Partial<Absence> = {}) => {
    const startsAt = at('2027-02-01T09:00+01:00') + n * 14 * DAY;
    return {
      appointmentId: `a${n}`,
      startsAt,
      day: dayOf(startsAt),
      absent: true,
      officeFault: false,
      justificationOpen: false,
      deadline: justificationDeadline(startsAt, undefined),
      convocation: 'formal' as const,
      setAside: false,
      ...given,
    };
  };
  const later = at('2027-12-01T09:00+01:00');
  const place = (of: ReturnType<typeof absence>, all: ReturnType<typeof absence>[]) =>
    1 + countedBefore(of, all, naspi, later).length;

  it('first, second and third: a quarter, a month, benefit and status', () => {
    const all = [absence(0), absence(1), absence(2), absence(3)];
    expect(all.map((one) => stepOf(place(one, all)))).toEqual([
      'quarter_month',
      'month',
      'benefit_and_status',
      'benefit_and_status',
    ]);
  });

  it('only those that could sustain a measure each count', () => {
    const weak = [
      absence(0, { convocation: undefined }),
      absence(1, { officeFault: true }),
      absence(2, { absent: false }),
      absence(3, { setAside: true }),
      absence(4, { justificationOpen: true }),
    ];
    expect(place(absence(5), [...weak, absence(5)])).toBe(1);
    const before = { ...absence(0), startsAt: at('2027-01-04T09:00+01:00'), day: '2027-01-04' };
    expect(place(absence(1), [before, absence(1)])).toBe(1);
  });

  it.each([
    ['ready', {}],
    ['not-absent', { absent: false }],
    ['office-fault', { officeFault: true }],
    ['justification-open', { justificationOpen: true }],
    ['not-convoked', { convocation: undefined }],
    ['informal-channel', { convocation: 'informal-channel' }],
    ['proof-missing', { convocation: 'proof-missing' }],
    ['proof-too-late', { convocation: 'proof-too-late' }],
  ] as const)('stands as %s', (standing, given) => {
    const one = absence(0, given);
    expect(standingOf(one, naspi, one.day, later)).toBe(standing);
  });

  it('waits for the justification’s term, and for a benefit that the ladder knows', () => {
    const one = absence(0);
    expect(standingOf(one, naspi, one.day, one.deadline - 1)).toBe('term-open');
    expect(standingOf(one, naspi, one.day, one.deadline)).toBe('ready');
    expect(standingOf(one, undefined, one.day, later)).toBe('no-benefit');
    expect(standingOf(one, { benefit: 'adi', since: undefined }, one.day, later)).toBe(
      'own-regime',
    );
    expect(standingOf(one, { benefit: 'sfl', since: undefined }, one.day, later)).toBe(
      'own-regime',
    );
    expect(standingOf(one, { ...naspi, since: '2027-03-01' }, one.day, later)).toBe(
      'benefit-later',
    );
  });
});

describe('how many come', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 });

  /** Every way in which each person comes or not. */
  function enumerated(p: readonly number[]): number[] {
    const of = Array.from({ length: p.length + 1 }, () => 0);
    for (let who = 0; who < 2 ** p.length; who++) {
      let chance = 1;
      let come = 0;
      for (const [i, one] of p.entries()) {
        const comes = Math.floor(who / 2 ** i) % 2 === 1;
        chance *= comes ? one : 1 - one;
        come += Number(comes);
      }
      of[come]! += chance;
    }
    return of;
  }

  it('is the sum over all the ways it can go', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const exact = enumerated(p);
        for (const [k, chance] of turnout(p).entries()) expect(chance).toBeCloseTo(exact[k]!, 12);
      }),
    );
  });

  it('adds up to one, with the mean that everyone’s chances add up to', () => {
    fc.assert(
      fc.property(chances, (p) => {
        const of = turnout(p);
        expect(of.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        const expected = of.reduce((sum, chance, k) => sum + k * chance, 0);
        expect(expected).toBeCloseTo(
          p.reduce((sum, one) => sum + one, 0),
          10,
        );
      }),
    );
  });

  it('is the binomial where all have the same chance', () => {
    // P(X > 8) for ten people of 0.8: 10·0.8⁹·0.2 + 0.8¹⁰
    expect(chanceOfMoreThan(8, Array(10).fill(0.8))).toBeCloseTo(0.3758096384, 10);
  });

  it('never books more than the bound allows, and always as many as it does', () => {
    const bound = fc.record({
      places: fc.integer({ min: 0, max: 6 }),
      tolerance: fc.integer({ min: 0, max: 2 }),
      risk: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
    });
    const one = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(chances, one, bound, (booked, chance, limit) => {
        const more = roomFor(chance, booked, limit, 6);
        const seats = limit.places + limit.tolerance;
        const fits = (extra: number) => {
          const all = [...booked, ...Array(extra).fill(chance)];
          const tail = enumerated(all)
            .slice(seats + 1)
            .reduce((sum, p) => sum + p, 0);
          return all.reduce((sum, p) => sum + p, 0) <= seats && tail <= limit.risk + 1e-12;
        };
        for (let extra = 1; extra <= more; extra++) expect(fits(extra)).toBe(true);
        if (more < 6) {
          expect(withinBound([...booked, ...Array(more + 1).fill(chance)], limit)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no room where everybody comes', () => {
    const bound = { places: 4, tolerance: 0, risk: 0.05 };
    expect(roomFor(0.9, [1, 1, 1, 1], bound, 5)).toBe(0);
    expect(roomFor(0.9, [0.2, 0.2, 0.2, 0.2], bound, 5)).toBeGreaterThan(0);
  });
});
