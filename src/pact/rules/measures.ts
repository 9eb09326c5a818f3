import type { Words } from '../../profiling/rules/model.ts';
import type { PercorsoGol } from '../../profiling/rules/percorso.ts';
import type { LegalLetter } from './content.ts';

/** A measure that a patto is built from: who does what, by when, how it is proved. */
export interface Measure {
  readonly code: string;
  readonly percorsi: readonly PercorsoGol[];
  readonly who: 'person' | 'cpi' | 'provider';
  readonly what: Words;
  readonly proof: Words;
  /** Days from the start of the patto by which it is usually done. Ours. */
  readonly withinDays: number;
  readonly letter: LegalLetter | null;
  /** Letter of the Lep (DM 4/2018). */
  readonly lep: string | null;
  readonly source: string;
}

const CONTENT = 'Contenuti tipici dei percorsi Gol (delibera Anpal 5/2022); testo e termini nostri';
const EVERY: readonly PercorsoGol[] = ['P1', 'P2', 'P3', 'P4', 'P5'];

/** Measures by percorso, in the order in which they usually happen. */
const MEASURES: readonly Measure[] = [
  {
    code: 'contacts',
    percorsi: EVERY,
    who: 'person',
    what: {
      it: 'Presentarsi agli appuntamenti con il responsabile e alle convocazioni del Cpi',
      en: 'Attend the appointments with the responsible operator and the summons of the Cpi',
    },
    proof: {
      it: 'Presenza registrata allo sportello o al colloquio a distanza',
      en: 'Attendance recorded at the desk or in the remote interview',
    },
    withinDays: 180,
    letter: '20.2.d',
    lep: null,
    source: 'D.Lgs. 150/2015 art. 20 c. 2 lett. d',
  },
  {
    code: 'search',
    percorsi: EVERY,
    who: 'person',
    what: {
      it: 'Cercare lavoro attivamente, come descritto in questo patto',
      en: 'Search for work actively, as described in this patto',
    },
    proof: {
      it: 'Elenco delle candidature e delle risposte, mostrato a ogni contatto',
      en: 'List of applications and answers, shown at each contact',
    },
    withinDays: 180,
    letter: '20.2.c',
    lep: null,
    source: 'D.Lgs. 150/2015 art. 20 c. 2 lett. c, e',
  },
  {
    code: 'specialised-orientation',
    percorsi: ['P2', 'P3', 'P4', 'P5'],
    who: 'cpi',
    what: {
      it: 'Orientamento specialistico, con analisi delle competenze rispetto al lavoro cercato',
      en: 'Specialised orientation, with an analysis of the skills against the job sought',
    },
    proof: { it: 'Scheda di orientamento condivisa', en: 'Orientation sheet, shared' },
    withinDays: 45,
    letter: null,
    lep: 'E',
    source: CONTENT,
  },
  {
    code: 'search-skills',
    percorsi: ['P1', 'P2', 'P3'],
    who: 'person',
    what: {
      it: 'Partecipare a un laboratorio su curriculum e colloquio di lavoro',
      en: 'Join a workshop on CV and job interview',
    },
    proof: { it: 'Attestato o registro delle presenze', en: 'Certificate or attendance register' },
    withinDays: 45,
    letter: '20.3.a',
    lep: null,
    source: 'D.Lgs. 150/2015 art. 20 c. 3 lett. a',
  },
  {
    code: 'short-training',
    percorsi: ['P2'],
    who: 'person',
    what: {
      it: 'Frequentare un corso di aggiornamento fino a 150 ore',
      en: 'Attend an upskilling course of up to 150 hours',
    },
    proof: {
      it: 'Registro delle presenze e attestato finale',
      en: 'Attendance register and final certificate',
    },
    withinDays: 150,
    letter: '20.3.b',
    lep: 'H',
    source: CONTENT,
  },
  {
    code: 'long-training',
    percorsi: ['P3'],
    who: 'person',
    what: {
      it: 'Frequentare un corso di riqualificazione da 151 a 600 ore',
      en: 'Attend a reskilling course of 151 to 600 hours',
    },
    proof: {
      it: 'Registro delle presenze e qualifica o attestato finale',
      en: 'Attendance register and qualification or final certificate',
    },
    withinDays: 300,
    letter: '20.3.b',
    lep: 'H',
    source: CONTENT,
  },
  {
    code: 'placement-support',
    percorsi: ['P1', 'P2', 'P3', 'P5'],
    who: 'cpi',
    what: {
      it: 'Accompagnamento al lavoro: ricerca e proposta di offerte coerenti',
      en: 'Support into work: search and proposal of fitting offers',
    },
    proof: {
      it: 'Offerte proposte, registrate con l’esito',
      en: 'Offers made, recorded with their outcome',
    },
    withinDays: 180,
    letter: null,
    lep: 'F1',
    source: CONTENT,
  },
  {
    code: 'network-plan',
    percorsi: ['P4'],
    who: 'cpi',
    what: {
      it: 'Incontro con i servizi sociali e piano individuale condiviso',
      en: 'Meeting with social services and a shared individual plan',
    },
    proof: {
      it: 'Piano firmato dai servizi coinvolti',
      en: 'Plan signed by the services involved',
    },
    withinDays: 45,
    letter: null,
    lep: null,
    source: CONTENT,
  },
  {
    code: 'inclusion-path',
    percorsi: ['P4'],
    who: 'person',
    what: {
      it: 'Partecipare alle attività del piano individuale',
      en: 'Take part in the activities of the individual plan',
    },
    proof: { it: 'Registro delle presenze dell’ente', en: 'Attendance register of the body' },
    withinDays: 180,
    letter: '20.3.b',
    lep: null,
    source: CONTENT,
  },
  {
    code: 'collective-plan',
    percorsi: ['P5'],
    who: 'person',
    what: {
      it: 'Partecipare alle attività del piano di ricollocazione del gruppo',
      en: 'Take part in the activities of the group’s outplacement plan',
    },
    proof: { it: 'Registro delle presenze', en: 'Attendance register' },
    withinDays: 180,
    letter: '20.3.b',
    lep: null,
    source: CONTENT,
  },
  {
    code: 'suitable-offers',
    percorsi: EVERY,
    who: 'person',
    what: {
      it: 'Accettare un’offerta di lavoro congrua',
      en: 'Accept a suitable job offer',
    },
    proof: { it: 'Risposta scritta all’offerta', en: 'Written answer to the offer' },
    withinDays: 180,
    letter: '20.3.c',
    lep: null,
    source: 'D.Lgs. 150/2015 art. 20 c. 3 lett. c e art. 25; DM 10/4/2018',
  },
];

export function measuresFor(percorso: PercorsoGol): Measure[] {
  return MEASURES.filter((measure) => measure.percorsi.includes(percorso));
}

/** Length of a patto in days: half a year, or as long as its longest measure. Ours. */
export function usualDays(percorso: PercorsoGol): number {
  return Math.max(180, ...measuresFor(percorso).map((measure) => measure.withinDays));
}
