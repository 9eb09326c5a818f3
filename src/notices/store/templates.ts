import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Template } from '../rules/fill.ts';
import { noticeTemplate } from '../table.ts';

/** Whose text it is: of one service, or of all that have none of their own. */
export interface TemplateKey {
  readonly kind: string;
  readonly serviceId: string | null;
  readonly locale: Locale;
}

export interface TemplateVersion extends TemplateKey {
  readonly version: number;
  /** Undefined where the default text was taken back. */
  readonly template: Template | undefined;
  readonly editedBy: string | null;
  readonly editedAt: Instant;
}

/** The text an office wrote for a message: its service's own, else that for all services. */
export type WrittenTemplates = (key: TemplateKey) => Template | undefined;

/** The texts in force for these kinds. */
export async function writtenTemplates(
  database: Database,
  kinds: ReadonlySet<string>,
): Promise<WrittenTemplates> {
  if (kinds.size === 0) return () => undefined;
  const found = await database
    .selectDistinctOn([noticeTemplate.kind, noticeTemplate.serviceId, noticeTemplate.locale])
    .from(noticeTemplate)
    .where(inArray(noticeTemplate.kind, [...kinds]))
    .orderBy(
      noticeTemplate.kind,
      noticeTemplate.serviceId,
      noticeTemplate.locale,
      desc(noticeTemplate.version),
    );
  const texts = new Map(found.map((row) => [nameOf(row), toVersion(row).template]));
  return (key) => texts.get(nameOf(key)) ?? texts.get(nameOf({ ...key, serviceId: null }));
}

const nameOf = ({
  kind,
  serviceId,
  locale,
}: {
  kind: string;
  serviceId: string | null;
  locale: string;
}) => `${kind} ${serviceId ?? '*'} ${locale}`;

/** Every version of a text, the newest first. */
export async function templateVersions(
  database: Database,
  key: TemplateKey,
): Promise<TemplateVersion[]> {
  const found = await database
    .select()
    .from(noticeTemplate)
    .where(isOf(key))
    .orderBy(desc(noticeTemplate.version))
    .limit(100);
  return found.map(toVersion);
}

/** Which texts of which kinds are the office's own now. */
export async function editedTemplates(database: Database): Promise<TemplateKey[]> {
  return rows<{ kind: string; serviceId: string | null; locale: Locale }>(
    database,
    sql`select kind, service_id as "serviceId", locale from (
        select distinct on (kind, service_id, locale) kind, service_id, locale, subject
        from notice_template order by kind, service_id, locale, version desc
      ) latest where subject is not null`,
  );
}

/** @throws the constraint `notice_template_version` when another edit came first */
export async function insertTemplate(
  transaction: Database,
  row: typeof noticeTemplate.$inferInsert,
): Promise<void> {
  await transaction.insert(noticeTemplate).values(row);
}

function isOf({ kind, serviceId, locale }: TemplateKey) {
  return and(
    eq(noticeTemplate.kind, kind),
    serviceId === null ? isNull(noticeTemplate.serviceId) : eq(noticeTemplate.serviceId, serviceId),
    eq(noticeTemplate.locale, locale),
  );
}

function toVersion(row: typeof noticeTemplate.$inferSelect): TemplateVersion {
  const { kind, serviceId, version, editedBy, editedAt, subject, paragraphs, short } = row;
  return {
    kind,
    serviceId,
    locale: row.locale as Locale,
    version,
    editedBy,
    editedAt,
    template:
      subject === null || paragraphs === null
        ? undefined
        : { subject, paragraphs, ...(short !== null && { short }) },
  };
}
