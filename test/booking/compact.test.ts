import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { compactStarts } from '../../src/booking/rules/compact.ts';
import { wasteTable } from '../../src/booking/rules/seating.ts';
import { openStarts } from '../../src/booking/rules/starts.ts';
import { dayOf, MINUTE } from '../../src/platform/clock.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const NINE = Date.parse('2027-03-08T09:00:00+01:00');

describe('starts that break a day up least', () => {
  it('are some of the free ones: the first of each day, and something of each half day', () => {
    const quarter = fc.integer({ min: 0, max: 3 * 96 });
    const stretch = fc.tuple(quarter, fc.integer({ min: 1, max: 30 })).map(([from, length]) => ({
      start: NINE + from * 15 * MINUTE,
      end: NINE + (from + length) * 15 * MINUTE,
    }));
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 6 }),
        fc.constantFrom(30, 45, 60, 75),
        (free, durationMinutes) => {
          const service = {
            durationMinutes,
            bufferMinutes: 0,
            bufferBeforeMinutes: 0,
            gridMinutes: 15,
            gridAnchor: 'clock' as const,
            minNoticeMinutes: 0,
            horizonDays: 90,
            operators: 1,
          };
          const everybody = free.map((one) => [one]);
          const window = { start: NINE, end: NINE + 5 * 24 * 60 * MINUTE };
          const all = openStarts(service, everybody, window);
          const shown = compactStarts(service, everybody, all, wasteTable([30, 45, 60]));
          const halfOf = ({ start }: { start: number }) =>
            `${dayOf(start)} ${new Date(start).getUTCHours() + 1 < 13}`;
          expect(all).toEqual(expect.arrayContaining(shown));
          expect(new Set(shown.map(halfOf))).toEqual(new Set(all.map(halfOf)));
          const firsts = (list: typeof all) =>
            list.filter(({ start }, n) => n === 0 || dayOf(list[n - 1]!.start) !== dayOf(start));
          expect(firsts(shown)).toEqual(firsts(all));
        },
      ),
    );
  });
});

describe('a service that proposes them', () => {
  let services: TestServices;
  let app: ReturnType<typeof testApp>;
  let office: string;

  beforeAll(async () => {
    services = await testServices();
    app = testApp(services);
    office = await anOffice(services);
    await anOperator(services, office);
    await weekdayMornings(services, office);
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 10 });
  }, 60_000);
  afterAll(() => services?.close());

  it('leaves out what would leave a gap for nobody, though it can still be booked', async () => {
    const service = await aService(services, {
      durationMinutes: 60,
      gridMinutes: 15,
      compactStarts: true,
    });
    await aService(services, { durationMinutes: 30 });
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 10 });
    const shownTo = async (headers = {}) => {
      const query = `service_id=${service}&from=2027-03-08&to=2027-03-08`;
      const answer = await app.request(`/v1/offices/${office}/starts?${query}`, { headers });
      const { items } = (await answer.json()) as { items: { starts_at: string }[] };
      return items.map(({ starts_at }) => starts_at.slice(11, 16));
    };
    // From nine to one, in UTC: halves and wholes of an hour fill a morning, quarters do not.
    expect(await shownTo()).toEqual([
      '08:00',
      '08:30',
      '09:00',
      '09:30',
      '10:00',
      '10:30',
      '11:00',
    ]);
    const desk = await as(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [office],
    });
    expect(await shownTo(desk)).toHaveLength(13);
    const booking = {
      service_id: service,
      office_id: office,
      starts_at: '2027-03-08T09:15:00+01:00',
      person: { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' },
    };
    const booked = await app.request('/v1/appointments', json('POST', booking));
    expect(booked.status).toBe(201);
  });
});
