import type { ActorKind } from '../platform/actor.ts';
import { defineStrings } from './strings.ts';

export const navigationStrings = defineStrings('navigation', {
  it: {
    home: 'Inizio',
    book: 'Prenota',
    appointment: 'Il mio appuntamento',
    sessions: 'Incontri',
    offices: 'Uffici',
    own: 'La mia area',
    operator: 'Sportello operatori',
    persons: 'Persone',
    planning: 'Pianificazione',
    administration: 'Amministrazione',
  },
  en: {
    home: 'Home',
    book: 'Book',
    appointment: 'My appointment',
    sessions: 'Group sessions',
    offices: 'Offices',
    own: 'My area',
    operator: 'Operator desk',
    persons: 'People',
    planning: 'Planning',
    administration: 'Administration',
  },
});

interface Entry {
  readonly key:
    | 'home'
    | 'book'
    | 'appointment'
    | 'sessions'
    | 'offices'
    | 'own'
    | 'operator'
    | 'persons'
    | 'planning'
    | 'administration';
  readonly href: string;
  /** Who sees it; everybody when absent. Hiding a link is courtesy: actions authorise. */
  readonly roles?: readonly ActorKind[];
}

const ENTRIES: readonly Entry[] = [
  { key: 'home', href: '/' },
  { key: 'book', href: '/prenota' },
  { key: 'appointment', href: '/appuntamento' },
  { key: 'sessions', href: '/incontri' },
  { key: 'offices', href: '/uffici' },
  { key: 'own', href: '/area-personale', roles: ['jobseeker'] },
  { key: 'operator', href: '/operatore', roles: ['operator', 'administrator'] },
  { key: 'persons', href: '/operatore/persone', roles: ['operator'] },
  { key: 'planning', href: '/pianificazione', roles: ['planner', 'administrator'] },
  { key: 'administration', href: '/amministrazione', roles: ['administrator'] },
];

/** The parts of the site; a page names its own as `active`. */
export type NavigationKey = Entry['key'];

export function navigationFor(role: string | undefined): readonly Entry[] {
  return ENTRIES.filter(({ roles }) => !roles || roles.some((allowed) => allowed === role));
}
