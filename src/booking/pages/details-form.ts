import { z } from 'zod';
import { ALSO_BY } from '../../identity/also-by.ts';
import type { PersonDetails } from '../../identity/person.ts';
import {
  email,
  familyName,
  givenName,
  instant,
  phone,
  taxCode,
  uuid,
} from '../../reference/fields.ts';

const blank = (value: unknown) => (value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());
const code = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9-]+$/);

/** What the journey carries from page to page, as form fields in Italian. */
const choice = { servizio: code, ufficio: code, inizio: instant };
const person = {
  nome: givenName,
  cognome: familyName,
  email,
  telefono: optional(phone),
  canale: optional(z.enum(ALSO_BY)),
  codice_fiscale: optional(taxCode),
  note: optional(z.string().max(500)),
};

export const detailsForm = z.object({ ...choice, ...person });
/** A signed-in jobseeker's name is known: only contact details are read. */
export const knownDetailsForm = detailsForm.partial({ nome: true, cognome: true });
export const confirmExtras = z.object({ id: uuid });

export type Details = z.infer<typeof knownDetailsForm>;

/** @param lives where, when the service depends on it */
export function toPersonDetails(
  details: Details,
  lives?: Pick<PersonDetails, 'domicile' | 'address'>,
): PersonDetails {
  return {
    givenName: details.nome ?? '',
    familyName: details.cognome ?? '',
    email: details.email,
    phone: details.telefono,
    alsoBy: details.canale,
    taxCode: details.codice_fiscale,
    domicile: lives?.domicile,
    address: lives?.address,
  };
}

/** The details as hidden fields of the next form. */
export function hiddenFields(details: Details): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}
