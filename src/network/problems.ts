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
