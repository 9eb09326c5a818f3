import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PactTerms, pactFaults } from '../../src/pact/rules/completeness.ts';
import { deadlinesOf, type Milestones } from '../../src/pact/rules/deadlines.ts';
import { consequencesOf, LADDER, lossAt } from '../../src/pact/rules/ladder.ts';
import { measuresFor, usualDays } from '../../src/pact/rules/measures.ts';
import { PERCORSI } from '../../src/profiling/rules/percorso.ts';

const nothing: Milestones = {
  declaredOn: undefined,
  benefit: 'none',
  benefitClaimedOn: undefined,
  metOn: [],
  lastProfiledOn: undefined,
};
const brief = (milestones: Partial<Milestones>, today: string) =>
  deadlinesOf({ ...nothing, ...milestones }, today).map(
    ({ rule, dueOn, state, daysLeft }) => [rule.code, dueOn, state, daysLeft] as const,
  );

describe('the clocks of the law', () => {
  it('do not run before anything happened', () => {
    expect(brief({}, '2027-03-04')).toEqual([]);
  });

  it('give 30 days from the Did, and 60 to the Cpi', () => {
    expect(brief({ declaredOn: '2027-03-01' }, '2027-03-04')).toEqual([
      ['contact-after-did', '2027-03-31', 'running', 27],
      ['telematic-profiling', '2027-04-30', 'running', 57],
    ]);
  });

  it('give 15 days to who claimed Naspi, in place of the 30', () => {
    const claimed = {
      declaredOn: '2027-03-01',
      benefit: 'naspi' as const,
      benefitClaimedOn: '2027-03-01',
    };
    expect(brief(claimed, '2027-03-16')[0]).toEqual([
      'contact-after-claim',
      '2027-03-16',
      'running',
      0,
    ]);
    expect(brief(claimed, '2027-03-17')[0]).toEqual([
      'contact-after-claim',
      '2027-03-16',
      'overdue',
      -1,
    ]);
  });

  it('know no 15 days for Adi and Sfl', () => {
    const claimed = {
      declaredOn: '2027-03-01',
      benefit: 'adi' as const,
      benefitClaimedOn: '2027-03-01',
    };
    expect(brief(claimed, '2027-03-04').map(([code]) => code)).toEqual([
      'contact-after-did',
      'telematic-profiling',
    ]);
  });

  it('are met by the first meeting since they started, in time or late', () => {
    const met = (metOn: string[]) =>
      brief({ declaredOn: '2027-03-01', metOn }, '2027-06-01').map(([, , state]) => state);
    expect(met(['2027-03-20', '2027-05-01'])).toEqual(['met', 'met']);
    expect(met(['2027-04-05'])).toEqual(['met_late', 'met']);
    expect(met(['2026-12-01'])).toEqual(['overdue', 'overdue']);
  });

  it('ask for the profile again after 90 days', () => {
    expect(brief({ lastProfiledOn: '2027-03-04' }, '2027-06-03')).toEqual([
      ['profile-update', '2027-06-02', 'overdue', -1],
    ]);
  });
});

describe('the ladder', () => {
  const days = (code: string) =>
    LADDER.find((row) => row.code === code)!.steps.map((step) =>
      step.kind === 'benefit_and_status' ? 'loss' : step.days,
    );

  it('has the steps of art. 21', () => {
    expect(days('a')).toEqual([8, 30, 'loss']);
    expect(days('b')).toEqual([8, 30, 'loss']);
    expect(days('c')).toEqual([30, 'loss']);
    expect(days('d')).toEqual(['loss']);
  });

  it('stays on its last step, and grows no milder', () => {
    const weight = { quarter_month: 1, month: 2, benefit_and_status: 3 };
    for (const row of LADDER) {
      for (let nth = 1; nth < 6; nth++) {
        expect(weight[lossAt(row, nth + 1).kind]).toBeGreaterThanOrEqual(
          weight[lossAt(row, nth).kind],
        );
      }
      expect(lossAt(row, 9).kind).toBe('benefit_and_status');
    }
  });

  it('shows only what the commitments of this patto answer to, while in force', () => {
    expect(consequencesOf(['20.2.d', '20.2.c'], '2027-03-04').map((row) => row.code)).toEqual([
      'a',
    ]);
    expect(consequencesOf(['20.3.c', '20.3.b'], '2027-03-04').map((row) => row.code)).toEqual([
      'c',
      'd',
    ]);
    expect(consequencesOf(['20.2.d'], '2015-01-01')).toEqual([]);
  });
});

describe('the measures', () => {
  it('make a patto that can be signed, for every percorso', () => {
    for (const percorso of PERCORSI) {
      const measures = measuresFor(percorso);
      expect(measures.some((measure) => measure.letter === '20.2.d')).toBe(true);
      expect(measures.every((m) => m.who !== 'person' || m.letter !== null)).toBe(true);
      expect(Math.max(...measures.map((m) => m.withinDays))).toBeLessThanOrEqual(
        usualDays(percorso),
      );
    }
    expect(measuresFor('P3').map((m) => m.code)).toContain('long-training');
    expect(measuresFor('P1').map((m) => m.code)).not.toContain('long-training');
    expect(measuresFor('P4').map((m) => m.code)).toContain('network-plan');
  });
});

describe('a patto', () => {
  const whole: PactTerms = {
    startsOn: '2027-03-04',
    endsOn: '2027-09-04',
    content: {
      targetJob: 'Cuoca',
      searchActs: 'Due candidature a settimana',
      contactEveryDays: 30,
      searchProof: 'Elenco delle candidature',
      availability: { searchSkills: true, training: true, suitableOffers: true },
    },
    actions: [
      {
        who: 'person',
        what: 'Venire agli appuntamenti',
        dueOn: '2027-09-04',
        proof: 'Presenza',
        letter: '20.2.d',
      },
    ],
  };
  const fields = (change: Partial<PactTerms>) =>
    pactFaults({ ...whole, ...change }).map((fault) => fault.field);
  const action = whole.actions[0]!;

  it('can be signed when every letter of art. 20 is there', () => {
    expect(pactFaults(whole)).toEqual([]);
  });

  it('cannot without one of them', () => {
    const content = (change: object) => fields({ content: { ...whole.content, ...change } });
    expect(content({ searchActs: ' ' })).toEqual(['content/search_acts']);
    expect(content({ searchProof: '' })).toEqual(['content/search_proof']);
    expect(content({ contactEveryDays: 0 })).toEqual(['content/contact_every_days']);
    expect(content({ targetJob: '' })).toEqual(['content/target_job']);
    expect(
      content({ availability: { searchSkills: true, training: false, suitableOffers: true } }),
    ).toEqual(['content/availability']);
    expect(fields({ actions: [] })).toEqual(['actions']);
  });

  it('has actions inside its dates that say how they are proved and cite the law', () => {
    expect(fields({ actions: [{ ...action, dueOn: '2027-09-05' }] })).toEqual(['actions/0/due_on']);
    expect(fields({ actions: [action, { ...action, proof: '' }] })).toEqual(['actions/1/proof']);
    expect(fields({ actions: [{ ...action, letter: null }] })).toEqual(['actions/0/legal_letter']);
    expect(fields({ endsOn: '2027-03-03' })).toContain('ends_on');
  });

  it('is faulty exactly when an action falls outside, whatever the dates', () => {
    const day = fc.integer({ min: 0, max: 400 });
    const iso = (n: number) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, day, (a, b, due) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const found = fields({
          startsOn: iso(start),
          endsOn: iso(end),
          actions: [{ ...action, dueOn: iso(due) }],
        });
        expect(found.length === 0).toBe(due >= start && due <= end);
      }),
    );
  });
});
