/**
 * The standards and figures a new installation starts with, so that there is something to compute
 * from. Everything of ours says so: no administration has published minutes for these activities, and
 * an administration that has measured its own replaces them.
 */
import { MEASURES } from './rules/figures.ts';
import type {
  activityStandard,
  allowanceStandard,
  placeFigure,
  workingTimeStandard,
} from './table.ts';

type Row<T extends { $inferInsert: object }> = Omit<T['$inferInsert'], 'id'>;

const OURS = 'ours, demonstration';
const FROM = '2025-01-01';

const activity = (
  code: string,
  nameIt: string,
  nameEn: string,
  minutes: number,
  minLevel: number,
  more: { lep?: string; serviceCode?: string } = {},
): Row<typeof activityStandard> => ({
  code,
  nameIt,
  nameEn,
  minutes,
  minLevel,
  validFrom: FROM,
  source: OURS,
  ...more,
});

/** Levels are those of the staff categories: 1 the lowest. */
export const FIRST_ACTIVITIES: readonly Row<typeof activityStandard>[] = [
  activity('reception', 'Accoglienza e informazione', 'Reception and information', 10, 1, {
    lep: 'A',
    serviceCode: 'informazioni',
  }),
  activity('did', 'Did e scheda anagrafica', 'Did and registration', 20, 2, {
    lep: 'B',
    serviceCode: 'did',
  }),
  activity(
    'first-interview',
    'Primo colloquio e patto di servizio',
    'First interview and pact',
    60,
    3,
    {
      lep: 'D',
      serviceCode: 'primo-colloquio',
    },
  ),
  activity('follow-up', 'Aggiornamento del patto', 'Follow-up of the pact', 30, 3, { lep: 'D' }),
  activity('guidance', 'Orientamento specialistico', 'Specialist guidance', 90, 3, {
    lep: 'E',
    serviceCode: 'orientamento',
  }),
  activity('job-search', 'Accompagnamento al lavoro', 'Job search support', 60, 3, {
    lep: 'F1',
    serviceCode: 'ricerca-lavoro',
  }),
  activity('traineeship', 'Attivazione di tirocini', 'Setting up traineeships', 60, 3, {
    lep: 'F2',
  }),
  activity('training', 'Avviamento a formazione', 'Referral to training', 30, 3, { lep: 'H' }),
  activity('targeted-placement', 'Collocamento mirato', 'Targeted placement', 60, 3, {
    lep: 'M',
    serviceCode: 'collocamento-mirato',
  }),
  activity('employers', 'Servizi alle imprese', 'Services for employers', 120, 4, { lep: 'S' }),
];

export const FIRST_WORKING_TIME: Row<typeof workingTimeStandard> = {
  possibleDays: 260,
  leaveDays: 32,
  holidayDays: 10,
  sickDays: 8,
  otherDays: 5,
  hoursPerDay: 7.2,
  validFrom: FROM,
  source:
    'leave 28 + 4 days: CCNL Funzioni Locali 21.5.2018, art. 28; 36 hours in five days; holidays 10, sickness 8 and training 5 days: ours',
  sourceDate: '2018-05-21',
};

export const FIRST_ALLOWANCES: readonly Row<typeof allowanceStandard>[] = [
  {
    code: 'back-office',
    nameIt: 'Lavoro interno di tutti: pratiche, riunioni, coordinamento',
    nameEn: 'Back office of everybody: paperwork, meetings, coordination',
    share: 0.25,
    minLevel: 1,
    validFrom: FROM,
    source:
      'front office is 73–77.7 % of the work in Sicily and Lombardy (collettiva.it 28.7.2021, gds.it 19.11.2019); 75 % taken',
    sourceDate: '2021-07-28',
  },
  {
    code: 'head',
    nameIt: 'Responsabile della sede',
    nameEn: 'Head of the office',
    hoursPerYear: 1476,
    minLevel: 4,
    validFrom: FROM,
    source: `${OURS}: one post an office`,
  },
];

const INAPP = 'INAPP Focus GOL, December 2025 (golDatasets, MIT)';
const year2025 = { region: 'Sicilia', periodStart: '2025-01-01', periodEnd: '2026-01-01' } as const;
/** The programme ran from June 2022: cumulated services are spread over 3.5 years. */
const perYear = (cumulated: number) => Math.round(cumulated / 3.5);
const cumulated = (measure: string, lep: string, count: number): Row<typeof placeFigure> => ({
  ...year2025,
  measure,
  value: perYear(count),
  nature: 'computed',
  source: `${count} services of Lep ${lep} from June 2022 to December 2025, over 3.5 years: ${INAPP}`,
  sourceDate: '2025-12-31',
});

/** Yearly volumes of each activity in Sicily. */
const VOLUMES: readonly Row<typeof placeFigure>[] = [
  {
    ...year2025,
    measure: 'first-interview',
    value: 223_476,
    nature: 'sourced',
    source: `people taken in charge in 2025: ${INAPP}`,
    sourceDate: '2025-12-31',
  },
  {
    ...year2025,
    measure: 'did',
    value: 223_476,
    nature: 'computed',
    source: `ours: one Did for each person taken in charge; ${INAPP}`,
    sourceDate: '2025-12-31',
  },
  {
    ...year2025,
    measure: 'reception',
    value: 3 * 223_476,
    nature: 'demo',
    source: 'ours: three visits to reception for each person taken in charge',
  },
  {
    ...year2025,
    measure: 'follow-up',
    value: 542_067,
    nature: 'computed',
    source: `ours: one follow-up a year for each active patto at 31.12.2025; ${INAPP}`,
    sourceDate: '2025-12-31',
  },
  cumulated('guidance', 'E', 168_339),
  cumulated('job-search', 'F1', 29_441),
  cumulated('traineeship', 'F2', 17_798),
  cumulated('training', 'H', 91_599),
  {
    ...year2025,
    measure: 'targeted-placement',
    value: 20_000,
    nature: 'demo',
    source: OURS,
  },
  { ...year2025, measure: 'employers', value: 15_000, nature: 'demo', source: OURS },
];

/** Unemployment rate of 2019 by province, % (ISTAT). */
export const UNEMPLOYMENT_2019: Readonly<Record<string, number>> = {
  TP: 17.81,
  PA: 19.06,
  ME: 25.94,
  AG: 23.57,
  CL: 18.25,
  EN: 23.63,
  CT: 16.11,
  RG: 16.53,
  SR: 24.13,
};

/** Workers whose job ended in Sicily, by quarter from the first of 2017. */
export const TERMINATIONS = [
  85796, 134861, 151944, 231563, 90972, 145162, 158155, 236102, 93084, 145927, 164481, 234744,
  101165, 116144, 144123, 227031, 81661, 149452, 164129, 238711, 106285, 170271, 172277, 234690,
  100201, 161445, 165604, 244452, 103142, 177863, 170321, 248622, 105808, 182106, 174957,
];

const quarterStart = (index: number) =>
  `${2017 + Math.floor(index / 4)}-${String(3 * (index % 4) + 1).padStart(2, '0')}-01`;

export const FIRST_FIGURES: readonly Row<typeof placeFigure>[] = [
  ...VOLUMES,
  ...Object.entries(UNEMPLOYMENT_2019).map(
    ([province, percent]): Row<typeof placeFigure> => ({
      province,
      measure: MEASURES.unemploymentRate,
      periodStart: '2019-01-01',
      periodEnd: '2020-01-01',
      value: percent / 100,
      nature: 'sourced',
      source: 'ISTAT, unemployment rate by province, 2019',
    }),
  ),
  {
    region: 'Sicilia',
    measure: MEASURES.workingAgeShare,
    periodStart: '2019-01-01',
    periodEnd: '2020-01-01',
    value: 0.65,
    nature: 'computed',
    source:
      'ours: about 65 % of the inhabitants are 15–64; the same for every office, it moves no share',
    verified: false,
  },
  ...TERMINATIONS.map(
    (value, index): Row<typeof placeFigure> => ({
      region: 'Sicilia',
      measure: MEASURES.terminations,
      periodStart: quarterStart(index),
      periodEnd: quarterStart(index + 1),
      value,
      nature: 'sourced',
      source: 'Ministry of Labour, comunicazioni obbligatorie, workers (golDatasets, MIT)',
    }),
  ),
];
