import { z } from 'zod';
import { findDeskOffice } from '../../booking/actions/find-desk-office.ts';
import { listStarts } from '../../booking/actions/list-starts.ts';
import { callOf } from '../../platform/call.ts';
import { DAY, toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, notFound, Problem } from '../../platform/problem.ts';
import { instant } from '../../reference/fields.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { formatDateTime, formatDay, formatShortDate, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { entryToChange } from '../actions/look-up-entry.ts';
import { offerByHand } from '../actions/offer-by-hand.ts';
import { type OfficeList, readOfficeList } from '../actions/read-office-list.ts';
import { waitlistStrings } from '../strings.ts';
import { OFFER_STATE_NAMES, OFFER_STATES_IN_ORDER } from './parts.tsx';

export const deskPages = createApi();

const DESK = '/operatore/attesa';
/** Days ahead whose free time is proposed for an offer by hand, and how much of it. */
const AHEAD_DAYS = 14;
const SHOWN = 24;

deskPages.get(DESK, async (c) => {
  const call = callOf(c);
  const t = waitlistStrings(call.locale);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const list = await readOfficeList(call, office.id);
  return page(
    c,
    {
      title: t('deskTitle'),
      lead: t('deskLead', { office: office.name }),
      active: 'operator',
      wide: true,
    },
    <>
      {list.waiting.length === 0 ? (
        <EmptyState title={t('deskNone')} icon="it-clock">
          <p>{t('deskNoneHelp')}</p>
        </EmptyState>
      ) : (
        <WaitingTable list={list} />
      )}
      <Statistics list={list} />
    </>,
  );
});

function WaitingTable({ list }: { list: OfficeList }) {
  const locale = useLocale();
  const t = waitlistStrings(locale);
  return (
    <Table caption={t('deskCount', { count: list.waiting.length })}>
      <thead>
        <tr>
          <th scope="col" class="numeric">
            {t('order')}
          </th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('service')}</th>
          <th scope="col">{t('waitsSince')}</th>
          <th scope="col">{t('due')}</th>
          <th scope="col">{t('runningOffer')}</th>
        </tr>
      </thead>
      <tbody>
        {list.waiting.map(({ entry, urgent, offer }, index) => (
          <tr>
            <td class="numeric">{index + 1}</td>
            <td>
              <a href={`/operatore/persone/${entry.person.id}`}>
                {entry.person.givenName} {entry.person.familyName}
              </a>
              <div class="text-secondary">{entry.contactEmail ?? entry.contactPhone}</div>
            </td>
            <td>{entry.service.name[locale]}</td>
            <td>{formatShortDate(entry.joinedAt, locale)}</td>
            <td>
              {entry.deadline && formatDay(entry.deadline.day, locale)}{' '}
              {urgent && <Tag tone="warning">{t('urgent')}</Tag>}
            </td>
            <td>
              {offer ? (
                t('untilWhen', {
                  when: formatDateTime(offer.startsAt, locale),
                  until: formatTime(offer.expiresAt, locale),
                })
              ) : (
                <LinkButton
                  look="outline"
                  small
                  href={`${DESK}/${entry.id}?ufficio=${list.office.code}`}
                >
                  {t('offerByHand')}
                  <span class="visually-hidden">
                    : {entry.person.givenName} {entry.person.familyName}
                  </span>
                </LinkButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Statistics({ list }: { list: OfficeList }) {
  const t = waitlistStrings(useLocale());
  return (
    <Table caption={t('statistics')}>
      <thead>
        <tr>
          <th scope="col">{t('outcome')}</th>
          <th scope="col" class="numeric">
            {t('count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {OFFER_STATES_IN_ORDER.map((state) => (
          <tr>
            <td>{t(OFFER_STATE_NAMES[state])}</td>
            <td class="numeric">{list.counts[state]}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

deskPages.get(`${DESK}/:id`, (c) => offerPage(c));

deskPages.post(`${DESK}/:id`, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const start = instant.safeParse((await formValues(c)).inizio);
  if (!start.success) throw malformed();
  try {
    await offerByHand(call, {
      entryId: idOf(c),
      officeId: office.id,
      startsAt: Date.parse(start.data),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.slug !== 'offer-not-possible') throw error;
    return offerPage(c, true);
  }
  return c.redirect(`${DESK}?ufficio=${office.code}`, 303);
});

function idOf(c: AppContext): string {
  const id = z.uuid().safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return id.data;
}

/** Free time of the coming days, each a button that keeps it for one who waits. */
async function offerPage(c: AppContext, refused = false) {
  const call = callOf(c);
  const { locale } = call;
  const t = waitlistStrings(locale);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const { entry } = await entryToChange(call, { id: idOf(c) });
  const now = call.clock.now();
  const { starts } = await listStarts(call, {
    serviceId: entry.service.id,
    officeId: office.id,
    window: { start: now, end: now + AHEAD_DAYS * DAY },
  });
  const name = `${entry.person.givenName} ${entry.person.familyName}`;
  return page(
    c,
    {
      title: t('offerHand', { name }),
      lead: t('offerHandLead'),
      active: 'operator',
      status: refused ? 409 : 200,
      breadcrumbs: [
        { label: t('deskTitle'), href: `${DESK}?ufficio=${office.code}` },
        { label: name },
      ],
    },
    <>
      {refused && (
        <Alert kind="warning" live>
          {t('notPossible')}
        </Alert>
      )}
      <h2 class="h4">{t('freeStarts')}</h2>
      {starts.length === 0 && <p>{t('noFree')}</p>}
      <div class="actions">
        {starts.slice(0, SHOWN).map(({ start }) => (
          <PostButton
            action={`${DESK}/${entry.id}?ufficio=${office.code}`}
            fields={{ inizio: toRfc3339(start) }}
            look="outline"
            small
          >
            {formatDateTime(start, locale)}
          </PostButton>
        ))}
      </div>
    </>,
  );
}
