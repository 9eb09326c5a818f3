import { callOf } from '../../platform/call.ts';
import { csvHeaders } from '../../platform/csv.ts';
import { createApi } from '../../platform/http.ts';
import { BarChart } from '../../web/chart.tsx';
import { LinkButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatMonth, formatNumber, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type AttendanceRates, LEAD_BOUNDS, type Rate, readRates } from '../actions/read-rates.ts';
import { presenceStrings } from '../presence-strings.ts';
import { ratesCsv } from '../rates-csv.ts';

export const ratePages = createApi();

const PATH = '/operatore/presenze';
/** Rows that the page shows; the file has all. */
const SHOWN = 100;

ratePages.get(PATH, async (c) => {
  const call = callOf(c);
  const rates = await readRates(call);
  const { locale } = call;
  const t = presenceStrings(locale);
  const { share } = rates.all;
  return page(
    c,
    { title: t('title'), lead: t('lead'), active: 'operator', wide: true },
    <>
      <div class="actions no-print mb-4">
        <LinkButton href={`${PATH}/modello`} icon="it-chart-line">
          {t('model')}
        </LinkButton>
        {call.actor.kind !== 'planner' && (
          <LinkButton href={`${PATH}/attivita`} look="outline">
            {t('activity')}
          </LinkButton>
        )}
        {call.actor.kind !== 'planner' && (
          <LinkButton href="/operatore/oltre-i-posti" look="outline">
            {t('overbooking')}
          </LinkButton>
        )}
        <LinkButton href={`${PATH}/file`} look="outline" icon="it-file-csv" download>
          {t('csv')}
        </LinkButton>
      </div>
      {share === undefined ? (
        <EmptyState title={t('nothing')} icon="it-chart-line">
          <p>{t('nothingHelp')}</p>
          <LinkButton href="/operatore/esiti">{t('unrecorded')}</LinkButton>
        </EmptyState>
      ) : (
        <>
          <p>
            {t('all', {
              share: formatPercent(share.value, locale, 1),
              low: formatPercent(share.low, locale, 1),
              high: formatPercent(share.high, locale, 1),
              n: formatNumber(rates.all.n, locale),
            })}
          </p>
          <ByLead rates={rates.byLead} />
          <ByMonth rates={rates} />
        </>
      )}
    </>,
  );
});

function ByLead({ rates }: { rates: readonly Rate[] }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const label = (bucket: number) => {
    const from = LEAD_BOUNDS[bucket - 1];
    const to = LEAD_BOUNDS[bucket];
    if (from === undefined) return t('under', { n: to! });
    return to === undefined ? t('over', { n: from }) : t('between', { from, to: to - 1 });
  };
  const bars = rates.map(({ share }, bucket) => ({
    label: label(bucket),
    value: share?.value ?? 0,
    text: share ? formatPercent(share.value, locale, 1) : '–',
  }));
  return (
    <section class="mb-5">
      <h2 class="h4">{t('byLead')}</h2>
      <BarChart
        id="attesa-figura"
        title={t('byLead')}
        description={t('byLeadDescription')}
        bars={bars}
      />
      <Table caption={t('byLeadDescription')}>
        <thead>
          <tr>
            <th scope="col">{t('days')}</th>
            <RateHeads />
          </tr>
        </thead>
        <tbody>
          {rates.map((rate, bucket) => (
            <tr>
              <th scope="row">{label(bucket)}</th>
              <RateCells rate={rate} />
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function RateHeads() {
  const t = presenceStrings(useLocale());
  return (
    <>
      <th scope="col" class="numeric">
        {t('expected')}
      </th>
      <th scope="col" class="numeric">
        {t('notCome')}
      </th>
      <th scope="col" class="numeric">
        {t('share')}
      </th>
      <th scope="col" class="numeric">
        {t('interval')}
      </th>
    </>
  );
}

function RateCells({ rate }: { rate: Rate }) {
  const locale = useLocale();
  const percent = (value: number) => formatPercent(value, locale, 1);
  return (
    <>
      <td class="numeric">{formatNumber(rate.n, locale)}</td>
      <td class="numeric">{formatNumber(rate.notCome, locale)}</td>
      <td class="numeric">{rate.share ? percent(rate.share.value) : '–'}</td>
      <td class="numeric">
        {rate.share ? `${percent(rate.share.low)} – ${percent(rate.share.high)}` : '–'}
      </td>
    </>
  );
}

function ByMonth({ rates }: { rates: AttendanceRates }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const several = new Set(rates.rows.map(({ officeId }) => officeId)).size > 1;
  const newest = [...rates.rows].sort((a, b) => b.month.localeCompare(a.month)).slice(0, SHOWN);
  return (
    <section>
      <h2 class="h4">{t('byMonth')}</h2>
      {rates.rows.length > SHOWN && <p>{t('rowsShown', { count: SHOWN })}</p>}
      <Table caption={t('byMonth')} hideCaption>
        <thead>
          <tr>
            {several && <th scope="col">{t('office')}</th>}
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('month')}</th>
            <RateHeads />
            <th scope="col" class="numeric">
              {t('unrecorded')}
            </th>
          </tr>
        </thead>
        <tbody>
          {newest.map((one) => (
            <tr>
              {several && <td>{one.officeName}</td>}
              <th scope="row">{one.serviceName[locale]}</th>
              <td>{formatMonth(one.month, locale)}</td>
              <RateCells rate={one} />
              <td class="numeric">{formatNumber(one.unrecorded, locale)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

ratePages.get(`${PATH}/file`, async (c) => {
  const call = callOf(c);
  const rates = await readRates(call);
  return c.body(ratesCsv(rates, call.locale), 200, {
    ...csvHeaders('presenze'),
    'Cache-Control': 'no-store',
  });
});
