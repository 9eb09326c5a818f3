import { sql } from 'drizzle-orm';
import { type Session, signIn } from '../identity/session.ts';
import type { Database } from '../platform/database.ts';
import { rows } from '../platform/database.ts';
import { createApi } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { formValues } from '../web/form.ts';
import { DEMO_JOBSEEKER, DEMO_OFFICE } from './logins.ts';

/**
 * Entrances without a password, for trying the service out on demonstration data. They exist only
 * where the configuration says demo, which it refuses to say in production.
 */
export const demoSignIn = createApi();

const LANDING = {
  jobseeker: '/prenota',
  operator: '/operatore',
  planner: '/pianificazione',
  administrator: '/amministrazione',
} as const;

demoSignIn.post('/accesso-demo', async (c) => {
  const { config, database } = c.get('services');
  if (!config.demo) throw notFound();
  const { role, ufficio } = await formValues(c);
  const session = await demoSession(
    database,
    role,
    typeof ufficio === 'string' ? ufficio : DEMO_OFFICE,
  );
  if (!session) throw notFound();
  await signIn(c, session);
  return c.redirect(LANDING[session.actor.kind], 303);
});

async function demoSession(
  database: Database,
  role: unknown,
  office: string,
): Promise<Session | undefined> {
  switch (role) {
    case 'jobseeker':
      return jobseeker(database);
    case 'operator':
      return operator(database, office);
    case 'planner':
      return { name: 'Pianificazione (demo)', actor: { kind: 'planner', userId: 'demo-planner' } };
    case 'administrator':
      return {
        name: 'Amministrazione (demo)',
        actor: { kind: 'administrator', userId: 'demo-administrator' },
      };
    default:
      return undefined;
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Somebody of Palermo with nothing booked: the whole journey is before them. */
async function jobseeker(database: Database): Promise<Session | undefined> {
  const [found] = await rows<Named>(
    database,
    sql`select id, given_name || ' ' || family_name as name from person
      where demo and email = ${DEMO_JOBSEEKER.email} order by id limit 1`,
  );
  return (
    found && { name: `${found.name} (demo)`, actor: { kind: 'jobseeker', personId: found.id } }
  );
}

/** The first by staff number who holds first interviews at an office. */
async function operator(database: Database, office: string): Promise<Session | undefined> {
  const [found] = await rows<Named & { office_id: string }>(
    database,
    sql`select o.id, o.given_name || ' ' || o.family_name as name, o.office_id
      from operator o
      join office f on f.id = o.office_id and f.code = ${office}
      where o.demo and o.active and o.bookable and o.skills @> array['patto']
      order by o.staff_number limit 1`,
  );
  return (
    found && {
      name: `${found.name} (demo)`,
      actor: { kind: 'operator', operatorId: found.id, officeIds: [found.office_id] },
    }
  );
}
