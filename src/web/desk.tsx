import type { ActorKind } from '../platform/actor.ts';
import { useLocale } from './components/locale-context.tsx';
import { defineStrings } from './strings.ts';

const deskStrings = defineStrings('desk', {
  it: {
    desk: 'Lavoro allo sportello',
    agenda: 'Agenda',
    queue: 'Coda',
    persons: 'Persone',
    waiting: 'Lista d’attesa',
    sessions: 'Incontri',
    convocations: 'Inviti e convocazioni',
    justifications: 'Giustificazioni',
    attendance: 'Presenze',
    closures: 'Chiusure e assenze',
    messages: 'Messaggi',
    erasures: 'Cancellazione dei dati',
    exchange: 'Collegamenti',
  },
  en: {
    desk: 'Work at the desk',
    agenda: 'Agenda',
    queue: 'Queue',
    persons: 'People',
    waiting: 'Waiting list',
    sessions: 'Group sessions',
    convocations: 'Invitations and convocations',
    justifications: 'Justifications',
    attendance: 'Attendance',
    closures: 'Closures and absences',
    messages: 'Messages',
    erasures: 'Erasure of data',
    exchange: 'Connections',
  },
});

const STAFF: readonly ActorKind[] = ['operator', 'administrator'];

/** The pages of an operator's day, in the order of their use; `also` are those one reaches from them. */
const ENTRIES = [
  { key: 'agenda', href: '/operatore', roles: STAFF },
  { key: 'queue', href: '/operatore/coda', roles: STAFF },
  { key: 'persons', href: '/operatore/persone', roles: ['operator'] },
  { key: 'waiting', href: '/operatore/attesa', roles: STAFF },
  { key: 'sessions', href: '/operatore/incontri', roles: STAFF },
  { key: 'convocations', href: '/operatore/convocazioni', roles: STAFF },
  {
    key: 'justifications',
    href: '/operatore/giustificazioni',
    also: ['/operatore/esiti', '/operatore/assenze'],
    roles: STAFF,
  },
  {
    key: 'attendance',
    href: '/operatore/presenze',
    also: ['/operatore/oltre-i-posti'],
    roles: STAFF,
  },
  { key: 'closures', href: '/operatore/chiusure', roles: STAFF },
  { key: 'messages', href: '/operatore/messaggi', roles: STAFF },
  { key: 'erasures', href: '/operatore/cancellazioni', roles: STAFF },
  { key: 'exchange', href: '/operatore/collegamenti', roles: STAFF },
] as const;

/** Leads from one page of the desk to the others. Hiding a link is courtesy: actions authorise. */
export function DeskNavigation(props: { path: string; role: string | undefined }) {
  const t = deskStrings(useLocale());
  const entries = ENTRIES.filter(({ roles }) =>
    (roles as readonly string[]).includes(props.role ?? ''),
  );
  const under = (href: string) => props.path === href || props.path.startsWith(`${href}/`);
  const reached = (entry: (typeof ENTRIES)[number]) =>
    [entry.href, ...('also' in entry ? entry.also : [])].filter(under);
  const [current] = entries
    .flatMap((entry) => reached(entry).map((href) => ({ ...entry, length: href.length })))
    .sort((a, b) => b.length - a.length);
  return (
    <nav class="desk-navigation no-print" aria-label={t('desk')}>
      <ul>
        {entries.map(({ key, href }) => (
          <li>
            <a href={href} aria-current={href === current?.href ? 'page' : undefined}>
              {t(key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
