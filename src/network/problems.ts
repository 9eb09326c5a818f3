import { defineProblem } from '../platform/problem.ts';

export const importRefused = defineProblem({
  slug: 'network-import-refused',
  status: 422,
  title: { it: 'Importazione rifiutata', en: 'Import refused' },
  explanation: {
    it: 'I file contengono errori: correggi le righe indicate in «errors» e ripeti. Nulla è stato registrato.',
    en: 'The files have faults: put right the lines listed in “errors” and try again. Nothing was recorded.',
  },
});

export const resourceNameTaken = defineProblem({
  slug: 'resource-name-taken',
  status: 409,
  title: { it: 'Questo nome c’è già', en: 'This name is taken' },
  explanation: {
    it: 'L’ufficio ha già una postazione o una sala dello stesso tipo con questo nome. Scegline un altro, o rimetti in uso quella.',
    en: 'The office already has a desk or room of the same kind with this name. Choose another, or put that one back into use.',
  },
});

export const staffNumberTaken = defineProblem({
  slug: 'staff-number-taken',
  status: 409,
  title: { it: 'Questa matricola c’è già', en: 'This staff number is taken' },
  explanation: {
    it: 'Un altro operatore, forse in un altro ufficio, ha già questo numero di matricola.',
    en: 'Another operator, perhaps at another office, has this staff number already.',
  },
});

export const transferStands = defineProblem({
  slug: 'transfer-stands-already',
  status: 409,
  title: { it: 'C’è già un trasferimento', en: 'A move is ahead already' },
  explanation: {
    it: 'Questa persona ha già un trasferimento previsto. Annullalo prima di prevederne un altro.',
    en: 'This person has a move ahead already. Call it off before planning another.',
  },
});

export const appointmentsInTheWay = defineProblem({
  slug: 'appointments-in-the-way',
  status: 409,
  title: { it: 'Ci sono appuntamenti fuori dai nuovi orari', en: 'Appointments are in the way' },
  explanation: {
    it: 'Con questa modifica gli appuntamenti contati in «appointments» resterebbero fuori dagli orari. Non è stato cambiato nulla: ripeti con «appointments=reseat» per ricollocarli e avvisare le persone, o con «appointments=keep» per lasciarli come sono.',
    en: 'With this change the appointments counted in “appointments” would stand outside the hours. Nothing was changed: repeat with “appointments=reseat” to give them other times and tell the people, or with “appointments=keep” to leave them as they are.',
  },
});
