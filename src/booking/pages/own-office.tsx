import { isPublic } from '../../identity/authorise.ts';
import { findCompetentOffice } from '../../network/actions/find-competent-office.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { LinkButton } from '../../web/components/buttons.tsx';
import { page } from '../../web/layout.tsx';
import { listBookableServices } from '../actions/list-services.ts';
import { matchComuni } from '../actions/match-comuni.ts';
import { placeStrings } from '../place-strings.ts';
import type { Service } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import { addressOf, entitlingDomicile } from './domicile.ts';
import { links } from './links.ts';
import { OpenServices } from './place-results.tsx';

/**
 * What to answer instead, when the service is given only by the reader's own Cpi and this office is not
 * it: where their own is, and what is open to all here. Who has not said yet where they live is asked.
 */
export async function notServedHere(
  c: AppContext,
  service: Service,
  office: OfficeSummary,
): Promise<Response | undefined> {
  const call = callOf(c);
  if (service.audience !== 'own_cpi' || !isPublic(call.actor)) return undefined;
  const domicile = await entitlingDomicile(c);
  if (!domicile) return c.redirect(links.place({ servizio: service.code }), 303);
  const { office: own } = await findCompetentOffice(call, domicile.comune, addressOf(domicile));
  if (own?.id === office.id) return undefined;
  if (!own) return c.redirect(links.place({ servizio: service.code }), 303);
  const t = placeStrings(call.locale);
  const [services, [comune]] = await Promise.all([
    listBookableServices(call),
    matchComuni(call, domicile.comune),
  ]);
  return page(
    c,
    {
      title: t('notYours'),
      lead: t('notYoursLead', { comune: comune?.name ?? '', office: own.name }),
      active: 'book',
      breadcrumbs: [
        { label: bookingStrings(call.locale)('book'), href: '/prenota' },
        { label: service.name[call.locale] },
      ],
    },
    <>
      <LinkButton href={links.time({ servizio: service.code, ufficio: own.code })}>
        {t('toYours', { office: own.name })}
      </LinkButton>
      <div class="mt-4">
        <OpenServices
          services={services.filter(({ audience }) => audience === 'anyone')}
          query={{ ufficio: office.code }}
          label={t('openHere')}
        />
      </div>
    </>,
  );
}
