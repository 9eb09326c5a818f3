import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import {
  confirmReading,
  listReadingHistory,
  type NewReading,
  withdrawReading,
  writeReading,
} from '../../src/convocation/actions/channel-readings.ts';
import { collectReceipts } from '../../src/convocation/actions/collect-receipts.ts';
import {
  convokeOtherwise,
  type OtherConvoking,
} from '../../src/convocation/actions/convoke-otherwise.ts';
import { convokePerson } from '../../src/convocation/actions/convoke-people.ts';
import {
  askPostponement,
  decidePostponement,
} from '../../src/convocation/actions/postpone-convocation.ts';
import { readConvocation } from '../../src/convocation/actions/read-convocation.ts';
import { readingOf } from '../../src/convocation/rules/channels.ts';
import { codeOf } from '../../src/convocation/rules/code.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import type { Carriers } from '../../src/notices/carrier.ts';
import { recordTold } from '../../src/notices/store/deliveries.ts';
import { rows } from '../../src/platform/database.ts';
import { as, type TestServices, testApp, testServices } from '../support/app.ts';
import { aPerson } from '../support/fixtures.ts';
import { pecReceipt } from '../support/pec.ts';
import { DELIVERY_SECRET, signedReport } from '../support/signed-report.ts';
import { type World, world } from './world.ts';

let services: TestServices;
let here: World;
const at = (iso: string) => Date.parse(iso);

beforeAll(async () => {
  services = await testServices({ environment: { DELIVERY_KEY: DELIVERY_SECRET } });
  here = await world(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate convocation, appointment, occupied, outbox, audit_event, person, channel_reading cascade`,
  );
  await rebuildFreeTime(here.system(), { days: 60 });
});

const PEC = 'rosa@pec.example.org';

const convoke = async (channel: 'pec' | 'email') =>
  convokePerson(here.operator(), {
    personId: await aPerson(services),
    serviceId: here.serviceId,
    officeId: here.officeId,
    channel,
    pec: PEC,
  });

const noticesOf = (kind: string) =>
  rows<{ recipient: string; channel: string; state: string; payload: Record<string, unknown> }>(
    services.database,
    sql`select recipient, channel, state, payload from outbox where kind = ${kind} order by id`,
  );

async function pageOf(path: string): Promise<string> {
  const actor = {
    kind: 'operator' as const,
    operatorId: here.operatorId,
    officeIds: [here.officeId],
  };
  const answer = await testApp(services).request(path, { headers: await as(services, actor) });
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('what a convocation can sustain', () => {
  it('follows the reading that the region wrote down for that day, with its source', async () => {
    const { id } = await convoke('email');
    const own = {
      ...readingOf('email', []),
      formal: true,
      source: 'Pagina della Provincia di Pavia',
      sourceDate: '2026-11-22',
      validFrom: '2027-03-04',
    };
    const write = (given: Partial<NewReading>, call = here.administrator()) =>
      writeReading(call, 'Sicilia', { ...own, ...given });
    const judged = async () => {
      const { evidence, reading } = await readConvocation(here.operator(), id);
      return [evidence, reading.source, reading.verified];
    };
    await expect(write({}, here.operator())).rejects.toMatchObject({ status: 403 });
    await expect(write({ validUntil: '2027-03-01' })).rejects.toMatchObject({ status: 422 });
    await expect(write({ sourceDate: '2027-03-05' })).rejects.toMatchObject({ status: 422 });
    await write({ validFrom: '2027-03-05', source: 'Da domani' });
    expect((await judged())[0]).toBe('informal-channel');
    const first = await write({});
    expect(await judged()).toEqual(['formal', own.source, false]);
    await confirmReading(here.administrator(), first, 'Parere dell’ufficio legale');
    expect(await judged()).toEqual(['formal', own.source, true]);
    await expect(confirmReading(here.administrator(), first, 'Di nuovo')).rejects.toMatchObject({
      status: 409,
    });
    // What is written later goes before, until it is taken back; nothing is lost of the history.
    const later = await write({ formal: false, validUntil: '2027-03-04', source: 'Circolare' });
    expect(await judged()).toEqual(['informal-channel', 'Circolare', false]);
    await withdrawReading(here.administrator(), later);
    expect(await judged()).toEqual(['formal', own.source, true]);
    const history = await listReadingHistory(here.operator(), 'Sicilia');
    expect(history.map(({ source, withdrawnAt }) => [source, withdrawnAt !== undefined])).toEqual([
      ['Circolare', true],
      [own.source, false],
      ['Da domani', false],
    ]);
  });
});

describe('a convocation by certified mail', () => {
  const carried: Carriers = {
    pec: { send: async ({ id }) => ({ providerId: `<${id}@pec.example.org>` }) },
    email: { send: async () => ({}) },
  };

  async function byPec() {
    const { id } = await convoke('pec');
    await sendDue(here.system(), carried);
    const { message } = await readConvocation(here.operator(), id);
    return { id, about: `${message!.id}@pec.example.org` };
  }

  const told = (given: Parameters<typeof pecReceipt>[0]) =>
    testApp(services).request(
      '/v1/pec-receipts',
      signedReport({ message: pecReceipt(given) }, services.clock.now()),
    );

  it('is proved by the receipt of delivery itself, which is kept and shown', async () => {
    const { id, about } = await byPec();
    expect((await told({ kind: 'accettazione', about })).status).toBe(200);
    expect(await readConvocation(here.operator(), id)).toMatchObject({
      evidence: 'proof-missing',
      proofs: [{ kind: 'pec_accepted' }],
    });
    for (let time = 0; time < 2; time++)
      expect((await told({ kind: 'avvenuta-consegna', about })).status).toBe(200);
    await collectReceipts(here.system());
    const proved = await readConvocation(here.operator(), id);
    expect(proved).toMatchObject({
      evidence: 'formal',
      proofs: [
        { kind: 'pec_accepted' },
        {
          kind: 'pec_delivered',
          happenedOn: '2027-03-04',
          reference: 'opec1.avvenuta-consegna.1.1@pec.example.org',
          noticeId: proved.message!.id,
        },
      ],
    });
    const page = await pageOf(`/operatore/convocazioni/atti/${id}`);
    expect(page).toContain(
      `/operatore/messaggi/${proved.message!.id}/ricevute/${proved.proofs[1]!.eventId}`,
    );
  });

  it('is proved a minute later when the request that told of it broke off', async () => {
    const { id, about } = await byPec();
    const { message } = await readConvocation(here.operator(), id);
    await recordTold(services.database, message!.id, 'pec', {
      id: services.ids(),
      status: 'delivered',
      at: services.clock.now(),
      providerId: about,
      evidence: {},
      recordedAt: services.clock.now(),
    });
    expect((await readConvocation(here.operator(), id)).evidence).toBe('proof-missing');
    await Promise.all([collectReceipts(here.system()), collectReceipts(here.system())]);
    expect(await readConvocation(here.operator(), id)).toMatchObject({
      evidence: 'formal',
      proofs: [{ kind: 'pec_delivered' }],
    });
  });

  it('that did not arrive is flagged, told to the office once, and goes by another way', async () => {
    const { id, about } = await byPec();
    const failed = { kind: 'errore-consegna', about, error: 'no-dest' };
    expect((await told(failed)).status).toBe(200);
    await collectReceipts(here.system());
    const found = await readConvocation(here.operator(), id);
    expect(found).toMatchObject({ evidence: 'proof-missing', trouble: { cause: 'address' } });
    expect(await noticesOf('convocation-undelivered')).toMatchObject([
      { recipient: 'cpi.palermo@example.invalid' },
    ]);
    expect(await pageOf('/operatore/convocazioni/atti')).toContain('Non consegnata');
    expect(await pageOf(`/operatore/convocazioni/atti/${id}`)).toContain('Telefona alla persona');

    const otherwise = (given: Omit<OtherConvoking, 'convocationId'>) =>
      convokeOtherwise(here.operator(), { convocationId: id, ...given });
    await expect(otherwise({ channel: 'letter' })).rejects.toMatchObject({ status: 422 });
    const again = await otherwise({ channel: 'pec', pec: 'giusta@pec.example.org' });
    expect(again).toMatchObject({ trouble: undefined, recipient: 'giusta@pec.example.org' });
    expect(again.message!.id).not.toBe(found.message!.id);
    const letter = await otherwise({ channel: 'registered', postalAddress: 'Via Roma 1' });
    expect(letter).toMatchObject({ channel: 'registered', evidence: 'proof-missing' });
    const sheet = await pageOf(`/operatore/convocazioni/atti/${id}/lettera?lingua=fr`);
    expect(sheet).toContain('ti convochiamo per: Primo colloquio.');
    expect(sheet).toContain('Traduction de courtoisie, non vérifiée');
    expect(sheet).toContain('vendredi 12 mars 2027 à 9h00');
    // What had not left by certified mail yet does not leave any more.
    expect(await noticesOf('convocation')).toMatchObject([{ state: 'sent' }, { state: 'dropped' }]);
  });

  it('postponed, says the new date by the same channel', async () => {
    const { id } = await byPec();
    const code = await codeOf(services.secrets, 'convocation', id);
    const { postponements } = await askPostponement(here.visitor(), {
      convocationId: id,
      code,
      reason: 'illness',
    });
    const start = at('2027-03-16T09:00:00+01:00');
    await decidePostponement(here.operator(), postponements[0]!.id, { kind: 'approve', start });
    const sent = await noticesOf('convocation');
    expect(sent).toHaveLength(2);
    expect(sent.at(-1)).toMatchObject({ channel: 'pec', payload: { startsAt: start } });
  });
});
