import type { IsoDate } from '../../platform/clock.ts';
import type { Words } from '../../profiling/rules/model.ts';
import type { LegalLetter } from './content.ts';

/** What a benefit loses at one step; `days` as Inps counts them (circ. 224/2016). */
export type Loss =
  | { readonly kind: 'quarter_month'; readonly days: 8 }
  | { readonly kind: 'month'; readonly days: 30 }
  /** Of the benefit and of the status of unemployed. */
  | { readonly kind: 'benefit_and_status' };

export interface LadderRow {
  /** Art. 21 c. 7 letter. */
  readonly code: 'a' | 'b' | 'c' | 'd';
  readonly breach: Words;
  /** Obligations of the patto whose breach counts here. */
  readonly letters: readonly LegalLetter[];
  /** First breach, second, third. */
  readonly steps: readonly Loss[];
  readonly benefits: readonly ('naspi' | 'dis_coll')[];
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate | undefined;
  readonly source: string;
  readonly verifiedOn: IsoDate | undefined;
}

const QUARTER = { kind: 'quarter_month', days: 8 } as const;
const MONTH = { kind: 'month', days: 30 } as const;
const ALL = { kind: 'benefit_and_status' } as const;

const common = {
  benefits: ['naspi', 'dis_coll'],
  validFrom: '2015-09-24',
  validTo: undefined,
  source: 'D.Lgs. 150/2015 art. 21 c. 7 (GU 15G00162); giorni: Inps circ. 224/2016',
  verifiedOn: undefined,
} as const;

/**
 * What follows a breach without a justified reason. Shown with the patto so that nobody learns it
 * afterwards. The software never sanctions: an official proposes, hears the person and adopts.
 */
export const LADDER: readonly LadderRow[] = [
  {
    ...common,
    code: 'a',
    breach: {
      it: 'Mancare a una convocazione o a un appuntamento del Cpi',
      en: 'Not attending a summons or an appointment of the Cpi',
    },
    letters: ['20.2.d'],
    steps: [QUARTER, MONTH, ALL],
  },
  {
    ...common,
    code: 'b',
    breach: {
      it: 'Non partecipare alle iniziative per cercare meglio lavoro (laboratori, orientamento)',
      en: 'Not joining initiatives for better job search (workshops, orientation)',
    },
    letters: ['20.3.a'],
    steps: [QUARTER, MONTH, ALL],
  },
  {
    ...common,
    code: 'c',
    breach: {
      it: 'Non partecipare alla formazione, alla riqualificazione o ad altre misure di attivazione',
      en: 'Not joining training, reskilling or other activation measures',
    },
    letters: ['20.3.b'],
    steps: [MONTH, ALL],
  },
  {
    ...common,
    code: 'd',
    breach: {
      it: 'Rifiutare un’offerta di lavoro congrua',
      en: 'Refusing a suitable job offer',
    },
    letters: ['20.3.c'],
    steps: [ALL],
  },
];

/** Rows in force on `day` that the obligations of a patto answer to, in the order of the law. */
export function consequencesOf(letters: readonly LegalLetter[], day: IsoDate): LadderRow[] {
  return LADDER.filter(
    (row) =>
      row.letters.some((letter) => letters.includes(letter)) &&
      row.validFrom <= day &&
      (row.validTo === undefined || day <= row.validTo),
  );
}

/** What the `nth` breach of a row costs; after the last step the last one stays. */
export function lossAt(row: LadderRow, nth: number): Loss {
  return row.steps[Math.min(nth, row.steps.length) - 1]!;
}
