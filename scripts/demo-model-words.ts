import type { Words } from '../src/profiling/rules/model.ts';

/** Names of the demonstration model's variables and levels, and its reference levels. */
export const VARIABLES: Record<
  string,
  {
    label: Words;
    reference: string;
    levels: Record<string, Words>;
    reachable?: Record<string, string[]>;
  }
> = {
  age: {
    label: { it: 'Età', en: 'Age' },
    reference: '30_44',
    levels: {
      under_30: { it: 'meno di 30 anni', en: 'under 30' },
      '30_44': { it: 'da 30 a 44 anni', en: '30 to 44' },
      '45_54': { it: 'da 45 a 54 anni', en: '45 to 54' },
      '55_plus': { it: '55 anni e oltre', en: '55 and over' },
    },
  },
  education: {
    label: { it: 'Titolo di studio', en: 'Education' },
    reference: 'diploma',
    levels: {
      primary: { it: 'fino alla licenza elementare', en: 'up to primary school' },
      lower_secondary: { it: 'licenza media', en: 'lower secondary school' },
      qualification: { it: 'qualifica professionale', en: 'vocational qualification' },
      diploma: { it: 'diploma', en: 'upper secondary diploma' },
      tertiary: { it: 'laurea o superiore', en: 'degree or higher' },
    },
  },
  months_out: {
    label: { it: 'Tempo senza lavoro', en: 'Time out of work' },
    reference: 'under_6',
    levels: {
      under_6: { it: 'meno di 6 mesi', en: 'under 6 months' },
      '6_11': { it: 'da 6 a 11 mesi', en: '6 to 11 months' },
      '12_23': { it: 'da 12 a 23 mesi', en: '12 to 23 months' },
      '24_plus': { it: '24 mesi e oltre', en: '24 months and over' },
    },
  },
  status_year_before: {
    label: { it: 'Condizione un anno prima', en: 'Status one year before' },
    reference: 'employed',
    levels: {
      employed: { it: 'al lavoro', en: 'in work' },
      unemployed: { it: 'in cerca di lavoro', en: 'looking for work' },
      student: { it: 'studio', en: 'in education' },
      inactive: { it: 'altra condizione', en: 'other' },
    },
  },
  worked_last_2_years: {
    label: { it: 'Lavoro negli ultimi due anni', en: 'Work in the last two years' },
    reference: '13_24',
    levels: {
      none: { it: 'nessuno', en: 'none' },
      '1_6': { it: 'da 1 a 6 mesi', en: '1 to 6 months' },
      '7_12': { it: 'da 7 a 12 mesi', en: '7 to 12 months' },
      '13_24': { it: 'più di 12 mesi', en: 'more than 12 months' },
    },
  },
  dependent_children: {
    label: { it: 'Figli a carico', en: 'Dependent children' },
    reference: 'no',
    levels: { no: { it: 'no', en: 'no' }, yes: { it: 'sì', en: 'yes' } },
  },
  driving_licence: {
    label: { it: 'Patente di guida', en: 'Driving licence' },
    reference: 'yes',
    levels: { no: { it: 'no', en: 'no' }, yes: { it: 'sì', en: 'yes' } },
    reachable: { no: ['yes'] },
  },
  transport: {
    label: { it: 'Come si sposta', en: 'Getting around' },
    reference: 'own',
    levels: {
      own: { it: 'mezzo proprio', en: 'own vehicle' },
      public: { it: 'mezzi pubblici', en: 'public transport' },
      limited: { it: 'con difficoltà', en: 'with difficulty' },
    },
    reachable: { limited: ['public'] },
  },
  digital_skills: {
    label: { it: 'Competenze digitali', en: 'Digital skills' },
    reference: 'basic',
    levels: {
      none: { it: 'nessuna', en: 'none' },
      basic: { it: 'di base', en: 'basic' },
      intermediate: { it: 'intermedie', en: 'intermediate' },
      advanced: { it: 'avanzate', en: 'advanced' },
    },
    reachable: {
      none: ['basic', 'intermediate'],
      basic: ['intermediate'],
      intermediate: ['advanced'],
    },
  },
  italian: {
    label: { it: 'Conoscenza dell’italiano', en: 'Command of Italian' },
    reference: 'c1_or_native',
    levels: {
      up_to_a2: { it: 'fino ad A2', en: 'up to A2' },
      b1_b2: { it: 'B1 o B2', en: 'B1 or B2' },
      c1_or_native: { it: 'C1 o madrelingua', en: 'C1 or native' },
    },
    reachable: { up_to_a2: ['b1_b2'], b1_b2: ['c1_or_native'] },
  },
  foreign_languages: {
    label: { it: 'Lingue straniere (almeno B1)', en: 'Foreign languages (B1 or better)' },
    reference: 'none',
    levels: {
      none: { it: 'nessuna', en: 'none' },
      one: { it: 'una', en: 'one' },
      two_or_more: { it: 'due o più', en: 'two or more' },
    },
    reachable: { none: ['one'], one: ['two_or_more'] },
  },
  recent_training: {
    label: {
      it: 'Corso di almeno 40 ore negli ultimi due anni',
      en: 'Course of 40 hours or more in the last two years',
    },
    reference: 'no',
    levels: { no: { it: 'no', en: 'no' }, yes: { it: 'sì', en: 'yes' } },
    reachable: { no: ['yes'] },
  },
};

export const GROUPS: Record<string, Words> = {
  all: { it: 'Tutti', en: 'Everybody' },
  'sex:F': { it: 'Donne', en: 'Women' },
  'sex:M': { it: 'Uomini', en: 'Men' },
  'age:under_30': { it: 'Meno di 30 anni', en: 'Under 30' },
  'age:30_44': { it: 'Da 30 a 44 anni', en: '30 to 44' },
  'age:45_54': { it: 'Da 45 a 54 anni', en: '45 to 54' },
  'age:55_plus': { it: '55 anni e oltre', en: '55 and over' },
  'citizenship:it': { it: 'Cittadini italiani', en: 'Italian citizens' },
  'citizenship:eu': { it: 'Cittadini di altri Paesi UE', en: 'Citizens of other EU countries' },
  'citizenship:other': { it: 'Cittadini di Paesi terzi', en: 'Third-country citizens' },
};

export const CARD = {
  title: {
    it: 'Rischio di restare senza lavoro – modello dimostrativo',
    en: 'Risk of remaining without work – demonstration model',
  },
  purpose: {
    it: 'Mostrare come il servizio calcola, spiega e registra un profilo. Non va usato per decidere di persone vere.',
    en: 'To show how the service computes, explains and records a profile. Not to be used to decide about real people.',
  },
  outcome: {
    it: 'Non essere al lavoro 365 giorni dopo la presa in carico',
    en: 'Not being in work 365 days after being taken in charge',
  },
  population: {
    it: 'Storie sintetiche, nessuna persona reale; i tassi di occupazione a 365 giorni per percorso sono quelli pubblicati per Gol',
    en: 'Synthetic histories, no real person; employment rates at 365 days by percorso are those published for Gol',
  },
  limits: [
    {
      it: 'I pesi vengono da storie inventate: ordine e segno sono plausibili, le grandezze non provano nulla sul lavoro in Sicilia o in Italia.',
      en: 'The weights come from invented histories: their order and sign are plausible, their size proves nothing about work in Sicily or Italy.',
    },
    {
      it: 'Il punteggio dice come è andata a persone con gli stessi dati; non dice che cambiare un dato cambierebbe il risultato di una persona.',
      en: 'The score says how people with the same data fared; it does not say that changing one datum would change one person’s result.',
    },
    {
      it: 'Nelle storie le donne restano senza lavoro un po’ più spesso di quanto il modello preveda, gli uomini un po’ meno: è voluto, perché la verifica per gruppi abbia qualcosa da trovare.',
      en: 'In the histories women remain without work a little more often than the model says, men a little less: this is deliberate, so that the audit by group has something to find.',
    },
  ],
  excluded: [
    {
      it: 'Sesso: non entra nel punteggio. Un peso diverso per le donne trasforma uno svantaggio subito in una ragione per offrire altro; serve solo a verificare che il modello tratti i gruppi allo stesso modo.',
      en: 'Sex: not in the score. A different weight for women turns a disadvantage suffered into a reason to offer something else; it serves only to check that the model treats groups alike.',
    },
    {
      it: 'Cittadinanza e presenza in Italia: non entrano nel punteggio, l’una sta per l’altra; conta invece la conoscenza dell’italiano, che si può migliorare.',
      en: 'Citizenship and presence in Italy: not in the score, each stands in for the other; command of Italian counts instead, which can be improved.',
    },
    {
      it: 'Componenti del nucleo: raccolti per la chiamata nazionale, non entrano nel punteggio.',
      en: 'Size of the household: collected for the national call, not in the score.',
    },
    {
      it: 'Salute, disabilità, condizioni familiari delicate: mai nel punteggio; se ne parla nel colloquio, con il consenso.',
      en: 'Health, disability, delicate family circumstances: never in the score; the interview deals with them, with consent.',
    },
  ],
  approval: {
    it: 'Nessuna: un modello vero va stimato sui dati dell’amministrazione, valutato e approvato prima dell’uso.',
    en: 'None: a real model must be fitted on the administration’s data, assessed and approved before use.',
  },
  contact: {
    it: 'L’ufficio che ha in carico la persona',
    en: 'The office in charge of the person',
  },
} as const;

export const CLASSES: readonly { code: string; label: Words }[] = [
  { code: '1', label: { it: 'rischio basso', en: 'low risk' } },
  { code: '2', label: { it: 'rischio medio', en: 'medium risk' } },
  { code: '3', label: { it: 'rischio alto', en: 'high risk' } },
];
