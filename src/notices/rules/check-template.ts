import type { Bilingual } from '../../platform/problem.ts';
import { placeholdersOf, type Template } from './fill.ts';

/** What is wrong with an edited text, and where. */
export interface TemplateFault {
  readonly field: 'subject' | 'paragraphs' | 'short';
  readonly detail: Bilingual;
}

/**
 * Whether a text may serve: it uses known placeholders only, keeps those without which the message is
 * of no use, and no pair of braces that would be read as it stands.
 */
export function checkTemplate(
  template: Template,
  known: readonly string[],
  mandatory: readonly string[],
): TemplateFault[] {
  const body = template.paragraphs.join('\n');
  const fields = [
    ['subject', template.subject],
    ['paragraphs', body],
    ['short', template.short ?? ''],
  ] as const;
  const faults: TemplateFault[] = [];
  for (const [field, text] of fields) {
    for (const name of placeholdersOf(text).filter((used) => !known.includes(used)))
      faults.push({
        field,
        detail: {
          it: `Il segnaposto {{${name}}} non esiste per questo messaggio.`,
          en: `The placeholder {{${name}}} does not exist for this message.`,
        },
      });
    if (/\{\{|\}\}/.test(withoutPlaceholders(text)))
      faults.push({
        field,
        detail: {
          it: 'Un segnaposto non è scritto bene: si scrive {{nome}}, in minuscolo.',
          en: 'A placeholder is not written well: write {{name}}, in lower case.',
        },
      });
  }
  const used = placeholdersOf(`${template.subject}\n${body}`);
  const lost = mandatory.filter((name) => !used.includes(name));
  if (lost.length > 0) faults.push({ field: 'paragraphs', detail: lostWords(lost) });
  const short = template.short ?? '';
  const lostShort = mandatory.filter((name) => !placeholdersOf(short).includes(name));
  if (short !== '' && lostShort.length > 0)
    faults.push({ field: 'short', detail: lostWords(lostShort) });
  return faults;
}

function lostWords(lost: readonly string[]): Bilingual {
  const list = lost.map((name) => `{{${name}}}`).join(', ');
  return {
    it: `Senza ${list} il messaggio non serve: va lasciato.`,
    en: `Without ${list} the message is of no use: keep it.`,
  };
}

function withoutPlaceholders(text: string): string {
  return placeholdersOf(text).reduce(
    (rest, name) => rest.replace(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`, 'g'), ''),
    text,
  );
}
