import type { patronFeast } from '../network/table.ts';

const SOURCE = 'Public calendars of the comuni, from memory: to be verified by the administration';

/** Seats whose patron’s feast is well known; the others have none rather than a doubtful one. */
const FEASTS: readonly (readonly [istat: string, day: number, month: number, saint: string])[] = [
  ['082053', 15, 7, 'Santa Rosalia'], // Palermo
  ['082006', 19, 3, 'San Giuseppe'], // Bagheria
  ['082049', 11, 2, 'San Castrense'], // Monreale
  ['083048', 3, 6, 'Madonna della Lettera'], // Messina
  ['083041', 24, 8, 'San Bartolomeo'], // Lipari
  ['087015', 5, 2, 'Sant’Agata'], // Catania
  ['087004', 26, 7, 'Santa Venera'], // Acireale
  ['087011', 25, 7, 'San Giacomo'], // Caltagirone
  ['087033', 4, 12, 'Santa Barbara'], // Paternò
  ['084001', 25, 2, 'San Gerlando'], // Agrigento
  ['084021', 5, 5, 'Sant’Angelo'], // Licata
  ['085004', 29, 9, 'San Michele'], // Caltanissetta
  ['085007', 8, 9, 'Maria Santissima dell’Alemanna'], // Gela
  ['086009', 2, 7, 'Maria Santissima della Visitazione'], // Enna
  ['088009', 29, 8, 'San Giovanni Battista'], // Ragusa
  ['089017', 13, 12, 'Santa Lucia'], // Siracusa
  ['089011', 10, 5, 'Sant’Alfio'], // Lentini
  ['089013', 19, 2, 'San Corrado'], // Noto
  ['081021', 7, 8, 'Sant’Alberto'], // Trapani
  ['081001', 21, 6, 'Maria Santissima dei Miracoli'], // Alcamo
];

export const DEMO_FEASTS: readonly (typeof patronFeast.$inferInsert)[] = FEASTS.map(
  ([comune, day, month, saint]) => ({ comune, day, month, saint, source: SOURCE }),
);
