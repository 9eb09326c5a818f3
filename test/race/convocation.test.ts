import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookByInvitation } from '../../src/convocation/actions/book-by-invitation.ts';
import { convokePeople } from '../../src/convocation/actions/convoke-people.ts';
import { importPeople } from '../../src/convocation/actions/import-people.ts';
import { launchCampaign } from '../../src/convocation/actions/launch-campaign.ts';
import { saveCampaign } from '../../src/convocation/actions/save-campaign.ts';
import { seatConvocations } from '../../src/convocation/actions/seat-convocations.ts';
import { sendInvitations } from '../../src/convocation/actions/send-invitations.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { invited, list, plan, type World, world } from '../convocation/world.ts';
import { type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';

onPostgres('when many invite, book by invitation and convoke at once', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let here: World;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [10, 10]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    here = await world(processes[0]!);
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });

  const both = <T>(act: (call: World['system']) => Promise<T>) =>
    Promise.allSettled(
      processes.flatMap((services) => {
        const call = () => ({ ...here.system(), ...services });
        return [act(call), act(call), act(call)];
      }),
    );
  const count = async (what: ReturnType<typeof sql>) => {
    const [found] = await rows<{ count: number }>(
      processes[0]!.database,
      sql`select count(*)::int as count from ${what}`,
    );
    return found!.count;
  };

  it('two operators who launch the same campaign launch it once, and each person is written to once', async () => {
    const campaign = await saveCampaign(here.operator(), plan(here));
    await importPeople(here.operator(), campaign.id, list(60));
    const launches = await Promise.allSettled([
      launchCampaign(here.operator(), { id: campaign.id }),
      launchCampaign(here.administrator(), { id: campaign.id }),
    ]);
    expect(launches.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await both((call) => sendInvitations(call()));
    expect(await count(sql`outbox where kind = 'invitation'`)).toBe(60);
    expect(await count(sql`(select distinct recipient from outbox) as told`)).toBe(60);
  });

  it('a code used many times at once books once', async () => {
    processes.map((services) => services.setNow('2027-03-05T10:00:00+01:00'));
    const { codes, people } = await invited(here, 1, { closesOn: '2027-03-31' });
    const start = Date.parse('2027-03-08T09:00:00+01:00');
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) =>
        bookByInvitation(
          { ...here.visitor(), ...processes[n % 2]! },
          { code: codes[0]!, start: start + (n % 4) * 1_800_000 },
        ),
      ),
    );
    const booked = attempts.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    expect(new Set(booked).size).toBe(1);
    expect(await count(sql`appointment where person_id = ${people[0]!.personId}`)).toBe(1);
    expect(await count(sql`occupied where appointment_id = ${booked[0]!}`)).toBe(1);
  });

  it('everybody who may be convoked is convoked once, however often it is asked', async () => {
    const [campaign] = await rows<{ id: string }>(
      processes[0]!.database,
      sql`select id from campaign order by created_at limit 1`,
    );
    processes.map((services) => services.setNow('2027-03-19T09:00:00+01:00'));
    await both((call) => convokePeople(call(), { campaignId: campaign!.id }));
    await both((call) => seatConvocations(call()));
    // Whoever lost the earliest start again and again is tried once more after an hour.
    processes.map((services) => services.setNow('2027-03-19T10:00:00+01:00'));
    await both((call) => seatConvocations(call()));
    const convoked = await count(sql`convocation where state = 'open'`);
    expect(convoked).toBeGreaterThan(50);
    expect(await count(sql`appointment where origin = 'convocation'`)).toBe(convoked);
    expect(await count(sql`(select distinct person_id from convocation) as people`)).toBe(convoked);
  });
});
