import type { Words } from '../rules/model.ts';

/** How the data form is asked: field by field, in the wire's names, with words for each choice. */
export interface FormField {
  readonly name: string;
  readonly kind: 'date' | 'number' | 'choice' | 'yes_no';
  readonly label: Words;
  readonly hint?: Words;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
}

const words = (it: string, en: string): Words => ({ it, en });
const option = (value: string, it: string, en: string) => ({ value, label: words(it, en) });

/** What the local model reads. */
export const SCORED_FIELDS: readonly FormField[] = [
  { name: 'birth_date', kind: 'date', label: words('Data di nascita', 'Date of birth') },
  {
    name: 'education',
    kind: 'choice',
    label: words('Titolo di studio più alto', 'Highest title of study'),
    options: [
      option('00000000', 'Nessun titolo', 'None'),
      option('10000000', 'Licenza elementare', 'Primary school'),
      option('20000000', 'Licenza media', 'Lower secondary school'),
      option('30000000', 'Qualifica professionale', 'Vocational qualification'),
      option('40000000', 'Diploma di scuola superiore', 'Upper secondary diploma'),
      option(
        '50000000',
        'Diploma terziario extra-universitario',
        'Tertiary non-university diploma',
      ),
      option('60000000', 'Diploma universitario', 'University diploma'),
      option('70000000', 'Laurea', 'Degree'),
      option('80000000', 'Titolo post-laurea', 'Postgraduate title'),
    ],
  },
  {
    name: 'unemployed_since',
    kind: 'date',
    label: words('Senza lavoro dal', 'Out of work since'),
    hint: words('Il primo giorno senza lavoro.', 'The first day out of work.'),
  },
  {
    name: 'status_year_before',
    kind: 'choice',
    label: words('Un anno fa la persona era…', 'One year ago the person was…'),
    options: [
      option('employed', 'al lavoro', 'in work'),
      option('unemployed', 'in cerca di lavoro', 'looking for work'),
      option('student', 'a scuola o all’università', 'at school or university'),
      option('inactive', 'in altra condizione', 'in another condition'),
    ],
  },
  {
    name: 'months_worked_last_2_years',
    kind: 'number',
    min: 0,
    max: 24,
    label: words('Mesi lavorati negli ultimi due anni', 'Months worked in the last two years'),
    hint: words('Con qualunque contratto, da 0 a 24.', 'Under any contract, from 0 to 24.'),
  },
  {
    name: 'dependent_children',
    kind: 'yes_no',
    label: words('Ha figli a carico?', 'Dependent children?'),
  },
  { name: 'driving_licence', kind: 'yes_no', label: words('Ha la patente?', 'Driving licence?') },
  {
    name: 'transport',
    kind: 'choice',
    label: words('Come si sposta', 'Getting around'),
    options: [
      option('own', 'con un mezzo proprio', 'with an own vehicle'),
      option('public', 'con i mezzi pubblici', 'by public transport'),
      option('limited', 'con difficoltà', 'with difficulty'),
    ],
  },
  {
    name: 'digital_skills',
    kind: 'choice',
    label: words('Competenze digitali', 'Digital skills'),
    options: [
      option('none', 'nessuna', 'none'),
      option('basic', 'di base: posta, moduli, ricerca', 'basic: mail, forms, search'),
      option('intermediate', 'intermedie: programmi d’ufficio', 'intermediate: office programs'),
      option('advanced', 'avanzate', 'advanced'),
    ],
  },
  {
    name: 'italian_level',
    kind: 'choice',
    label: words('Italiano', 'Italian'),
    options: [
      option('up_to_a2', 'fino ad A2', 'up to A2'),
      option('b1_b2', 'B1 o B2', 'B1 or B2'),
      option('c1_or_native', 'C1 o madrelingua', 'C1 or native'),
    ],
  },
  {
    name: 'foreign_languages',
    kind: 'choice',
    label: words('Lingue straniere, almeno B1', 'Foreign languages, B1 or better'),
    options: [
      option('none', 'nessuna', 'none'),
      option('one', 'una', 'one'),
      option('two_or_more', 'due o più', 'two or more'),
    ],
  },
  {
    name: 'recent_training',
    kind: 'yes_no',
    label: words(
      'Ha concluso un corso di almeno 40 ore negli ultimi due anni?',
      'Has the person completed a course of 40 hours or more in the last two years?',
    ),
  },
];

/** Kept for the national call and for the audit of the model. */
export const UNSCORED_FIELDS: readonly FormField[] = [
  {
    name: 'sex',
    kind: 'choice',
    label: words('Sesso', 'Sex'),
    options: [option('F', 'donna', 'woman'), option('M', 'uomo', 'man')],
  },
  {
    name: 'citizenship',
    kind: 'choice',
    label: words('Cittadinanza', 'Citizenship'),
    options: [
      option('it', 'italiana', 'Italian'),
      option('eu', 'di un altro Paese UE', 'of another EU country'),
      option('other', 'di un Paese terzo', 'of a third country'),
    ],
  },
  {
    name: 'presence_in_italy',
    kind: 'choice',
    label: words('In Italia', 'In Italy'),
    options: [
      option('birth', 'dalla nascita', 'since birth'),
      option('over_5_years', 'da più di 5 anni', 'for more than 5 years'),
      option('from_1_to_5_years', 'da 1 a 5 anni', 'for 1 to 5 years'),
      option('under_1_year', 'da meno di un anno', 'for less than a year'),
    ],
  },
  {
    name: 'household_size',
    kind: 'number',
    min: 1,
    max: 20,
    label: words('Componenti del nucleo familiare', 'People in the household'),
  },
];

export const FORM_FIELDS: readonly FormField[] = [...SCORED_FIELDS, ...UNSCORED_FIELDS];
