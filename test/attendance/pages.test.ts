import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordAbsences } from '../../src/attendance/actions/record-absences.ts';
import { sendJustification } from '../../src/attendance/actions/send-justification.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { as, callAs, testApp } from '../support/app.ts';
import { aPerson, aWorld, convoked, rosa, type World, withNaspi } from './world.ts';

let world: World;
let app: ReturnType<typeof testApp>;

beforeAll(async () => {
  world = await aWorld();
  app = testApp(world.services);
});
afterAll(() => world.services.close());

/** A session of the moment: it does not outlive the day. */
const operator = () =>
  as(world.services, {
    kind: 'operator',
    operatorId: world.operatorId,
    officeIds: [world.officeId],
  });

const desk = async (path: string) => {
  const answer = await app.request(path, { headers: await operator() });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

it('the desk reads every page about who came, also when there is nothing on it', async () => {
  for (const path of [
    'giustificazioni',
    'esiti',
    'assenze',
    'presenze',
    'presenze/modello',
    'oltre-i-posti',
    'presenze/file',
  ]) {
    expect.soft((await desk(`/operatore/${path}`)).status, path).toBe(200);
    const anonymous = await app.request(`/operatore/${path}`);
    expect.soft(anonymous.status, path).not.toBe(200);
  }
});

it('a justification is read with its document, which is saved and never shown', async () => {
  const booked = await world.book('2027-03-05T09:00:00+01:00');
  await convoked(world, booked, { channel: 'pec', delivered: true });
  world.services.setNow('2027-03-05T10:00:00+01:00');
  await recordAbsences(world.desk(), [booked.id]);
  const sent = await sendJustification(callAs(world.services, ANONYMOUS), {
    appointmentId: booked.id,
    pass: { code: booked.code, contact: rosa.email },
    ground: 'illness',
    statement: 'Avevo <b>la febbre</b>.',
    document: { name: 'certificato.pdf', content: new TextEncoder().encode('%PDF-1.7') },
  });
  const inbox = await desk('/operatore/giustificazioni');
  expect(inbox.text).toContain('Rossi');
  const one = await desk(`/operatore/giustificazioni/${sent.id}`);
  expect(one.text).toContain('Avevo &lt;b&gt;la febbre');
  expect(one.text).toContain('ricevuta 42');
  const file = await desk(`/operatore/giustificazioni/documenti/${sent.documents[0]!.id}`);
  expect(file.status).toBe(200);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="certificato.pdf"');
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  const absence = await desk(`/operatore/assenze/${booked.id}`);
  expect(absence.text).toContain('Non sanzionabile');
  expect(absence.text).toContain('disabled');
  expect((await desk(`/operatore/presenze/previsione/${booked.id}`)).status).toBe(200);
});

it('the proposal says measure, law and appeal, and is decided by a person with a reason', async () => {
  const personId = await aPerson(world.services);
  await withNaspi(world, personId);
  world.services.setNow('2027-03-05T10:00:00+01:00');
  const booked = await world.book('2027-03-08T09:30:00+01:00', personId);
  await convoked(world, booked, { channel: 'pec', delivered: true });
  world.services.setNow('2027-03-12T10:00:00+01:00');
  await recordAbsences(world.desk(), [booked.id]);
  const path = `/operatore/assenze/${booked.id}`;
  const page = await desk(path);
  expect(page.text).toContain('un quarto di una mensilità');
  expect(page.text).toContain('Ricorso');
  const decide = async (fields: Record<string, string>) =>
    app.request(path, {
      method: 'POST',
      headers: {
        ...(await operator()),
        Origin: 'http://localhost:3000',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
  expect((await decide({ decisione: 'adopt', motivazione: '' })).status).toBe(422);
  expect((await decide({ decisione: 'adopt', motivazione: 'Assente senza motivo.' })).status).toBe(
    303,
  );
  expect((await desk(path)).text).toContain('Adottato');
});
