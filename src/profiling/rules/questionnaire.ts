import type { Words } from './model.ts';

/**
 * First qualitative questionnaire. Section headings and the six points of the check-list are those
 * of the Gol programme (allegato B, read in reproductions); the wording of the items is ours, to be
 * replaced by the official text when the ministry gives it.
 */
export const QUESTIONNAIRE_ID = 'gol-first-1';

export interface Option {
  readonly code: string;
  readonly label: Words;
  /** Choosing it counts as one complex need. */
  readonly complexNeed?: true;
}

export interface Question {
  readonly code: string;
  readonly kind: 'one' | 'many' | 'text';
  readonly label: Words;
  readonly hint?: Words;
  readonly options?: readonly Option[];
  readonly required?: true;
  /** Asked and kept only with the person's consent; never a diagnosis, only whether. */
  readonly sensitive?: true;
}

export interface Section {
  readonly code: 'A' | 'B' | 'C' | 'K';
  readonly title: Words;
  readonly intro: Words;
  readonly questions: readonly Question[];
}

const option = (code: string, it: string, en: string, complexNeed?: true): Option => ({
  code,
  label: { it, en },
  ...(complexNeed ? { complexNeed } : {}),
});
const YES_NO = [option('yes', 'Sì', 'Yes'), option('no', 'No', 'No')];
const NEED = [option('no', 'No', 'No'), option('yes', 'Sì', 'Yes', true)];
const DEGREE = [
  option('yes', 'Sì', 'Yes'),
  option('partly', 'In parte', 'Partly'),
  option('no', 'No', 'No'),
];

export const CONSENT = 'c_consent';
export const CHECK_LIST = ['k_coherence', 'k_training', 'k_mobility', 'k_activation', 'k_market'];

export const SECTIONS: readonly Section[] = [
  {
    code: 'A',
    title: { it: 'Condizione lavorativa', en: 'Working condition' },
    intro: {
      it: 'Da dove viene la persona e come cerca oggi.',
      en: 'Where the person comes from and how they search today.',
    },
    questions: [
      {
        code: 'a_last_job',
        kind: 'text',
        label: { it: 'Ultimo lavoro svolto', en: 'Last job' },
        hint: {
          it: 'Mansione, settore, contratto, quando è finito.',
          en: 'Task, sector, contract, when it ended.',
        },
      },
      {
        code: 'a_target_job',
        kind: 'text',
        required: true,
        label: { it: 'Lavoro cercato', en: 'Job sought' },
        hint: { it: 'Con le parole della persona.', en: 'In the person’s own words.' },
      },
      {
        code: 'a_collective_crisis',
        kind: 'one',
        required: true,
        options: YES_NO,
        label: {
          it: 'È tra i lavoratori di una crisi aziendale seguita come gruppo?',
          en: 'Is the person among the workers of a company crisis assessed as a group?',
        },
      },
      {
        code: 'a_channels',
        kind: 'many',
        label: { it: 'Come cerca lavoro', en: 'How the person searches' },
        options: [
          option('cpi', 'Centro per l’impiego', 'Employment centre'),
          option('agency', 'Agenzie per il lavoro', 'Agencies'),
          option('online', 'Annunci in rete', 'Online ads'),
          option('direct', 'Candidature dirette', 'Direct applications'),
          option('network', 'Parenti e conoscenti', 'Family and acquaintances'),
          option('none', 'Al momento non cerca', 'Not searching at the moment'),
        ],
      },
      {
        code: 'a_offers_refused',
        kind: 'one',
        options: YES_NO,
        label: {
          it: 'Ha rifiutato offerte negli ultimi sei mesi?',
          en: 'Any offer refused in the last six months?',
        },
      },
    ],
  },
  {
    code: 'B',
    title: { it: 'Competenze', en: 'Skills' },
    intro: {
      it: 'Che cosa sa fare, rispetto al lavoro che cerca.',
      en: 'What the person can do, against the job they seek.',
    },
    questions: [
      {
        code: 'b_title_recognised',
        kind: 'one',
        label: {
          it: 'Il titolo di studio è riconosciuto in Italia?',
          en: 'Is the title recognised in Italy?',
        },
        options: YES_NO,
      },
      {
        code: 'b_qualifications',
        kind: 'text',
        label: {
          it: 'Qualifiche, abilitazioni, patentini',
          en: 'Qualifications and licences to practise',
        },
      },
      {
        code: 'b_skills',
        kind: 'text',
        label: {
          it: 'Competenze che la persona riconosce a sé',
          en: 'Skills the person sees in themselves',
        },
      },
      {
        code: 'b_training_wished',
        kind: 'text',
        label: { it: 'Formazione che vorrebbe fare', en: 'Training wished' },
      },
    ],
  },
  {
    code: 'C',
    title: { it: 'Condizioni personali', en: 'Personal circumstances' },
    intro: {
      it: 'Solo ciò che pesa sul lavoro. Le domande delicate si fanno con il consenso della persona; non si scrivono diagnosi.',
      en: 'Only what bears on work. Delicate questions are asked with the person’s consent; diagnoses are never written down.',
    },
    questions: [
      {
        code: 'c_mobility',
        kind: 'one',
        required: true,
        label: {
          it: 'Fin dove può spostarsi per lavoro?',
          en: 'How far can the person travel for work?',
        },
        options: [
          option('municipality', 'Solo nel proprio comune', 'Only in their own comune'),
          option('thirty_km', 'Fino a 30 km', 'Up to 30 km'),
          option('fifty_km', 'Fino a 50 km', 'Up to 50 km'),
          option('anywhere', 'Anche oltre', 'Further'),
        ],
      },
      {
        code: CONSENT,
        kind: 'one',
        required: true,
        options: YES_NO,
        label: {
          it: 'La persona acconsente alle domande che seguono?',
          en: 'Does the person consent to the questions that follow?',
        },
        hint: {
          it: 'Senza consenso le risposte che seguono non vengono registrate, e nulla cambia nei servizi di base.',
          en: 'Without consent the answers below are not recorded, and nothing changes in the basic services.',
        },
      },
      {
        code: 'c_care',
        kind: 'one',
        sensitive: true,
        options: NEED,
        label: {
          it: 'Ha compiti di cura senza qualcuno che la sostituisca?',
          en: 'Care duties with nobody to step in?',
        },
      },
      {
        code: 'c_health',
        kind: 'one',
        sensitive: true,
        options: NEED,
        label: {
          it: 'Ha limiti di salute che pesano sul lavoro?',
          en: 'Health limits that bear on work?',
        },
      },
      {
        code: 'c_housing',
        kind: 'one',
        sensitive: true,
        options: NEED,
        label: { it: 'Ha un problema di casa?', en: 'A housing problem?' },
      },
      {
        code: 'c_social_services',
        kind: 'one',
        sensitive: true,
        options: NEED,
        label: {
          it: 'È seguita dai servizi sociali, o ha debiti o vicende giudiziarie che pesano sul lavoro?',
          en: 'Followed by social services, or debts or court matters that bear on work?',
        },
      },
      {
        code: 'c_poverty',
        kind: 'one',
        sensitive: true,
        options: NEED,
        label: {
          it: 'La famiglia fatica a coprire le spese essenziali?',
          en: 'Does the household struggle with essential expenses?',
        },
      },
    ],
  },
  {
    code: 'K',
    title: { it: 'Check-list dell’operatore', en: 'Operator’s check-list' },
    intro: {
      it: 'La valutazione di chi ha condotto il colloquio. È questa, con la classe, a proporre il percorso.',
      en: 'The judgement of whoever held the interview. It is this, with the class, that proposes the percorso.',
    },
    questions: [
      {
        code: 'k_coherence',
        kind: 'one',
        required: true,
        options: DEGREE,
        label: {
          it: 'Aspettative, esperienza e competenze sono coerenti tra loro?',
          en: 'Do expectations, experience and skills fit together?',
        },
      },
      {
        code: 'k_training',
        kind: 'one',
        required: true,
        options: DEGREE,
        label: { it: 'È disponibile a formarsi e a crescere?', en: 'Open to training and growth?' },
      },
      {
        code: 'k_mobility',
        kind: 'one',
        required: true,
        options: DEGREE,
        label: {
          it: 'La mobilità basta per il lavoro cercato?',
          en: 'Is mobility enough for the job sought?',
        },
      },
      {
        code: 'k_activation',
        kind: 'one',
        required: true,
        options: DEGREE,
        label: {
          it: 'Si attiva, e la ricerca è efficace?',
          en: 'Active, and searching effectively?',
        },
      },
      {
        code: 'k_market',
        kind: 'one',
        required: true,
        options: DEGREE,
        label: {
          it: 'Il lavoro cercato c’è, nel mercato locale?',
          en: 'Does the local market offer the job sought?',
        },
      },
      {
        code: 'k_internship',
        kind: 'one',
        required: true,
        options: YES_NO,
        label: { it: 'Ha fatto tirocini?', en: 'Any internship so far?' },
      },
      {
        code: 'k_skills',
        kind: 'one',
        required: true,
        label: {
          it: 'Rispetto al lavoro cercato, le competenze sono…',
          en: 'Against the job sought, the skills are…',
        },
        options: [
          option('spendable', 'spendibili così come sono', 'usable as they are'),
          option(
            'short_gap',
            'da completare con un corso breve',
            'to be completed with a short course',
          ),
          option('inadequate', 'non adeguate', 'not adequate'),
        ],
      },
      { code: 'k_notes', kind: 'text', label: { it: 'Note', en: 'Notes' } },
    ],
  },
];

export const QUESTIONS: readonly Question[] = SECTIONS.flatMap((section) => section.questions);
