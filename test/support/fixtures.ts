import { service } from '../../src/booking/table.ts';
import { person } from '../../src/identity/table.ts';
import {
  office,
  opening,
  operator,
  type Provenance,
  staffCategory,
} from '../../src/network/table.ts';
import type { Services } from '../../src/platform/http.ts';

const declared: Provenance = { kind: 'declared', source: 'test' };

/** ISTAT codes of comuni that tests speak of. */
export const PALERMO = '082053';
export const MESSINA = '083048';

type World = Pick<Services, 'database' | 'ids' | 'clock'>;
type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>;

/** A Cpi in Palermo, unless told otherwise. Returns its id. */
export async function anOffice(world: World, given: Row<typeof office> = {}): Promise<string> {
  const id = world.ids();
  await world.database.insert(office).values({
    id,
    code: `cpi-${id}`,
    name: 'Cpi di prova',
    seat: PALERMO,
    latitude: 38.1157,
    longitude: 13.3615,
    provenance: { seat: declared, bacino: declared, staff: declared, hours: declared },
    ...given,
  });
  return id;
}

/** Four ordered categories, A the lowest; harmless when they are there already. */
async function staffCategories(world: World): Promise<void> {
  await world.database
    .insert(staffCategory)
    .values(
      ['A', 'B', 'C', 'D'].map((code, index) => ({
        code,
        level: index + 1,
        name: `Categoria ${code}`,
        validFrom: '2000-01-01',
        source: 'test',
      })),
    )
    .onConflictDoNothing();
}

/** A bookable operator of category C. Returns the id. */
export async function anOperator(
  world: World,
  officeId: string,
  given: Row<typeof operator> = {},
): Promise<string> {
  await staffCategories(world);
  const id = world.ids();
  await world.database.insert(operator).values({
    id,
    staffNumber: id,
    officeId,
    givenName: 'Ada',
    familyName: 'Operatrice',
    category: 'C',
    skills: ['accoglienza'],
    bookable: true,
    provenance: declared,
    ...given,
  });
  return id;
}

/** Open Monday to Friday, 9 to 13, from 1 January 2027. */
export async function weekdayMornings(
  world: World,
  officeId: string,
  given: Row<typeof opening> = {},
): Promise<void> {
  await world.database.insert(opening).values(
    [1, 2, 3, 4, 5].map((weekday) => ({
      id: world.ids(),
      officeId,
      weekday,
      starts: '09:00',
      ends: '13:00',
      validFrom: '2027-01-01',
      ...given,
    })),
  );
}

/** Half an hour with an operator, from tomorrow to ninety days on. Returns the id. */
export async function aService(world: World, given: Row<typeof service> = {}): Promise<string> {
  await staffCategories(world);
  const id = world.ids();
  await world.database.insert(service).values({
    id,
    code: `servizio-${id}`,
    name: { it: 'Primo colloquio', en: 'First interview' },
    description: { it: 'Si parla di lavoro.', en: 'Talking about work.' },
    whatToBring: { it: ['Documento'], en: ['Identity document'] },
    durationMinutes: 30,
    minNoticeMinutes: 0,
    horizonDays: 90,
    skill: 'accoglienza',
    minCategory: 'C',
    ...given,
  });
  return id;
}

/** A jobseeker who lives in Palermo. Returns the id. */
export async function aPerson(world: World, given: Row<typeof person> = {}): Promise<string> {
  const id = world.ids();
  await world.database.insert(person).values({
    id,
    identityKey: `test:${id}`,
    givenName: 'Rosa',
    familyName: 'Prova',
    email: `rosa.${id}@example.invalid`,
    domicile: PALERMO,
    createdAt: world.clock.now(),
    ...given,
  });
  return id;
}
