import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton } from '../../web/components/buttons.tsx';
import { formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findOffice } from '../actions/find-office.ts';
import { findService } from '../actions/find-service.ts';
import { bookingStrings } from '../strings.ts';
import { Calendar, loadMonth } from './calendar.tsx';
import { links } from './links.ts';
import { Steps } from './parts.tsx';

export const chooseTimePages = createApi();

chooseTimePages.get('/prenota/orario', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const [service, office] = await Promise.all([
    findService(call, c.req.query('servizio')),
    findOffice(call, c.req.query('ufficio')),
  ]);
  const choice = { servizio: service.code, ufficio: office.code };
  return page(
    c,
    {
      title: t('timeTitle'),
      lead: t('timeLead', { service: service.name[locale], office: office.name }),
      active: 'book',
      breadcrumbs: [
        { label: t('book'), href: '/prenota' },
        { label: t('stepPlace'), href: links.place({ servizio: service.code }) },
        { label: t('stepTime') },
      ],
    },
    <>
      <Steps current={3} />
      <Calendar
        loaded={await loadMonth(call, service, office, c.req.query())}
        action="/prenota/orario"
        keep={choice}
        time={(start) => (
          <LinkButton look="outline" href={links.person({ ...choice, inizio: toRfc3339(start) })}>
            {formatTime(start, locale)}
          </LinkButton>
        )}
      />
      <p class="mt-4">
        <a href={links.place({ servizio: service.code })}>{t('otherOffices')}</a>
      </p>
    </>,
  );
});
