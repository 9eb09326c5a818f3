import { service } from '../booking/table.ts';
import type { Call } from '../platform/call.ts';
import type { Database } from '../platform/database.ts';

type ServiceRow = Omit<typeof service.$inferInsert, 'id' | 'position'>;

const DAY_MINUTES = 24 * 60;

const IDENTITY = {
  it: ['Documento d’identità valido', 'Tessera sanitaria o codice fiscale'],
  en: ['A valid identity document', 'Health card or codice fiscale'],
};

const bring = (it: string[], en: string[]) => ({
  it: [...IDENTITY.it, ...it],
  en: [...IDENTITY.en, ...en],
});

/**
 * The services of the demonstration. Minutes, notice and horizon are ours, which every page of the
 * demonstration says: nobody publishes official minutes; letters of the Lep follow
 * the catalogue of D.M. 4/2018 (to be verified on its annex).
 */
export const DEMO_SERVICES: readonly ServiceRow[] = [
  {
    code: 'primo-colloquio',
    name: { it: 'Primo colloquio e patto di servizio', en: 'First interview and service pact' },
    description: {
      it: 'Dopo la Did: si parla della tua situazione, si definisce il profilo e si firma il patto di servizio.',
      en: 'After the Did: your situation is discussed, your profile is drawn up and the service pact is signed.',
    },
    whatToBring: bring(
      ['Curriculum, se lo hai', 'Permesso di soggiorno, se non hai cittadinanza UE'],
      ['Your CV, if you have one', 'Residence permit, if you are not an EU citizen'],
    ),
    durationMinutes: 60,
    gridMinutes: 15,
    minNoticeMinutes: DAY_MINUTES,
    horizonDays: 150,
    skill: 'patto',
    minCategory: 'C',
    waitingList: true,
    lep: 'D',
  },
  {
    code: 'did',
    name: { it: 'Did: disoccupazione e iscrizione', en: 'Did: unemployment and registration' },
    description: {
      it: 'Dichiarare l’immediata disponibilità al lavoro, aggiornare la scheda anagrafica, chiedere certificati.',
      en: 'Declare that you are immediately available for work, update your record, ask for certificates.',
    },
    whatToBring: bring(
      ['Lettera di licenziamento o ultimo contratto, se li hai'],
      ['Dismissal letter or last contract, if you have them'],
    ),
    durationMinutes: 30,
    gridMinutes: 15,
    minNoticeMinutes: 2 * 60,
    horizonDays: 90,
    skill: 'did',
    minCategory: 'B',
    lep: 'B',
  },
  {
    code: 'orientamento',
    name: { it: 'Orientamento specialistico', en: 'Specialist guidance' },
    description: {
      it: 'Un colloquio approfondito su competenze, interessi e passi possibili.',
      en: 'A deeper talk about skills, interests and possible next steps.',
    },
    whatToBring: bring(['Curriculum', 'Patto di servizio'], ['Your CV', 'Your service pact']),
    durationMinutes: 60,
    gridMinutes: 15,
    minNoticeMinutes: DAY_MINUTES,
    horizonDays: 150,
    skill: 'orientamento',
    minCategory: 'C',
    waitingList: true,
    lep: 'E',
  },
  {
    code: 'ricerca-lavoro',
    name: { it: 'Aiuto nella ricerca di lavoro', en: 'Job search help' },
    description: {
      it: 'Offerte adatte a te, curriculum, candidature, preparazione ai colloqui.',
      en: 'Offers that suit you, CV, applications, preparing for interviews.',
    },
    whatToBring: bring(['Curriculum'], ['Your CV']),
    durationMinutes: 45,
    gridMinutes: 15,
    minNoticeMinutes: DAY_MINUTES,
    horizonDays: 120,
    skill: 'ricerca-lavoro',
    minCategory: 'C',
    lep: 'F1',
  },
  {
    code: 'collocamento-mirato',
    name: {
      it: 'Collocamento mirato (L. 68/1999)',
      en: 'Targeted placement for people with disabilities',
    },
    description: {
      it: 'Iscrizione agli elenchi del collocamento mirato e ricerca di un posto adatto.',
      en: 'Registration on the targeted placement lists and search for a suitable job.',
    },
    whatToBring: bring(
      ['Verbale di invalidità o certificazione di categoria protetta'],
      ['Disability certificate or proof of protected category'],
    ),
    durationMinutes: 60,
    gridMinutes: 15,
    minNoticeMinutes: DAY_MINUTES,
    horizonDays: 150,
    skill: 'collocamento-mirato',
    minCategory: 'C',
    lep: 'M',
  },
  {
    code: 'informazioni',
    name: { it: 'Accoglienza e informazioni', en: 'Reception and information' },
    description: {
      it: 'Capire a quale servizio rivolgersi e quali documenti servono.',
      en: 'Find out which service you need and which documents it takes.',
    },
    whatToBring: bring([], []),
    durationMinutes: 20,
    gridMinutes: 20,
    minNoticeMinutes: 60,
    horizonDays: 30,
    skill: 'accoglienza',
    minCategory: 'A',
    lep: 'A',
  },
];

/** Writes the services; returns their ids by code. */
export async function writeServices(
  transaction: Database,
  call: Call,
): Promise<ReadonlyMap<string, string>> {
  const listed = DEMO_SERVICES.map((row, position) => ({ ...row, id: call.ids(), position }));
  await transaction.insert(service).values(listed);
  return new Map(listed.map(({ code, id }) => [code, id]));
}
