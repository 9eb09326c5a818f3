import { z } from 'zod';
import type { Pass } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { email, phone } from '../../reference/fields.ts';
import { TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { type FormState, formValues, zodErrors } from '../../web/form.ts';
import { bookingStrings } from '../strings.ts';

const passForm = z.object({
  codice: z
    .string()
    .min(8)
    .max(20)
    .regex(/^[0-9A-Za-z -]+$/),
  contatto: z.union([email, phone]),
});

/** The code and the contact that open something together, without a login. */
export function PassFields(props: { form: FormState; code: string; codeHint: string }) {
  const t = bookingStrings(useLocale());
  const { form } = props;
  return (
    <>
      <TextField
        name="codice"
        label={props.code}
        hint={props.codeHint}
        required
        form={form}
        code
        maxlength={20}
        width="narrow"
        autocomplete="off"
      />
      <TextField
        name="contatto"
        label={t('contact')}
        hint={t('contactHint')}
        required
        form={form}
        autocomplete="email"
        maxlength={254}
      />
    </>
  );
}

/** The same fields in a summary of errors. */
export const passLabels = (locale: Locale, code: string) => ({
  codice: code,
  contatto: bookingStrings(locale)('contact'),
});

type TypedPass = { readonly pass: Pass } | { readonly form: FormState; readonly status: 404 | 422 };

/**
 * The pass that was typed, if it opens what `lookUp` looks for (which answers 404 when it does not);
 * else the form to be shown again.
 */
export async function typedPass(
  c: AppContext,
  lookUp: (pass: Pass) => Promise<unknown>,
  notFound: string,
): Promise<TypedPass> {
  const values = await formValues(c);
  const parsed = passForm.safeParse(values);
  if (!parsed.success) {
    const { locale } = callOf(c);
    const errors = zodErrors(parsed.error, locale);
    if (errors.contatto) errors.contatto = bookingStrings(locale)('contactWrong');
    return { form: { values, errors }, status: 422 };
  }
  const pass = { code: parsed.data.codice, contact: parsed.data.contatto };
  try {
    await lookUp(pass);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return { form: { values, errors: { codice: notFound } }, status: 404 };
  }
  return { pass };
}
