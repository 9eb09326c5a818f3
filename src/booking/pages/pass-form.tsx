import { z } from 'zod';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { email } from '../../reference/fields.ts';
import { TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { type FormState, formValues, zodErrors } from '../../web/form.ts';
import type { Pass } from '../actions/look-up-appointment.ts';
import { bookingStrings } from '../strings.ts';

const passForm = z.object({
  codice: z
    .string()
    .min(8)
    .max(20)
    .regex(/^[0-9A-Za-z -]+$/),
  email,
});

/** The code and the e-mail that open something together, without a login. */
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
        name="email"
        type="email"
        label={t('email')}
        required
        form={form}
        autocomplete="email"
        maxlength={254}
      />
    </>
  );
}

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
  if (!parsed.success)
    return { form: { values, errors: zodErrors(parsed.error, c.get('locale')) }, status: 422 };
  const pass = { code: parsed.data.codice, email: parsed.data.email };
  try {
    await lookUp(pass);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return { form: { values, errors: { codice: notFound } }, status: 404 };
  }
  return { pass };
}
