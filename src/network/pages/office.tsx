import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { dateIn, type YearlyDay } from '../../reference/holidays.ts';
import { LinkButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDay, formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { readOffice } from '../actions/read-office.ts';
import { readAccess } from '../actions/set-access.ts';
import type { OfficeDetail } from '../office-store.ts';
import { networkStrings } from '../strings.ts';
import { Access } from './accessibility.tsx';
import { Ground, Kind } from './facts.tsx';

export const officePages = createApi();

officePages.get('/uffici/:code', async (c) => {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const office = await readOffice(call, { code: c.req.param('code') });
  const today = dayOf(call.clock.now());
  const { actor } = call;
  const managed =
    actor.kind === 'administrator' ||
    (actor.kind === 'operator' && actor.officeIds.includes(office.id));
  return page(
    c,
    {
      title: office.name,
      lead: `${office.seatName} (${office.province})`,
      active: 'offices',
      breadcrumbs: [{ label: t('offices'), href: '/uffici' }, { label: office.name }],
      wide: true,
    },
    <>
      {managed && (
        <div class="actions mb-4">
          <LinkButton look="outline" href={`/uffici/${office.code}/orari`}>
            {t('hoursEdit')}
          </LinkButton>
          <LinkButton look="outline" href={`/uffici/${office.code}/mezzi`}>
            {t('meansTitle')}
          </LinkButton>
        </div>
      )}
      <div class="cards">
        <Where office={office} />
        <Hours office={office} today={today} />
        <Staff office={office} />
        <Access facts={await readAccess(call, office.id)} code={office.code} managed={managed} />
      </div>
      <Bacino office={office} />
    </>,
  );
});

function Where({ office }: { office: OfficeDetail }) {
  const t = networkStrings(useLocale());
  const { latitude, longitude } = office.point;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`;
  return (
    <Card
      title={t('seatFacts')}
      footer={
        <LinkButton icon="it-calendar" href={`/prenota?ufficio=${office.code}`}>
          {t('bookHere')}
        </LinkButton>
      }
    >
      <Ground of={office.provenance.seat} />
      {!office.address && <p class="text-secondary">{t('addressUnknown')}</p>}
      <DefinitionList
        items={[
          [t('address'), office.address],
          [
            t('phone'),
            office.phone && <a href={`tel:${office.phone.replaceAll(' ', '')}`}>{office.phone}</a>,
          ],
          [t('email'), office.email && <a href={`mailto:${office.email}`}>{office.email}</a>],
        ]}
      />
      <a href={map} rel="external noopener noreferrer">
        {t('onMap')}
      </a>
    </Card>
  );
}

function Hours({ office, today }: { office: OfficeDetail; today: string }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  const openings = office.openings.filter(({ validTo }) => validTo === null || validTo >= today);
  const feast = office.patron && nextFeast(office.patron.on, today);
  return (
    <Card title={t('hours')}>
      <Ground of={office.provenance.hours} />
      {openings.length === 0 ? (
        <p>{t('hoursNone')}</p>
      ) : (
        <Table caption={t('hours')} hideCaption>
          <tbody>
            {WEEKDAYS.map((weekday) => {
              const windows = openings.filter((opening) => opening.weekday === weekday);
              return windows.length === 0 ? null : (
                <tr>
                  <th scope="row">{t(`day${weekday}`)}</th>
                  <td>
                    {windows.map(({ starts, ends, validFrom, validTo }) => (
                      <div>
                        {hour(starts)}–{hour(ends)}{' '}
                        {validFrom > today && t('from', { day: formatDay(validFrom, locale) })}{' '}
                        {validTo && t('until', { day: formatDay(validTo, locale) })}
                      </div>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
      <p>
        {feast && office.patron
          ? t('closedOn', { saint: office.patron.saint, day: formatDay(feast, locale) })
          : t('closedHolidays')}
      </p>
    </Card>
  );
}

/** The feast's coming date; a day that some years lack may be years away, and is not told. */
function nextFeast(on: YearlyDay, today: string): string | undefined {
  const year = Number(today.slice(0, 4));
  return [dateIn(year, on), dateIn(year + 1, on)].find((day) => day !== undefined && day >= today);
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** "09:00" as people read it: "9:00". */
const hour = (time: string) => time.replace(/^0/, '');

function Staff({ office }: { office: OfficeDetail }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  const sum = (of: (row: OfficeDetail['staff'][number]) => number) =>
    office.staff.reduce((total, row) => total + of(row), 0);
  const spoken = new Intl.DisplayNames([locale], { type: 'language' });
  return (
    <Card title={t('staff')}>
      <Ground of={office.provenance.staff} />
      {office.staff.length === 0 ? (
        <p>{t('staffNone')}</p>
      ) : (
        <Table caption={t('staff')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('category')}</th>
              <th scope="col" class="numeric">
                {t('headcount')}
              </th>
              <th scope="col" class="numeric">
                {t('receiving')}
              </th>
            </tr>
          </thead>
          <tbody>
            {office.staff.map(({ category, staff, bookable }) => (
              <tr>
                <th scope="row">{category}</th>
                <td class="numeric">{formatNumber(staff, locale)}</td>
                <td class="numeric">{formatNumber(bookable, locale)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              <td class="numeric">
                {formatNumber(
                  sum(({ staff }) => staff),
                  locale,
                )}
              </td>
              <td class="numeric">
                {formatNumber(
                  sum(({ bookable }) => bookable),
                  locale,
                )}
              </td>
            </tr>
          </tfoot>
        </Table>
      )}
      {office.languages.length > 0 && (
        <p>
          {t('languages', {
            list: office.languages.map((code) => spoken.of(code) ?? code).join(', '),
          })}
        </p>
      )}
    </Card>
  );
}

function Bacino({ office }: { office: OfficeDetail }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  const computed = office.bacino.filter(({ provenance }) => provenance.kind === 'computed').length;
  const people = office.bacino.reduce((sum, { population }) => sum + population, 0);
  return (
    <section class="mt-5" aria-labelledby="bacino">
      <h2 id="bacino">{t('bacino')}</h2>
      <Ground of={office.provenance.bacino} />
      {office.bacino.length === 0 ? (
        <p>{t('bacinoNone')}</p>
      ) : (
        <>
          <p>
            {t('bacinoSummary', { comuni: office.bacino.length, people })}{' '}
            {computed > 0 && t('bacinoComputed', { count: computed })}
          </p>
          <Table caption={t('comuniServed')} hideCaption>
            <thead>
              <tr>
                <th scope="col">{t('comune')}</th>
                <th scope="col" class="numeric">
                  {t('population')}
                </th>
                <th scope="col">{t('origin')}</th>
              </tr>
            </thead>
            <tbody>
              {office.bacino.map(({ name, province, population, provenance }) => (
                <tr>
                  <th scope="row">
                    {name} ({province})
                  </th>
                  <td class="numeric">{formatNumber(population, locale)}</td>
                  <td>
                    <Kind kind={provenance.kind} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </section>
  );
}
