import type { AppContext } from '../platform/http.ts';
import { forbidden, signInRequired } from '../platform/problem.ts';
import { administrationStrings } from './administration-strings.ts';
import { Card } from './components/content.tsx';
import { page } from './layout.tsx';

/** Where the administration goes from here, in the order in which an installation is prepared. */
const PARTS = [
  ['network', '/amministrazione/importa'],
  ['offices', '/uffici'],
  ['services', '/amministrazione/servizi'],
  ['texts', '/operatore/messaggi/testi'],
  ['reminders', '/operatore/messaggi/promemoria'],
  ['channels', '/amministrazione/canali'],
  ['connections', '/amministrazione/collegamenti'],
  ['erasures', '/operatore/cancellazioni'],
] as const;

/** The administration's front door. */
export function administrationPage(c: AppContext): Response | Promise<Response> {
  const role = c.get('viewer')?.role;
  if (role !== 'administrator') throw role ? forbidden() : signInRequired();
  const t = administrationStrings(c.get('locale'));
  return page(
    c,
    { title: t('title'), lead: t('lead'), active: 'administration' },
    <div class="cards">
      {PARTS.map(([name, href]) => (
        <Card title={t(name)} href={href}>
          <p>{t(`${name}Text`)}</p>
        </Card>
      ))}
    </div>,
  );
}
