import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { recordOutcome } from '../../src/booking/actions/record-outcome.ts';
import { archivePerson } from '../../src/convocation/actions/archive-person.ts';
import { bookByInvitation } from '../../src/convocation/actions/book-by-invitation.ts';
import { choosePeople, clearPeople } from '../../src/convocation/actions/choose-people.ts';
import { forecastCapacity } from '../../src/convocation/actions/forecast-capacity.ts';
import { importPeople } from '../../src/convocation/actions/import-people.ts';
import { launchCampaign, stopCampaign } from '../../src/convocation/actions/launch-campaign.ts';
import { redeemInvitation } from '../../src/convocation/actions/open-invitation.ts';
import { listCampaigns, readCampaign } from '../../src/convocation/actions/read-campaign.ts';
import { saveCampaign } from '../../src/convocation/actions/save-campaign.ts';
import { remindInvited, sendInvitations } from '../../src/convocation/actions/send-invitations.ts';
import { rows } from '../../src/platform/database.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { aPerson, MESSINA } from '../support/fixtures.ts';
import { invited, list, plan, type World, world } from './world.ts';

let services: TestServices;
let here: World;
const at = (iso: string) => Date.parse(iso);
const FRIDAY_NINE = at('2027-03-05T09:00:00+01:00');

beforeAll(async () => {
  services = await testServices();
  here = await world(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate campaign, invitation, convocation, appointment, occupied, outbox, audit_event, person cascade`,
  );
  await rebuildFreeTime(here.system(), { days: 60 });
});

const messages = (kind: string) =>
  rows<{ recipient: string; payload: Record<string, unknown>; channel: string }>(
    services.database,
    sql`select recipient, payload, channel from outbox where kind = ${kind} order by recipient`,
  );
const states = async (id: string) =>
  (await readCampaign(here.operator(), id)).people.map(({ followUp }) => followUp);

describe('a campaign', () => {
  it('invites the people of a list, each with a code of their own', async () => {
    const { campaign, codes } = await invited(here, 3);
    expect(new Set(codes).size).toBe(3);
    const sent = await messages('invitation');
    expect(sent.map(({ recipient }) => recipient)).toEqual([
      'rosa0@example.invalid',
      'rosa1@example.invalid',
      'rosa2@example.invalid',
    ]);
    expect(sent.map(({ payload }) => payload.code)).toEqual(codes);
    expect(await states(campaign.id)).toEqual(['pending', 'pending', 'pending']);
  });

  it('keeps no code that the database could give away', async () => {
    const { codes } = await invited(here, 1);
    await services.database.execute(sql`delete from outbox`);
    const [found] = await rows<{ found: boolean }>(
      services.database,
      sql`select exists (select from invitation i where i::text like ${`%${codes[0]}%`})
        or exists (select from audit_event e where e::text like ${`%${codes[0]}%`}) as found`,
    );
    expect(found!.found).toBe(false);
  });

  it('takes a list whole or not at all, with the line of each fault', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here));
    const text = `${list(2)}\nBNCDAA85D41G273E;Ada;Bianchi;ada@example.org;${MESSINA}`;
    const outcome = await importPeople(here.operator(), campaign.id, text);
    expect(outcome).toMatchObject({
      kind: 'refused',
      faults: [{ line: 4, message: { it: 'appartiene al bacino di un altro ufficio' } }],
    });
    expect((await readCampaign(here.operator(), campaign.id)).people).toEqual([]);
    const [counted] = await rows<{ people: number }>(
      services.database,
      sql`select count(*)::int as people from person`,
    );
    expect(counted!.people).toBe(0);
  });

  it('takes people of its bacini by filter, once each, and forgets the list when asked', async () => {
    await aPerson(services);
    await aPerson(services, { domicile: MESSINA });
    const campaign = await saveCampaign(here.operator(), plan(here));
    const filter = { history: 'never', limit: 100 } as const;
    expect(await choosePeople(here.operator(), campaign.id, filter)).toBe(1);
    expect(await choosePeople(here.operator(), campaign.id, filter)).toBe(0);
    await clearPeople(here.operator(), campaign.id);
    expect((await readCampaign(here.operator(), campaign.id)).people).toEqual([]);
  });

  it('is seen by the operators of its offices only, and changed by those of all of them', async () => {
    const campaign = await saveCampaign(
      here.administrator(),
      plan(here, { officeIds: [here.officeId, here.farOfficeId] }),
    );
    await importPeople(here.administrator(), campaign.id, list(1));
    await readCampaign(here.operator(), campaign.id);
    await expect(launchCampaign(here.operator(), { id: campaign.id })).rejects.toMatchObject({
      status: 403,
    });
    const elsewhere = callAs(services, {
      kind: 'operator',
      operatorId: here.operatorId,
      officeIds: [services.ids()],
    });
    await expect(readCampaign(elsewhere, campaign.id)).rejects.toMatchObject({ status: 404 });
    expect((await listCampaigns(elsewhere)).campaigns).toEqual([]);
    await expect(readCampaign(here.visitor(), campaign.id)).rejects.toMatchObject({ status: 401 });
  });

  it('takes a list as long as an office’s, up to its limit, and shows it page by page', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here));
    const headers = await as(services, {
      kind: 'operator',
      operatorId: here.operatorId,
      officeIds: [here.officeId],
    });
    const send = (csv: string) =>
      testApp(services).request(
        `/v1/campaigns/${campaign.id}/people-lists`,
        json('POST', { csv }, headers),
      );
    // A third of a million characters, as with addresses written out.
    const answer = await send(list(1000, `indirizzo=${'Via Lunga '.repeat(25)}`));
    expect([answer.status, await answer.json()]).toEqual([200, { added: 1000 }]);
    const refused = await send(list(10_001));
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/csv/10002']);
    await launchCampaign(here.operator(), { id: campaign.id, overrideReason: 'prova' });
    const page = async (query: string) => {
      const path = `/operatore/convocazioni/${campaign.id}${query}`;
      const text = await (await testApp(services).request(path, { headers })).text();
      return [
        text.match(/<th scope="row">/g)?.length ?? 0,
        text.match(/[\d.]+–[\d.]+ di [\d.]+/)?.[0],
      ];
    };
    expect(await page('?da=900')).toEqual([100, '901–1.000 di 1.000']);
    expect(await page('?stato=seen')).toEqual([0, undefined]);
  });

  it('is launched once, even by two operators who saw the same page', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here));
    await importPeople(here.operator(), campaign.id, list(2));
    const seen = { id: campaign.id, version: campaign.version };
    await launchCampaign(here.operator(), seen);
    await expect(launchCampaign(here.operator(), seen)).rejects.toMatchObject({
      kind: { slug: 'campaign-not-draft' },
    });
    await sendInvitations(here.system());
    await sendInvitations(here.system());
    expect(await messages('invitation')).toHaveLength(2);
  });

  it('that was stopped invites nobody more, and leaves the codes that went out', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here, { waveSize: 1, waveDays: 2 }));
    await importPeople(here.operator(), campaign.id, list(3));
    await launchCampaign(here.operator(), { id: campaign.id });
    await sendInvitations(here.system());
    expect(await states(campaign.id)).toEqual(['pending', 'queued', 'queued']);
    services.setNow('2027-03-06T09:00:00+01:00');
    await sendInvitations(here.system());
    expect(await stopCampaign(here.operator(), campaign.id)).toBe(1);
    services.setNow('2027-03-08T09:00:00+01:00');
    await sendInvitations(here.system());
    expect(await states(campaign.id)).toEqual(['pending', 'pending', 'withdrawn']);
  });
});

describe('before a campaign leaves', () => {
  it('says that five hundred people do not fit into a hundred and twenty places', async () => {
    // Fifteen weekday mornings of eight half hours with one operator.
    const campaign = await saveCampaign(here.operator(), plan(here, { closesOn: '2027-03-25' }));
    await importPeople(here.operator(), campaign.id, list(500));
    const forecast = await forecastCapacity(here.operator(), campaign.id);
    expect(forecast).toMatchObject({ people: 500, seats: 120, missing: 380, enough: false });
    expect(forecast.proposals).toMatchObject({
      waves: { size: 120, count: 5 },
      minutes: 380 * 30,
      closesOn: undefined,
    });
    await expect(launchCampaign(here.operator(), { id: campaign.id })).rejects.toMatchObject({
      kind: { slug: 'capacity-missing' },
      extra: { members: { people: 500, seats: 120, available: 120 } },
    });
    expect(await messages('invitation')).toHaveLength(0);

    await launchCampaign(here.operator(), {
      id: campaign.id,
      overrideReason: 'Apriamo il sabato da aprile',
    });
    const [audited] = await rows<{ detail: Record<string, unknown> }>(
      services.database,
      sql`select detail from audit_event where action = 'launch-campaign'`,
    );
    expect(audited!.detail).toMatchObject({ override_reason: 'Apriamo il sabato da aprile' });
    await sendInvitations(here.system());
    expect(await messages('invitation')).toHaveLength(500);
  });

  it('proposes the shortest window that holds everybody', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here, { closesOn: '2027-03-08' }));
    await importPeople(here.operator(), campaign.id, list(40));
    const { seats, proposals } = await forecastCapacity(here.operator(), campaign.id);
    expect(seats).toBe(16);
    expect(proposals?.closesOn).toBe('2027-03-15');
  });

  it('sets aside the places that invitations of other campaigns may still take', async () => {
    await invited(here, 10, { closesOn: '2027-03-08' });
    const second = await saveCampaign(here.operator(), plan(here, { closesOn: '2027-03-08' }));
    const forecast = await forecastCapacity(here.operator(), second.id);
    expect(forecast).toMatchObject({ seats: 16, expected: 10, available: 6 });
  });
});

describe('an invitation', () => {
  it('is refused to whoever was invited in the same format within a day', async () => {
    await invited(here, 1);
    services.setNow('2027-03-05T08:59:00+01:00');
    const second = await invited(here, 1);
    expect(second.people[0]).toMatchObject({
      state: 'refused',
      refusal: 'same-format-within-a-day',
    });
    services.setNow('2027-03-05T09:00:00+01:00');
    expect((await invited(here, 1)).people[0]).toMatchObject({ state: 'sent' });
  });

  it('is refused to whoever booked meanwhile, or was archived', async () => {
    const first = await invited(here, 2);
    await bookByInvitation(here.visitor(), { code: first.codes[0]!, start: FRIDAY_NINE });
    await archivePerson(here.operator(), first.people[1]!.id, 'Ha trovato lavoro');
    services.setNow('2027-03-05T08:59:00+01:00');
    const campaign = await saveCampaign(here.operator(), plan(here));
    const outcome = await importPeople(here.operator(), campaign.id, list(2));
    expect(outcome).toMatchObject({ kind: 'refused', faults: [{ line: 3 }] });
    const second = await invited(here, 1);
    expect(second.people[0]).toMatchObject({ state: 'refused', refusal: 'has-appointment' });
    await expect(redeemInvitation(here.visitor(), first.codes[1]!)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('books a service that nobody else may book, once', async () => {
    const { people, codes, campaign } = await invited(here, 1);
    const code = codes[0]!;
    const person = { ...PERSON, email: 'uninvited@example.org' };
    const wanted = { serviceId: here.serviceId, officeId: here.officeId, start: FRIDAY_NINE };
    await expect(bookAppointment(here.visitor(), { ...wanted, person })).rejects.toMatchObject({
      status: 403,
    });
    const typed = code.toLowerCase().replace(/(.{4})/g, '$1 ');
    const { earliest } = await redeemInvitation(here.visitor(), typed);
    expect(earliest).toBe(FRIDAY_NINE);
    const booked = await bookByInvitation(here.visitor(), { code, start: FRIDAY_NINE });
    expect(booked.person?.id).toBe(people[0]!.personId);
    expect(booked.contactEmail).toBe('rosa0@example.invalid');
    expect(await states(campaign.id)).toEqual(['booked']);
    const later = at('2027-03-08T09:00:00+01:00');
    for (const again of [
      () => redeemInvitation(here.visitor(), code),
      () => bookByInvitation(here.visitor(), { code, start: later }),
    ]) {
      await expect(again()).rejects.toMatchObject({ kind: { slug: 'invitation-not-recognised' } });
    }
  });

  it('answers wrong, expired and used codes alike', async () => {
    const { codes } = await invited(here, 1);
    const wrong = await redeemInvitation(here.visitor(), '0000-0000-0000').catch((e) => e);
    services.setNow('2027-03-19T00:00:00+01:00');
    const expired = await redeemInvitation(here.visitor(), codes[0]!).catch((e) => e);
    expect(expired.kind).toBe(wrong.kind);
    expect(expired.extra).toEqual(wrong.extra);
  });

  it('books inside its own window and offices only', async () => {
    const { codes } = await invited(here, 1);
    const code = codes[0]!;
    const start = at('2027-03-19T09:00:00+01:00');
    await expect(bookByInvitation(here.visitor(), { code, start })).rejects.toMatchObject({
      status: 422,
    });
    await expect(
      bookByInvitation(here.visitor(), { code, start: FRIDAY_NINE, officeId: here.farOfficeId }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('is good again when its person cancelled, until it expires', async () => {
    const { codes, campaign } = await invited(here, 1);
    const code = codes[0]!;
    const booked = await bookByInvitation(here.visitor(), { code, start: FRIDAY_NINE });
    await cancelAppointment(here.operator(), { id: booked.id });
    expect(await states(campaign.id)).toEqual(['pending']);
    const again = await bookByInvitation(here.visitor(), { code, start: FRIDAY_NINE });
    expect(again.id).not.toBe(booked.id);
    expect(await states(campaign.id)).toEqual(['booked']);
  });

  it('follows its appointment to the end: seen closes, absent may be convoked', async () => {
    const { codes, campaign } = await invited(here, 2);
    const times = [FRIDAY_NINE, FRIDAY_NINE + 1_800_000];
    const [first, second] = await Promise.all(
      codes.map((code, n) => bookByInvitation(here.visitor(), { code, start: times[n]! })),
    );
    services.setNow('2027-03-05T10:00:00+01:00');
    expect(await states(campaign.id)).toEqual(['outcome-due', 'outcome-due']);
    await recordOutcome(here.operator(), { id: first!.id, outcome: 'seen' });
    await recordOutcome(here.operator(), { id: second!.id, outcome: 'absent' });
    expect(await states(campaign.id)).toEqual(['seen', 'absent']);
    const { funnel, people } = await readCampaign(here.operator(), campaign.id);
    expect(funnel).toEqual({ people: 2, invited: 2, opened: 2, booked: 2, seen: 1, expired: 0 });
    expect(people.map(({ next }) => next)).toEqual(['none', 'convoke']);
  });
});

describe('a reminder', () => {
  it('leaves once, on the third day, to those who did not book', async () => {
    const { codes } = await invited(here, 2);
    await bookByInvitation(here.visitor(), { code: codes[0]!, start: FRIDAY_NINE });
    for (const now of ['2027-03-06T09:00:00+01:00', '2027-03-07T08:59:00+01:00']) {
      services.setNow(now);
      await remindInvited(here.system());
    }
    expect(await messages('invitation-reminder')).toEqual([]);
    services.setNow('2027-03-07T09:00:30+01:00');
    await remindInvited(here.system());
    await remindInvited(here.system());
    const sent = await messages('invitation-reminder');
    expect(sent.map(({ recipient }) => recipient)).toEqual(['rosa1@example.invalid']);
    expect(sent[0]!.payload.code).toBe(codes[1]);
  });

  it('does not leave when the code ends within two days', async () => {
    await invited(here, 1, { closesOn: '2027-03-08' });
    services.setNow('2027-03-07T09:00:30+01:00');
    await remindInvited(here.system());
    expect(await messages('invitation-reminder')).toEqual([]);
  });
});

describe('an invitation opened when nothing is free', () => {
  it('is noted, prolonged and told to the office, and never counted against the person', async () => {
    const { codes, campaign } = await invited(here, 2, { closesOn: '2027-03-05' });
    await services.database.execute(sql`update free_time set free = '{}'`);
    for (const code of codes) {
      const { earliest, invited: opened } = await redeemInvitation(here.visitor(), code);
      expect(earliest).toBeUndefined();
      expect(opened.expiresAt).toBe(at('2027-03-19T00:00:00+01:00'));
    }
    await redeemInvitation(here.visitor(), codes[0]!);
    const { requests } = await listCampaigns(here.operator());
    expect(requests).toHaveLength(2);
    const told = await messages('no-time-for-invited');
    expect(told.map(({ recipient }) => recipient)).toEqual(['cpi.palermo@example.invalid']);
    services.setNow('2027-03-12T09:00:00+01:00');
    expect(await states(campaign.id)).toEqual(['pending', 'pending']);
  });
});

const PERSON = {
  givenName: 'Rosa',
  familyName: 'Rossi',
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
};
