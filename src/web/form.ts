import type { z } from 'zod';
import type { AppContext } from '../platform/http.ts';
import { fieldFaults } from '../platform/http.ts';
import type { Locale } from '../platform/locale.ts';
import { type FieldFault, malformed, type Problem } from '../platform/problem.ts';

/** What a person typed and what is wrong with it: everything a form needs to be shown again. */
export interface FormState {
  readonly values: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** One sentence for each field to be put right, by field name. */
  readonly errors: Readonly<Record<string, string>>;
}

export const EMPTY_FORM: FormState = { values: {}, errors: {} };

/** What a form sent, files too. @throws {Problem} 400 when it cannot be taken apart */
export async function formParts(c: AppContext) {
  try {
    return await c.req.parseBody({ all: true });
  } catch (error) {
    // What the runtime throws over a body that does not keep to its boundary.
    if (error instanceof TypeError) throw malformed();
    throw error;
  }
}

/** The fields of a submitted HTML form, trimmed; a name sent several times becomes a list. */
export async function formValues(c: AppContext): Promise<Record<string, string | string[]>> {
  const data = await formParts(c);
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(text) : text(value),
    ]),
  );
}

/** Id of the form whose content survives a change of language, on pages that have one. */
export const TYPED_FORM = 'modulo';

/** Whether a form was sent by the language switch: to be shown as it is, and nothing else. */
export function isShownAgain(c: AppContext): boolean {
  return c.req.query('lang') !== undefined;
}

/** A file of a submitted form, whole; undefined when none was chosen. */
export async function uploadedFile(
  c: AppContext,
  name: string,
): Promise<{ readonly name: string; readonly content: Uint8Array<ArrayBuffer> } | undefined> {
  const sent = (await formParts(c))[name];
  const file = Array.isArray(sent) ? sent[0] : sent;
  if (!(file instanceof File) || file.size === 0) return undefined;
  return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
}

/** The first fault of each field, as {@link FormState} wants them; `/a/b` becomes `a.b`. */
export function errorsByField(faults: readonly FieldFault[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { pointer, detail } of faults) {
    const name = pointer.replace(/^\//, '').replaceAll('/', '.');
    errors[name] ??= detail;
  }
  return errors;
}

/** A refusal about no field in particular, in words: nothing typed is lost over it. */
export function refusalOf(problem: Problem, locale: Locale): Record<string, string> {
  const { kind, extra } = problem;
  return { '': extra.detail?.[locale] ?? kind.explanation[locale] };
}

/** A list is one field of a form: the fault of one of its members is the field's. */
export function byWholeList(errors: FormState['errors']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([name, told]) => [name.replace(/\.\d+$/, ''), told]),
  );
}

/** The same from a schema's refusal. */
export function zodErrors(error: z.ZodError, locale: Locale): Record<string, string> {
  return errorsByField(fieldFaults(error.issues, locale));
}
