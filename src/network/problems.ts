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
