import type { IsoDate } from '../../platform/clock.ts';
import type { Words } from './model.ts';
import type { PersonData } from './person-data.ts';
import { ageOn, monthsOutOn } from './predictors.ts';

/** Youngest age at which one may work in Italy, and an age no jobseeker has. */
const AGE = { min: 15, max: 99 };

/** What in a data form cannot be true on the day it is confirmed, by field. */
export function dataFaults(
  data: PersonData,
  on: IsoDate,
): { readonly field: keyof PersonData; readonly words: Words }[] {
  const faults: { field: keyof PersonData; words: Words }[] = [];
  const age = ageOn(data.birthDate, on);
  if (age < AGE.min || age > AGE.max) {
    faults.push({
      field: 'birthDate',
      words: {
        it: `Controlla la data di nascita: l’età deve essere tra ${AGE.min} e ${AGE.max} anni.`,
        en: `Check the date of birth: the age must be between ${AGE.min} and ${AGE.max}.`,
      },
    });
  }
  if (data.unemployedSince > on) {
    faults.push({
      field: 'unemployedSince',
      words: {
        it: 'Il primo giorno senza lavoro non può essere nel futuro.',
        en: 'The first day out of work cannot lie in the future.',
      },
    });
  } else if (data.unemployedSince < data.birthDate) {
    faults.push({
      field: 'unemployedSince',
      words: {
        it: 'Il primo giorno senza lavoro viene prima della nascita.',
        en: 'The first day out of work comes before the birth.',
      },
    });
  } else if (
    data.monthsWorkedLast2Years >
    24 - Math.min(24, monthsOutOn(data.unemployedSince, on))
  ) {
    faults.push({
      field: 'monthsWorkedLast2Years',
      words: {
        it: 'I mesi lavorati negli ultimi due anni sono più di quelli possibili con questa data di inizio della disoccupazione.',
        en: 'More months worked in the last two years than this first day out of work allows.',
      },
    });
  }
  return faults;
}
