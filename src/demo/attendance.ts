import { eq, sql } from 'drizzle-orm';
import { justificationDeadline } from '../attendance/rules/deadline.ts';
import type { Ground } from '../attendance/rules/grounds.ts';
import { insertDocument, insertJustification } from '../attendance/store/justifications.ts';
import { appointment } from '../booking/table.ts';
import { codeDigest, codeOf } from '../convocation/rules/code.ts';
import { convocation, deliveryProof } from '../convocation/table.ts';
import { did } from '../pact/table.ts';
import type { Call } from '../platform/call.ts';
import { DAY, dayOf, MINUTE } from '../platform/clock.ts';
import { rows } from '../platform/database.ts';
import { DEMO_OFFICE } from './logins.ts';

/** What people wrote about their absences; invented, like them. */
const TOLD: readonly {
  readonly ground: Ground;
  readonly statement: string;
  readonly question?: string;
  readonly document?: true;
  readonly decided?: 'accepted' | 'rejected';
}[] = [
  { ground: 'illness', statement: 'Avevo la febbre: allego il certificato.', document: true },
  { ground: 'family', statement: 'Ho dovuto accompagnare mia madre al pronto soccorso.' },
  {
    ground: 'court',
    statement: 'Ero convocato in tribunale come testimone.',
    question: 'Puoi mandarci la citazione, o il verbale di udienza?',
  },
  { ground: 'illness', statement: 'Ero a casa con l’influenza.', decided: 'accepted' },
  { ground: 'mobility', statement: 'L’autobus non è passato.', decided: 'rejected' },
];

/** Absences for which a measure could be proposed; one person has two. */
const CONVOKED = 3;

interface Missed {
  readonly id: string;
  readonly personId: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly operatorId: string;
  readonly startsAt: number;
}

/**
 * Absences of the demonstration's office with what followed: justifications that wait or were
 * decided, and absences from a convocation delivered by certified mail, which an official may look at.
 */
export async function writeAbsences(call: Call): Promise<void> {
  const now = call.clock.now();
  const missed = await rows<Missed>(
    call.database,
    sql`select a.id, a.person_id as "personId", a.service_id as "serviceId",
        a.office_id as "officeId", a.operator_id as "operatorId",
        (extract(epoch from a.starts_at) * 1000)::float8 as "startsAt"
      from appointment a join office o on o.id = a.office_id
      where o.code = ${DEMO_OFFICE} and a.state = 'absent'
        and not exists (select from invitation i where i.person_id = a.person_id)
        and not exists (select from did d where d.person_id = a.person_id)
      order by a.starts_at desc, a.id limit ${TOLD.length + CONVOKED}`,
  );
  for (const [index, told] of TOLD.entries()) {
    const about = missed[index];
    if (about) await justify(call, about, told, Math.min(now, about.startsAt + DAY));
  }
  for (const about of missed.slice(TOLD.length)) await convoke(call, about);
}

async function justify(
  call: Call,
  about: Missed,
  told: (typeof TOLD)[number],
  sentAt: number,
): Promise<void> {
  const { database } = call;
  const id = call.ids();
  const deadline = justificationDeadline(about.startsAt, undefined);
  const { decided } = told;
  await insertJustification(database, {
    id,
    appointmentId: about.id,
    ground: told.ground,
    statement: told.statement,
    sentAt,
    deadline,
    late: sentAt >= deadline,
    ...(told.question && { state: 'asked' as const, question: told.question }),
    ...(decided && {
      state: decided,
      decidedBy: 'demo',
      decidedAt: sentAt + 60 * MINUTE,
      decisionReason: decided === 'rejected' ? 'Il disservizio non risulta.' : null,
      stateBefore: decided === 'accepted' ? ('absent' as const) : null,
    }),
  });
  if (decided === 'accepted')
    await database
      .update(appointment)
      .set({ state: 'excused' })
      .where(eq(appointment.id, about.id));
  if (!told.document) return;
  const content = new TextEncoder().encode(DEMO_PDF);
  await insertDocument(database, {
    id: call.ids(),
    justificationId: id,
    name: 'certificato-dimostrativo.pdf',
    mediaType: 'application/pdf',
    size: content.length,
    sealed: Buffer.from(await call.secrets.sealBytes(content)),
    addedAt: sentAt,
  });
}

/** Summoned by certified mail three weeks before, while receiving Naspi. */
async function convoke(call: Call, about: Missed): Promise<void> {
  const { database } = call;
  const id = call.ids();
  const sentAt = about.startsAt - 21 * DAY;
  const claimed = dayOf(sentAt - 30 * DAY);
  await database.insert(convocation).values({
    id,
    personId: about.personId,
    serviceId: about.serviceId,
    officeId: about.officeId,
    state: 'closed',
    channel: 'pec',
    noticeDays: 7,
    codeDigest: await codeDigest(call.secrets, await codeOf(call.secrets, 'convocation', id)),
    appointmentId: about.id,
    createdBy: 'demo',
    createdAt: sentAt,
    retryAt: sentAt,
    sentAt,
  });
  await database.insert(deliveryProof).values({
    id: call.ids(),
    convocationId: id,
    kind: 'pec_delivered',
    happenedOn: dayOf(sentAt),
    reference: 'Ricevuta dimostrativa 0002',
    recordedBy: 'demo',
    recordedAt: sentAt,
  });
  await database
    .insert(did)
    .values({
      id: call.ids(),
      personId: about.personId,
      declaredOn: claimed,
      benefit: 'naspi',
      benefitClaimedOn: claimed,
      registeredBy: about.operatorId,
      registeredAt: sentAt - 30 * DAY,
    })
    .onConflictDoNothing();
}

/** A page that says what it is, as small as a document of this kind can be. */
const DEMO_PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 64>>stream
BT /F1 18 Tf 40 100 Td (Documento dimostrativo, inventato.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`;
