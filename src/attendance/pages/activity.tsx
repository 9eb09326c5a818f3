import { listOfficesToVisit } from '../../booking/actions/list-offices.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate, midnight, wall } from '../../platform/clock.ts';
import { csvHeaders } from '../../platform/csv.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { Problem } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState } from '../../web/form.ts';
import { formatDay, formatMonth, formatNumber, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findDeskOffice } from '../actions/find-desk-office.ts';
import { type Activity, type ActivityRow, readActivity } from '../actions/read-activity.ts';
import { activityCsv } from '../activity-csv.ts';
import { activityStrings } from '../activity-strings.ts';
import { GROUPINGS, type Grouping } from '../rules/grouping.ts';

export const activityPages = createApi();

const PATH = '/operatore/presenze/attivita';
/** Days back that are shown when nothing is asked. */
const DAYS_BACK = 30;

activityPages.get(PATH, async (c) => {
  const { locale } = callOf(c);
  const t = activityStrings(locale);
  const asked = await askedOf(c);
  const { office, from, to, by } = asked;
  const { activity, form } = await activityOf(c, asked);
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead', {
        office: office.name,
        from: formatDay(from, locale),
        to: formatDay(to, locale),
      }),
      active: 'operator',
      wide: true,
      status: activity ? 200 : 422,
      breadcrumbs: [{ label: t('attendance'), href: '/operatore/presenze' }, { label: t('title') }],
    },
    <>
      <ErrorSummary form={form} />
      <Choice c={c} asked={asked} form={form} offices={await officesToChoose(c)} />
      {activity &&
        (activity.rows.length === 0 ? <Nothing /> : <Figures activity={activity} by={by} />)}
      {activity && activity.rows.length > 0 && (
        <>
          <p>{t('note')}</p>
          <LinkButton
            look="outline"
            icon="it-file-csv"
            href={`${PATH}/file?${new URLSearchParams({ dal: from, al: to, per: by, ufficio: office.code })}`}
            download
          >
            {t('csv')}
          </LinkButton>
        </>
      )}
    </>,
  );
});

activityPages.get(`${PATH}/file`, async (c) => {
  const { locale } = callOf(c);
  const asked = await askedOf(c);
  const activity = await readActivity(callOf(c), { ...asked, officeId: asked.office.id });
  const csv = activityCsv(activity, (key) => nameOf(key, asked.by, locale), locale);
  return c.body(csv, 200, { ...csvHeaders('attivita'), 'Cache-Control': 'no-store' });
});

async function askedOf(c: AppContext) {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio') || undefined);
  const today = dayOf(call.clock.now());
  const day = (name: string, otherwise: IsoDate) => {
    const given = isoDate.safeParse(c.req.query(name));
    return given.success ? given.data : otherwise;
  };
  const before = wall(midnight(today)).minus({ days: DAYS_BACK }).toISODate() as IsoDate;
  const by = GROUPINGS.find((one) => one === c.req.query('per')) ?? 'service';
  return { office, from: day('dal', before), to: day('al', today), by };
}
type Asked = Awaited<ReturnType<typeof askedOf>>;

async function activityOf(
  c: AppContext,
  asked: Asked,
): Promise<{ activity: Activity | undefined; form: FormState }> {
  try {
    const activity = await readActivity(callOf(c), { ...asked, officeId: asked.office.id });
    return { activity, form: EMPTY_FORM };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    const errors = { al: activityStrings(callOf(c).locale)('badDays') };
    return { activity: undefined, form: { values: { dal: asked.from, al: asked.to }, errors } };
  }
}

/** An administrator looks at each office; an operator at their own. */
async function officesToChoose(c: AppContext) {
  const call = callOf(c);
  return call.actor.kind === 'administrator' ? listOfficesToVisit(call) : [];
}

function Choice(props: {
  c: AppContext;
  asked: Asked;
  form: FormState;
  offices: readonly { readonly code: string; readonly name: string }[];
}) {
  const t = activityStrings(useLocale());
  const { asked, form, offices } = props;
  return (
    <form method="get" action={PATH} class="form-block no-print">
      {offices.length > 0 && (
        <SelectField
          name="ufficio"
          label={t('office')}
          value={asked.office.code}
          empty={false}
          options={offices.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      <div class="field-row">
        <TextField name="dal" label={t('from')} type="date" form={form} value={asked.from} />
        <TextField name="al" label={t('to')} type="date" form={form} value={asked.to} />
      </div>
      <SelectField
        name="per"
        label={t('by')}
        value={asked.by}
        empty={false}
        options={GROUPINGS.map((by) => ({ value: by, label: t(`by_${by}`) }))}
      />
      <SubmitButton look="outline">{t('show')}</SubmitButton>
    </form>
  );
}

function Nothing() {
  const t = activityStrings(useLocale());
  return (
    <EmptyState title={t('nothing')} icon="it-chart-line">
      <p>{t('nothingHelp')}</p>
    </EmptyState>
  );
}

function nameOf(key: string, by: Grouping, locale: Locale): string {
  const t = activityStrings(locale);
  if (key === 'total') return t('total');
  if (by === 'week') return t('week', { day: formatDay(key, locale) });
  return by === 'month' ? formatMonth(key.slice(0, 7), locale) : formatDay(key, locale);
}

/** A column: its heading and what stands in it. */
type Column = readonly [heading: string, cell: (row: ActivityRow) => string];

function Figures({ activity, by }: { activity: Activity; by: Grouping }) {
  const locale = useLocale();
  const t = activityStrings(locale);
  const count = (value: number) => formatNumber(value, locale);
  const minutes = (value: number | null) =>
    value === null ? '–' : t('minutes', { n: formatNumber(value, locale, 0) });
  const appointments: Column[] = [
    [t('booked'), ({ appointments }) => count(appointments.booked)],
    [t('served'), ({ appointments }) => count(appointments.served)],
    [
      t('noShow'),
      ({ noShow }) =>
        noShow
          ? `${formatPercent(noShow.value, locale, 0)} (${t('noShowRange', {
              low: formatPercent(noShow.low, locale, 0),
              high: formatPercent(noShow.high, locale, 0),
            })})`
          : '–',
    ],
    [t('cancelled'), ({ appointments }) => count(appointments.cancelled)],
    [t('byOffice'), ({ appointments }) => count(appointments.byOffice)],
    [t('unrecorded'), ({ appointments }) => count(appointments.unrecorded)],
    [
      t('leadDays'),
      ({ appointments: { leadDays } }) =>
        leadDays === null ? '–' : t('days', { n: formatNumber(leadDays, locale, 0) }),
    ],
  ];
  if (by !== 'service')
    appointments.push([
      t('occupancy'),
      ({ occupancy }) => (occupancy === undefined ? '–' : formatPercent(occupancy, locale, 0)),
    ]);
  const visits: Column[] = [
    [t('visits'), ({ visits }) => count(visits.visits)],
    [t('withoutBooking'), ({ visits }) => count(visits.withoutBooking)],
    [t('gone'), ({ visits }) => count(visits.gone)],
    [
      t('wait'),
      ({ visits: { waitMedian, waitNinth } }) =>
        waitMedian === null || waitNinth === null
          ? '–'
          : t('waitWords', {
              median: formatNumber(waitMedian, locale, 0),
              ninth: formatNumber(waitNinth, locale, 0),
            }),
    ],
    [t('delay'), ({ visits }) => minutes(visits.delayMedian)],
    [t('operators'), ({ visits }) => count(visits.operators)],
  ];
  const came = activity.total.visits.visits > 0;
  return (
    <>
      <FigureTable
        caption={t('appointmentsTable')}
        columns={appointments}
        activity={activity}
        by={by}
      />
      {came && (
        <FigureTable
          caption={t('visitsTable')}
          columns={visits}
          activity={{ ...activity, rows: activity.rows.filter(({ visits }) => visits.visits > 0) }}
          by={by}
        />
      )}
    </>
  );
}

function FigureTable(props: {
  caption: string;
  columns: readonly Column[];
  activity: Activity;
  by: Grouping;
}) {
  const locale = useLocale();
  const t = activityStrings(locale);
  const { columns, activity, by } = props;
  const cells = (row: ActivityRow) =>
    columns.map(([, cell]) => <td class="numeric">{cell(row)}</td>);
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <th scope="col">{t(`by_${by}`)}</th>
          {columns.map(([heading]) => (
            <th scope="col" class="numeric">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {activity.rows.map((row) => (
          <tr>
            <th scope="row">{row.serviceName?.[locale] ?? nameOf(row.key, by, locale)}</th>
            {cells(row)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          {cells(activity.total)}
        </tr>
      </tfoot>
    </Table>
  );
}
