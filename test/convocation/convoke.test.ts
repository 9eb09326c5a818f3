import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { recordOutcome } from '../../src/booking/actions/record-outcome.ts';
import { bookByInvitation } from '../../src/convocation/actions/book-by-invitation.ts';
import {
  convocable,
  convokeDue,
  convokePeople,
  convokePerson,
} from '../../src/convocation/actions/convoke-people.ts';
import { redeemInvitation } from '../../src/convocation/actions/open-invitation.ts';
import {
  askPostponement,
  decidePostponement,
} from '../../src/convocation/actions/postpone-convocation.ts';
import { readCampaign } from '../../src/convocation/actions/read-campaign.ts';
import {
  listConvocations,
  openConvocationByCode,
  readConvocation,
} from '../../src/convocation/actions/read-convocation.ts';
import { recordProof } from '../../src/convocation/actions/record-proof.ts';
import { seatConvocations } from '../../src/convocation/actions/seat-convocations.ts';
import { codeOf } from '../../src/convocation/rules/code.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { aPerson } from '../support/fixtures.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { invited, type World, world } from './world.ts';

let services: TestServices;
let here: World;
const at = (iso: string) => Date.parse(iso);
/** The first half hour after seven whole days of notice from Thursday 4 March. */
const FIRST_AFTER_NOTICE = at('2027-03-12T09:00:00+01:00');

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

const convoke = async (channel: 'pec' | 'registered' | 'email' = 'registered') =>
  convokePerson(here.operator(), {
    personId: await aPerson(services),
    serviceId: here.serviceId,
    officeId: here.officeId,
    channel,
    pec: 'rosa@pec.example.invalid',
  });
const messages = (kind: string) =>
  rows<{ recipient: string; channel: string; payload: Record<string, unknown> }>(
    services.database,
    sql`select recipient, channel, payload from outbox where kind = ${kind}`,
  );

describe('a convocation', () => {
  it('imposes the earliest real start that leaves the notice', async () => {
    const found = await convoke('pec');
    expect(found).toMatchObject({ state: 'open', startsAt: FIRST_AFTER_NOTICE });
    const [written] = await rows<{ origin: string; state: string }>(
      services.database,
      sql`select origin, state from appointment where id = ${found.appointmentId}`,
    );
    expect(written).toEqual({ origin: 'convocation', state: 'confirmed' });
    expect(await messages('convocation')).toMatchObject([
      { channel: 'pec', recipient: 'rosa@pec.example.invalid' },
    ]);
  });

  it('takes the date that was agreed, or says that it is not free and convokes nobody', async () => {
    const wanted = {
      serviceId: here.serviceId,
      officeId: here.officeId,
      channel: 'agreed_in_pact',
      start: at('2027-03-08T10:00:00+01:00'),
    } as const;
    const first = await convokePerson(here.operator(), {
      ...wanted,
      personId: await aPerson(services),
    });
    expect(first.startsAt).toBe(wanted.start);
    await expect(
      convokePerson(here.operator(), { ...wanted, personId: await aPerson(services) }),
    ).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    expect((await listConvocations(here.operator())).map(({ state }) => state)).toEqual([
      'open',
      'closed',
    ]);
  });

  it('is one for each person and service', async () => {
    const { personId } = await convoke();
    const again = { personId, serviceId: here.serviceId, officeId: here.officeId };
    await expect(
      convokePerson(here.operator(), { ...again, channel: 'pec' }),
    ).rejects.toMatchObject({ kind: { slug: 'person-has-appointment' } });
  });

  it('by a channel without an address is refused, and takes no date', async () => {
    const personId = await aPerson(services);
    const wanted = { personId, serviceId: here.serviceId, officeId: here.officeId };
    await expect(
      convokePerson(here.operator(), { ...wanted, channel: 'pec' }),
    ).rejects.toMatchObject({ kind: { slug: 'person-not-reachable' } });
    expect(await listConvocations(here.operator())).toEqual([]);
  });

  it('waits without a date while nothing is free, and takes one as soon as there is', async () => {
    await services.database.execute(sql`update free_time set free = '{}'`);
    const found = await convoke();
    expect(found).toMatchObject({ state: 'seating', startsAt: null });
    await rebuildFreeTime(here.system(), { days: 60 });
    services.setNow('2027-03-04T09:30:00+01:00');
    await seatConvocations(here.system());
    expect((await readConvocation(here.operator(), found.id)).state).toBe('open');
    await seatConvocations(here.system());
    expect(await messages('convocation')).toHaveLength(0);
  });

  it('closes when its appointment has an outcome, and may then be followed by another', async () => {
    const { id, appointmentId, personId } = await convoke();
    services.setNow('2027-03-12T10:00:00+01:00');
    await recordOutcome(here.operator(), { id: appointmentId, outcome: 'absent' });
    await seatConvocations(here.system());
    expect((await readConvocation(here.operator(), id)).state).toBe('closed');
    const again = await convokePerson(here.operator(), {
      personId,
      serviceId: here.serviceId,
      officeId: here.officeId,
      channel: 'by_hand',
    });
    expect(again.state).toBe('open');
  });

  it('is read by its office and its person, nobody else', async () => {
    const { id, personId } = await convoke();
    const person = callAs(services, { kind: 'jobseeker', personId });
    const stranger = callAs(services, { kind: 'jobseeker', personId: services.ids() });
    expect((await readConvocation(person, id)).id).toBe(id);
    await expect(readConvocation(stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(readConvocation(here.visitor(), id)).rejects.toMatchObject({ status: 401 });
    const code = await codeOf(services.secrets, 'convocation', id);
    expect((await openConvocationByCode(here.visitor(), code)).id).toBe(id);
    await expect(redeemInvitation(here.visitor(), code)).rejects.toMatchObject({ status: 404 });
  });
});

describe('people of a campaign', () => {
  it('may be convoked when their invitation ran out, all together, nobody twice', async () => {
    const { campaign, codes } = await invited(here, 3);
    const start = at('2027-03-05T09:00:00+01:00');
    await bookByInvitation(here.visitor(), { code: codes[0]!, start });
    expect(await convocable(here.operator(), campaign.id)).toEqual([]);

    services.setNow('2027-03-19T09:00:00+01:00');
    expect(await convocable(here.operator(), campaign.id)).toHaveLength(2);
    expect(await convokePeople(here.operator(), { campaignId: campaign.id })).toBe(2);
    expect(await convokePeople(here.operator(), { campaignId: campaign.id })).toBe(0);
    await seatConvocations(here.system());
    const { people } = await readCampaign(here.operator(), campaign.id);
    expect(people.map(({ followUp }) => followUp)).toEqual(['outcome-due', 'booked', 'booked']);
    const dates = new Set(people.slice(1).map(({ appointment }) => appointment!.startsAt));
    // Easter Monday lies between: the first day after the notice is Tuesday 30 March.
    const tuesday = [at('2027-03-30T09:00:00+02:00'), at('2027-03-30T09:30:00+02:00')];
    expect(dates).toEqual(new Set(tuesday));
  });

  it('are convoked by themselves when the term is near, once, if the campaign says so', async () => {
    const { campaign } = await invited(here, 2, {
      convokes: true,
      convocationChannel: 'email',
      closesOn: '2027-03-06',
    });
    services.setNow('2027-03-08T09:00:00+01:00');
    await convokeDue(here.system());
    expect(await listConvocations(here.operator())).toEqual([]);
    // Fifteen days from the invitation, less seven of notice and three to prepare.
    services.setNow('2027-03-10T00:00:00+01:00');
    await convokeDue(here.system());
    await convokeDue(here.system());
    await seatConvocations(here.system());
    const list = await listConvocations(here.operator());
    expect(list).toHaveLength(2);
    expect(list.every(({ campaignId }) => campaignId === campaign.id)).toBe(true);
    expect(await messages('convocation')).toHaveLength(2);
  });

  it('who found no time are not convoked for it', async () => {
    const { codes } = await invited(here, 1, { convokes: true, closesOn: '2027-03-06' });
    await services.database.execute(sql`update free_time set free = '{}'`);
    await redeemInvitation(here.visitor(), codes[0]!);
    services.setNow('2027-03-25T09:00:00+01:00');
    await convokeDue(here.system());
    expect(await listConvocations(here.operator())).toEqual([]);
  });

  it('who booked by themselves before the date was found are left alone', async () => {
    await services.database.execute(sql`update free_time set free = '{}'`);
    const { id, personId } = await convoke();
    await rebuildFreeTime(here.system(), { days: 60 });
    await bookAppointment(here.operator(), {
      personId,
      serviceId: here.serviceId,
      officeId: here.officeId,
      start: at('2027-03-08T09:00:00+01:00'),
    });
    services.setNow('2027-03-04T11:00:00+01:00');
    await seatConvocations(here.system());
    expect((await readConvocation(here.operator(), id)).state).toBe('closed');
    expect(await messages('convocation')).toEqual([]);
  });
});

describe('what a convocation can sustain', () => {
  it('nothing, if it went by ordinary e-mail alone', async () => {
    const { id } = await convoke('email');
    expect((await readConvocation(here.operator(), id)).evidence).toBe('informal-channel');
    await expect(
      recordProof(here.operator(), {
        convocationId: id,
        kind: 'registered_received',
        happenedOn: '2027-03-04',
        reference: 'RA 1',
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('something, once the delivery of a registered letter is recorded, by whom and when', async () => {
    const { id } = await convoke();
    expect((await readConvocation(here.operator(), id)).evidence).toBe('proof-missing');
    services.setNow('2027-03-09T09:00:00+01:00');
    const proof = {
      convocationId: id,
      kind: 'registered_received',
      happenedOn: '2027-03-08',
      reference: 'RA 200123456789',
    } as const;
    expect((await recordProof(here.operator(), proof)).evidence).toBe('formal');
    expect((await recordProof(here.operator(), proof)).proofs).toHaveLength(1);
    await expect(
      recordProof(here.operator(), { ...proof, happenedOn: '2027-03-10' }),
    ).rejects.toMatchObject({ status: 422 });
  });
});

describe('another date', () => {
  const wished = at('2027-03-16T09:00:00+01:00');

  async function asked() {
    const found = await convoke();
    const code = await codeOf(services.secrets, 'convocation', found.id);
    const request = { convocationId: found.id, code, reason: 'illness' } as const;
    const { postponements } = await askPostponement(here.visitor(), request);
    return { ...found, request, postponementId: postponements[0]!.id };
  }

  it('is asked for once, with the code, and given by the desk', async () => {
    const { id, request, postponementId } = await asked();
    await expect(askPostponement(here.visitor(), request)).rejects.toMatchObject({ status: 409 });
    const moved = await decidePostponement(here.operator(), postponementId, {
      kind: 'approve',
      start: wished,
    });
    expect(moved.startsAt).toBe(wished);
    await expect(askPostponement(here.visitor(), request)).rejects.toMatchObject({ status: 409 });
    await expect(
      decidePostponement(here.operator(), postponementId, { kind: 'decline', answer: 'No' }),
    ).rejects.toMatchObject({ kind: { slug: 'postponement-decided' } });
    expect((await readConvocation(here.operator(), id)).state).toBe('open');
  });

  it('may be declined with an answer, and the date stays', async () => {
    const { postponementId, startsAt } = await asked();
    const declined = await decidePostponement(here.operator(), postponementId, {
      kind: 'decline',
      answer: 'Serve il certificato',
    });
    expect(declined).toMatchObject({
      startsAt,
      postponements: [{ state: 'declined', answer: 'Serve il certificato' }],
    });
    expect(await messages('postponement-declined')).toHaveLength(1);
  });

  it('declined by a colleague a moment before is not given, and the date stays', async () => {
    const { postponementId, startsAt, id } = await asked();
    const database = meanwhile(services.database, () =>
      decidePostponement(here.operator(), postponementId, { kind: 'decline', answer: 'No' }),
    );
    await expect(
      decidePostponement({ ...here.operator(), database }, postponementId, {
        kind: 'approve',
        start: wished,
      }),
    ).rejects.toMatchObject({ kind: { slug: 'postponement-decided' } });
    expect(await readConvocation(here.operator(), id)).toMatchObject({
      startsAt,
      postponements: [{ state: 'declined' }],
    });
  });

  it('that is taken leaves everything as it was', async () => {
    const { postponementId, id, startsAt } = await asked();
    await bookAppointment(here.operator(), {
      personId: await aPerson(services),
      serviceId: here.serviceId,
      officeId: here.officeId,
      start: wished,
    });
    await expect(
      decidePostponement(here.operator(), postponementId, { kind: 'approve', start: wished }),
    ).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    expect(await readConvocation(here.operator(), id)).toMatchObject({
      startsAt,
      postponements: [{ state: 'asked' }],
    });
  });

  it('cannot be asked for once the hour has come, nor with somebody else’s code', async () => {
    const first = await convoke();
    const second = await convoke();
    const code = await codeOf(services.secrets, 'convocation', second.id);
    const request = { convocationId: first.id, code, reason: 'family' } as const;
    await expect(askPostponement(here.visitor(), request)).rejects.toMatchObject({ status: 404 });
    services.setNow('2027-03-12T09:30:00+01:00');
    await expect(
      askPostponement(here.visitor(), { ...request, convocationId: second.id }),
    ).rejects.toMatchObject({ kind: { slug: 'postponement-not-allowed' } });
  });
});
