import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { recordOutcome } from '../../src/booking/actions/record-outcome.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { as, callAs, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

describe('tables to take along', () => {
  let services: TestServices;
  let app: ReturnType<typeof testApp>;
  let officeId: string;
  let operatorId: string;

  beforeAll(async () => {
    services = await testServices();
    app = testApp(services);
    officeId = await anOffice(services, { code: 'cpi-prova' });
    operatorId = await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    const serviceId = await aService(services, {
      name: { it: '=HYPERLINK("http://x")', en: 'First; interview' },
    });
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 60 });
    const outcomes = ['seen', 'seen', 'absent'] as const;
    const ids = [];
    for (const [turn] of outcomes.entries()) {
      const booked = await bookAppointment(callAs(services, ANONYMOUS), {
        serviceId,
        officeId,
        start: Date.parse('2027-03-30T07:00:00Z') + turn * 1_800_000,
        person: {
          givenName: 'Rosa',
          familyName: 'Rossi',
          email: `rosa${turn}@example.org`,
          phone: undefined,
          taxCode: undefined,
          domicile: undefined,
        },
      });
      ids.push(booked.id);
    }
    services.setNow('2027-03-30T13:00:00+02:00');
    for (const [turn, outcome] of outcomes.entries()) {
      await recordOutcome(callAs(services, operator()), { id: ids[turn]!, outcome });
    }
  });
  afterAll(() => services.close());

  const operator = () => ({ kind: 'operator' as const, operatorId, officeIds: [officeId] });
  const download = async (path: string, actor: Parameters<typeof as>[1] = operator()) =>
    app.request(path, { headers: { 'Accept-Language': 'it', ...(await as(services, actor)) } });
  const period = () => `office_id=${officeId}&from=2027-03-30&to=2027-03-30`;

  it('open in Italian Excel as they are: times of Rome, decimal commas, no formulas', async () => {
    const answer = await download(`/v1/appointment-exports?${period()}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes);
    expect(text.split('\r\n')).toHaveLength(5);
    const lines: string[][] = parse(text, { delimiter: ';' });
    expect(lines[1]!.slice(1, 4)).toEqual([
      '30/03/2027 09:00',
      '30/03/2027 09:30',
      `'=HYPERLINK("http://x")`,
    ]);

    const outcomes = await (await download(`/v1/outcome-exports?${period()}`)).text();
    const counts: string[][] = parse(outcomes, { delimiter: ';', bom: true });
    expect(counts[1]!.slice(2)).toEqual(['3', '2', '0', '1', '0', '0', '0', '0', '33,33']);
  });

  it('are for the staff of the office, and for a year at most', async () => {
    const stranger = { ...operator(), officeIds: [services.ids()] };
    expect((await download(`/v1/appointment-exports?${period()}`, stranger)).status).toBe(403);
    for (const days of ['from=2027-03-30&to=2027-03-29', 'from=2026-03-30&to=2027-04-30']) {
      const answer = await download(`/v1/appointment-exports?office_id=${officeId}&${days}`);
      expect(answer.status).toBe(422);
    }
  });

  it('are taken from the page too, which says what to put right', async () => {
    const path = '/operatore/collegamenti/appuntamenti.csv';
    const good = await download(`${path}?ufficio=cpi-prova&dal=2027-03-30&al=2027-03-30`);
    expect(good.headers.get('content-disposition')).toContain('.csv"');
    const bad = await download(`${path}?ufficio=cpi-prova&dal=2027-03-30&al=2027-03-01`);
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('al massimo un anno');
  });
});
