import { and, asc, desc, eq, ilike, isNull, lte, or, sql } from 'drizzle-orm';
import { appointment } from '../booking/table.ts';
import { person } from '../identity/table.ts';
import { bacinoComune, operator } from '../network/table.ts';
import type { Instant, IsoDate } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { comune } from '../reference/table.ts';
import type { InterviewAnswers } from './rules/interview.ts';
import type { RiskClass } from './rules/percorso.ts';
import type { PersonData } from './rules/person-data.ts';
import { explanationReading, interview, percorsoDecision, personData, profile } from './table.ts';

export interface PersonSummary {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly comuneName: string | null;
  readonly demo: boolean;
}

const summary = {
  id: person.id,
  givenName: person.givenName,
  familyName: person.familyName,
  email: person.email,
  phone: person.phone,
  comuneName: comune.name,
  demo: person.demo,
};

/** Whom offices look after: who lives in their bacino, and who has an appointment there. */
function inCareOf(officeIds: readonly string[]) {
  const ids = sql`(select unnest(${`{${officeIds.join(',')}}`}::uuid[]))`;
  return or(
    sql`exists (select from ${bacinoComune} where ${bacinoComune.comune} = ${person.domicile} and ${bacinoComune.officeId} in ${ids})`,
    sql`exists (select from ${appointment} where ${appointment.personId} = ${person.id} and ${appointment.officeId} in ${ids})`,
  );
}

/** People in the care of these offices by name, at most `limit`; `words` must all begin a name. */
export async function listPersons(
  database: Database,
  officeIds: readonly string[],
  words: readonly string[],
  limit: number,
): Promise<PersonSummary[]> {
  const begins = words.map((word) => {
    const pattern = `${word.replace(/[\\%_]/g, '\\$&')}%`;
    return or(ilike(person.familyName, pattern), ilike(person.givenName, pattern));
  });
  return await database
    .select(summary)
    .from(person)
    .leftJoin(comune, eq(comune.istatCode, person.domicile))
    .where(and(isNull(person.erasedAt), inCareOf(officeIds), ...begins))
    .orderBy(asc(person.familyName), asc(person.givenName), asc(person.id))
    .limit(limit);
}

/** A person, if these offices look after them; `undefined` offices means anybody. */
export async function personInCare(
  database: Database,
  id: string,
  officeIds: readonly string[] | undefined,
): Promise<PersonSummary | undefined> {
  const [found] = await database
    .select(summary)
    .from(person)
    .leftJoin(comune, eq(comune.istatCode, person.domicile))
    .where(and(eq(person.id, id), isNull(person.erasedAt), officeIds && inCareOf(officeIds)));
  return found;
}

export interface DataForm {
  readonly id: string;
  readonly personId: string;
  readonly version: number;
  readonly data: PersonData;
  readonly savedAt: Instant;
  readonly savedBy: string;
}

export async function latestDataForm(
  database: Database,
  personId: string,
): Promise<DataForm | undefined> {
  const [found] = await database
    .select()
    .from(personData)
    .where(eq(personData.personId, personId))
    .orderBy(desc(personData.version))
    .limit(1);
  return found;
}

export async function insertDataForm(
  database: Database,
  row: typeof personData.$inferInsert,
): Promise<void> {
  await database.insert(personData).values(row);
}

export type Profile = Omit<typeof profile.$inferSelect, 'riskClass'> & {
  readonly riskClass: RiskClass;
  /** Name of the operator who asked for it; null for the 90-day run. */
  readonly operatorName: string | null;
};

const operatorName = sql<string | null>`${operator.givenName} || ' ' || ${operator.familyName}`;

/** Profiles of a person, newest first. */
export async function profilesOf(
  database: Database,
  personId: string,
  limit = 50,
): Promise<Profile[]> {
  const found = await database
    .select({ profile, operatorName })
    .from(profile)
    .leftJoin(operator, eq(operator.id, profile.computedBy))
    .where(eq(profile.personId, personId))
    .orderBy(desc(profile.version))
    .limit(limit);
  return found.map(toProfile);
}

export async function latestProfile(
  database: Database,
  personId: string,
): Promise<Profile | undefined> {
  return (await profilesOf(database, personId, 1))[0];
}

export async function profileById(database: Database, id: string): Promise<Profile | undefined> {
  const [found] = await database
    .select({ profile, operatorName })
    .from(profile)
    .leftJoin(operator, eq(operator.id, profile.computedBy))
    .where(eq(profile.id, id));
  return found && toProfile(found);
}

function toProfile(row: {
  profile: typeof profile.$inferSelect;
  operatorName: string | null;
}): Profile {
  const { riskClass, ...rest } = row.profile;
  return { ...rest, riskClass: riskClass as RiskClass, operatorName: row.operatorName };
}

export async function insertProfile(
  database: Database,
  row: typeof profile.$inferInsert,
): Promise<void> {
  await database.insert(profile).values(row);
}

/** People whose newest profile is due for its update on `day` or was before. */
export async function personsDueForUpdate(
  database: Database,
  day: IsoDate,
  limit: number,
): Promise<string[]> {
  const newest = database
    .selectDistinctOn([profile.personId], {
      personId: profile.personId,
      due: profile.nextUpdateDueOn,
    })
    .from(profile)
    .orderBy(profile.personId, desc(profile.version))
    .as('newest');
  const found = await database
    .select({ personId: newest.personId })
    .from(newest)
    .where(lte(newest.due, day))
    .orderBy(newest.due)
    .limit(limit);
  return found.map((row) => row.personId);
}

/** When this operator first read the explanation of this profile. */
export async function readingOf(
  database: Database,
  profileId: string,
  operatorId: string,
): Promise<Instant | undefined> {
  const [found] = await database
    .select({ openedAt: explanationReading.openedAt })
    .from(explanationReading)
    .where(
      and(
        eq(explanationReading.profileId, profileId),
        eq(explanationReading.operatorId, operatorId),
      ),
    );
  return found?.openedAt;
}

/** Whether this was the first reading. */
export async function insertReading(
  database: Database,
  row: typeof explanationReading.$inferInsert,
): Promise<boolean> {
  const inserted = await database
    .insert(explanationReading)
    .values(row)
    .onConflictDoNothing()
    .returning({ profileId: explanationReading.profileId });
  return inserted.length > 0;
}

export interface Interview {
  readonly id: string;
  readonly personId: string;
  readonly questionnaire: string;
  readonly state: 'draft' | 'complete';
  readonly answers: InterviewAnswers;
  readonly version: number;
  readonly savedBy: string;
  readonly startedAt: Instant;
  readonly savedAt: Instant;
  readonly completedAt: Instant | null;
}

/** The newest interview, in whatever state. */
export async function latestInterview(
  database: Database,
  personId: string,
): Promise<Interview | undefined> {
  const [found] = await database
    .select()
    .from(interview)
    .where(eq(interview.personId, personId))
    .orderBy(desc(interview.startedAt), desc(interview.id))
    .limit(1);
  return found;
}

export async function interviewById(
  database: Database,
  id: string,
): Promise<Interview | undefined> {
  const [found] = await database.select().from(interview).where(eq(interview.id, id));
  return found;
}

export async function insertInterview(
  database: Database,
  row: typeof interview.$inferInsert,
): Promise<void> {
  await database.insert(interview).values(row);
}

/** Whether the draft was still at `version`. */
export async function updateInterview(
  database: Database,
  id: string,
  version: number,
  change: Pick<
    typeof interview.$inferInsert,
    'answers' | 'state' | 'savedBy' | 'savedAt' | 'completedAt'
  >,
): Promise<boolean> {
  const updated = await database
    .update(interview)
    .set({ ...change, version: version + 1 })
    .where(and(eq(interview.id, id), eq(interview.version, version), eq(interview.state, 'draft')))
    .returning({ id: interview.id });
  return updated.length > 0;
}

export type PercorsoDecision = typeof percorsoDecision.$inferSelect & {
  readonly operatorName: string | null;
};

/** Decisions on a person, newest first. */
export async function decisionsOf(
  database: Database,
  personId: string,
  limit = 50,
): Promise<PercorsoDecision[]> {
  const found = await database
    .select({ decision: percorsoDecision, operatorName })
    .from(percorsoDecision)
    .leftJoin(operator, eq(operator.id, percorsoDecision.operatorId))
    .where(eq(percorsoDecision.personId, personId))
    .orderBy(desc(percorsoDecision.decidedAt), desc(percorsoDecision.id))
    .limit(limit);
  return found.map((row) => ({ ...row.decision, operatorName: row.operatorName }));
}

export async function insertDecision(
  database: Database,
  row: typeof percorsoDecision.$inferInsert,
): Promise<void> {
  await database.insert(percorsoDecision).values(row);
}
