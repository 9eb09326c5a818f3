import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import { editedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { type NoticeKind, noticeKind, noticeKinds, placeholderNames } from '../kind.ts';
import { composeLetter } from '../letters/compose.ts';
import type { Letter } from '../letters/letter.ts';
import { checkTemplate } from '../rules/check-template.ts';
import type { Template } from '../rules/fill.ts';
import {
  editedTemplates,
  insertTemplate,
  type TemplateKey,
  type TemplateVersion,
  templateVersions,
} from '../store/templates.ts';

/** Every kind of message and which of its texts are the office's own. */
export async function listTexts(
  call: Call,
): Promise<{ kind: NoticeKind; edited: readonly TemplateKey[] }[]> {
  authorise(call.actor, 'administrator');
  const edited = await editedTemplates(call.database);
  return noticeKinds().map((kind) => ({
    kind,
    edited: edited.filter((key) => key.kind === kind.name),
  }));
}

export interface Text {
  readonly kind: NoticeKind;
  /** What serves when nobody wrote another. */
  readonly default: Template;
  /** The text in force; the default one when nobody wrote another, or it was taken back. */
  readonly current: Template;
  /** The newest first. */
  readonly versions: readonly TemplateVersion[];
  readonly placeholders: readonly string[];
}

/** A text with its history. @throws {Problem} 404 when there is no such kind */
export async function readText(call: Call, key: TemplateKey): Promise<Text> {
  authorise(call.actor, 'administrator');
  const kind = kindCalled(key.kind);
  const versions = await templateVersions(call.database, key);
  return {
    kind,
    default: kind[key.locale],
    current: versions[0]?.template ?? kind[key.locale],
    versions,
    placeholders: placeholderNames(kind, call.config),
  };
}

/**
 * Puts a text in force from the next message on; `undefined` takes the default one back.
 * @param version the one it was written from, 0 when nobody had written any
 * @throws {Problem} 404 no such kind; 412 edited meanwhile; 422 unknown or lost placeholders
 */
export async function saveText(
  call: Call,
  key: TemplateKey,
  version: number,
  template: Template | undefined,
): Promise<TemplateVersion> {
  authorise(call.actor, 'administrator');
  const kind = kindCalled(key.kind);
  if (template) refuseFaults(call, kind, template);
  const saved = {
    ...key,
    version: version + 1,
    editedBy: actorId(call.actor) ?? null,
    editedAt: call.clock.now(),
  };
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const [latest] = await templateVersions(transaction, key);
      if ((latest?.version ?? 0) !== version) throw editedMeanwhile();
      await insertTemplate(transaction, {
        ...saved,
        id: call.ids(),
        subject: template?.subject ?? null,
        paragraphs: template?.paragraphs ?? null,
        short: template?.short ?? null,
      });
      await audit(transaction, call, {
        action: 'edit-notice-text',
        subjectKind: 'notice-text',
        subjectId: key.kind,
        detail: {
          locale: key.locale,
          service: key.serviceId,
          version: saved.version,
          taken_back: template === undefined,
        },
      });
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'notice_template_version') throw editedMeanwhile();
    throw error;
  }
  return { ...saved, template };
}

/** The letter that a text would make of invented facts. @throws {Problem} 404, 422 as saving */
export function previewText(
  call: Call,
  wanted: { readonly kind: string; readonly locale: Locale; readonly template: Template },
): Letter {
  authorise(call.actor, 'administrator');
  const kind = kindCalled(wanted.kind);
  refuseFaults(call, kind, wanted.template);
  const told = {
    kind: kind.name,
    facts: kind.sample,
    locale: wanted.locale,
    subjectId: call.ids(),
    createdAt: call.clock.now(),
  };
  return composeLetter(call.config, told, wanted.template);
}

function kindCalled(name: string): NoticeKind {
  const kind = noticeKind(name);
  if (!kind) throw notFound();
  return kind;
}

function refuseFaults(call: Call, kind: NoticeKind, template: Template): void {
  const known = placeholderNames(kind, call.config);
  const faults = checkTemplate(template, known, kind.mandatory ?? []);
  if (faults.length === 0) return;
  throw invalid({
    errors: faults.map(({ field, detail }) => ({
      pointer: `/${field}`,
      detail: detail[call.locale],
    })),
  });
}
