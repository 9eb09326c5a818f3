import { defineProblem } from '../platform/problem.ts';

export const scopeRefused = defineProblem({
  slug: 'closure-period-refused',
  status: 422,
  title: { it: 'Periodo non ammesso', en: 'Period not allowed' },
  explanation: {
    it: 'La fine viene prima dell’inizio, il periodo è già passato o dura più di tre mesi. Correggi le date: nulla è stato registrato.',
    en: 'It ends before it begins, it is past already, or it lasts more than three months. Correct the dates: nothing was recorded.',
  },
});

export const planChanged = defineProblem({
  slug: 'closure-preview-outdated',
  status: 409,
  title: { it: 'L’anteprima non è più attuale', en: 'The preview is out of date' },
  explanation: {
    it: 'Nel frattempo qualcuno ha prenotato, spostato o annullato. Nulla è stato cambiato: guarda la nuova anteprima e conferma quella.',
    en: 'Meanwhile somebody booked, moved or cancelled. Nothing was changed: look at the new preview and confirm that one.',
  },
});

export const notWithdrawable = defineProblem({
  slug: 'closure-not-withdrawable',
  status: 409,
  title: { it: 'Non si può ritirare', en: 'It cannot be withdrawn' },
  explanation: {
    it: 'Gli appuntamenti annullati e gli avvisi di trasloco non si ritirano: le persone sono già state avvisate.',
    en: 'Appointments called off and notices of a move of house cannot be withdrawn: people have been told.',
  },
});

export const noTimeFound = defineProblem({
  slug: 'no-other-time',
  status: 409,
  title: { it: 'Nessun altro orario libero', en: 'No other time is free' },
  explanation: {
    it: 'Nelle prossime settimane non c’è posto in questo ufficio né in quelli vicini. La persona resta tra quelle da ricollocare.',
    en: 'In the coming weeks there is no room in this office nor in those near it. The person stays among those to be given another time.',
  },
});
