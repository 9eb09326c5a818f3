import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from '../platform/columns.ts';
import { comune } from '../reference/table.ts';

/** A jobseeker, or whoever else an office deals with. */
export const person = pgTable(
  'person',
  {
    id: uuid().primaryKey(),
    givenName: text('given_name').notNull(),
    familyName: text('family_name').notNull(),
    /** Lower case, as matched when an appointment is looked up. */
    email: text(),
    phone: text(),
    /**
     * What makes two bookings the same person's: a keyed hash of the codice fiscale where it is
     * known, else of name and contact. See `identity/person.ts`.
     */
    identityKey: text('identity_key').notNull(),
    /** AES-GCM ciphertext of the codice fiscale. */
    taxCodeCipher: text('tax_code_cipher'),
    /** ISTAT code of the comune of domicile: it decides the competent Cpi. */
    domicile: text(),
    locale: text().notNull().default('it'),
    demo: boolean().notNull().default(false),
    createdAt: instant('created_at').notNull(),
    /** When everything that says who they are was erased; see `privacy/`. */
    erasedAt: instant('erased_at'),
  },
  (t) => [
    foreignKey({
      name: 'person_domicile_fk',
      columns: [t.domicile],
      foreignColumns: [comune.istatCode],
    }),
    uniqueIndex('person_identity_unique').on(t.identityKey),
    index('person_email').on(t.email),
    index('person_family_name').on(sql`lower(${t.familyName})`),
    check(
      'person_contact',
      sql`${t.email} is not null or ${t.phone} is not null or ${t.demo} or ${t.erasedAt} is not null`,
    ),
    check(
      'person_erased',
      sql`${t.erasedAt} is null or num_nonnulls(${t.email}, ${t.phone}, ${t.taxCodeCipher}, ${t.domicile}) = 0`,
    ),
  ],
);

/** Who did what to which thing: appended in the transaction of the change, never edited. */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: uuid().primaryKey(),
    at: instant().notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    action: text().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    correlationId: text('correlation_id').notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('audit_event_subject').on(t.subjectKind, t.subjectId, t.at)],
);
