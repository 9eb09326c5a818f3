import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { importPeople } from '../../src/convocation/actions/import-people.ts';
import { launchCampaign } from '../../src/convocation/actions/launch-campaign.ts';
import { type CampaignPlan, saveCampaign } from '../../src/convocation/actions/save-campaign.ts';
import { sendInvitations } from '../../src/convocation/actions/send-invitations.ts';
import { codeOf } from '../../src/convocation/rules/code.ts';
import { invitedOf } from '../../src/convocation/store/people.ts';
import { bacinoComune } from '../../src/network/table.ts';
import type { Call } from '../../src/platform/call.ts';
import { callAs, type TestServices } from '../support/app.ts';
import {
  anOffice,
  anOperator,
  aService,
  MESSINA,
  PALERMO,
  weekdayMornings,
} from '../support/fixtures.ts';

const declared = { kind: 'declared', source: 'test' } as const;

/** An office of Palermo and one of Messina, and a service for invited people only. */
export interface World {
  readonly services: TestServices;
  readonly officeId: string;
  readonly farOfficeId: string;
  readonly operatorId: string;
  readonly serviceId: string;
  operator(): Call;
  administrator(): Call;
  system(): Call;
  visitor(): Call;
}

export async function world(services: TestServices): Promise<World> {
  const officeId = await anOffice(services, { email: 'cpi.palermo@example.invalid' });
  const farOfficeId = await anOffice(services, { name: 'Cpi lontano', seat: MESSINA });
  await services.database.insert(bacinoComune).values([
    { comune: PALERMO, officeId, provenance: declared },
    { comune: MESSINA, officeId: farOfficeId, provenance: declared },
  ]);
  const operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  const serviceId = await aService(services, { audience: 'invited' });
  const system = () => callAs(services, { kind: 'system', task: 'test' });
  await rebuildFreeTime(system(), { days: 60 });
  return {
    services,
    officeId,
    farOfficeId,
    operatorId,
    serviceId,
    operator: () => callAs(services, { kind: 'operator', operatorId, officeIds: [officeId] }),
    administrator: () => callAs(services, { kind: 'administrator', userId: 'test' }),
    system,
    visitor: () => callAs(services, { kind: 'anonymous' }),
  };
}

/** A campaign by e-mail in the fortnight after Thursday 4 March 2027. */
export function plan(here: World, given: Partial<CampaignPlan> = {}): CampaignPlan {
  return {
    title: 'Primi colloqui di marzo',
    serviceId: here.serviceId,
    officeIds: [here.officeId],
    opensOn: '2027-03-05',
    closesOn: '2027-03-18',
    format: 'email',
    template: '',
    waveSize: undefined,
    waveDays: 7,
    convokes: false,
    convocationChannel: 'registered',
    termDays: 15,
    noticeDays: 7,
    ...given,
  };
}

/** Valid tax codes of people who do not exist. */
const TAX_CODES = ['RSSMRA80A01H501U', 'VRDLGI75C15F205C', 'BNCDAA85D41G273E'];

/** A list of `count` people of Palermo; the first three have tax codes, the others provisional ones. */
export function list(count: number, columns = ''): string {
  const [names = '', values = ''] = columns.split('=');
  const rows = Array.from({ length: count }, (_, n) => {
    const code = TAX_CODES[n] ?? provisional(n);
    const row = [code, 'Rosa', 'Prova', `rosa${n}@example.invalid`, PALERMO];
    return [...row, ...(names ? [values] : [])].join(';');
  });
  const header = [
    'codice_fiscale',
    'nome',
    'cognome',
    'email',
    'comune',
    ...(names ? [names] : []),
  ];
  return [header.join(';'), ...rows].join('\n');
}

/** A provisional codice fiscale: ten figures and their check figure. */
function provisional(n: number): string {
  const ten = String(9_000_000_000 + n);
  let total = 0;
  for (const [index, figure] of [...ten].entries()) {
    const doubled = index % 2 === 1 ? Number(figure) * 2 : Number(figure);
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${ten}${(10 - (total % 10)) % 10}`;
}

/** A campaign whose people are invited, and the code of each in the order of the list. */
export async function invited(here: World, count: number, given: Partial<CampaignPlan> = {}) {
  const campaign = await saveCampaign(here.operator(), plan(here, given));
  const outcome = await importPeople(here.operator(), campaign.id, list(count));
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  await launchCampaign(here.operator(), { id: campaign.id });
  await sendInvitations(here.system());
  const people = await invitedOf(here.services.database, [campaign.id]);
  const codes = await Promise.all(
    people.map(({ id }) => codeOf(here.services.secrets, 'invitation', id)),
  );
  return { campaign, people, codes };
}
