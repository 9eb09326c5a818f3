import type { PersonDetails } from '../identity/person.ts';

/** The people that the demonstration can be entered as; invented, like everybody in it. */

/** Whose agenda a visitor sees: the first who holds first interviews there, by staff number. */
export const DEMO_OFFICE = 'pa-palermo';

const PALERMO = '082053';
const MESSINA = '083048';

type Named = PersonDetails & { readonly email: string; readonly domicile: string };

const named = (givenName: string, familyName: string, domicile: string): Named => ({
  givenName,
  familyName,
  email: `${givenName}.${familyName}@example.org`.toLowerCase().replaceAll(/[ ’']/g, ''),
  phone: undefined,
  taxCode: undefined,
  domicile,
});

/** Has given a Did some days ago and booked nothing yet. */
export const DEMO_JOBSEEKER = named('Maria', 'Ferrara', PALERMO);

/** The next ones on the demonstration operator’s agenda, in this order. */
export const DEMO_NEXT_IN_LINE: readonly Named[] = [
  named('Giuseppe', 'Lombardo', PALERMO),
  named('Amina', 'Ben Salah', PALERMO),
  named('Rosalia', 'Cusumano', PALERMO),
  named('Salvatore', 'Romeo', MESSINA),
];
