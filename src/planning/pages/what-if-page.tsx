import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { LineChart } from '../../web/chart.tsx';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDate, formatNumber } from '../../web/format.ts';
import type { Network } from '../actions/read-network.ts';
import type {
  OfficeOutlook,
  ScenarioLevers,
  ScenarioOfficeResult,
  ScenarioResults,
} from '../scenario.ts';
import type { SavedScenario } from '../store.ts';
import { type PlanningText, planningStrings } from '../strings.ts';
import { shortNames } from './names.ts';
import { signed } from './network-page.tsx';
import { fieldNames, ROWS, rowsOf } from './what-if-form.ts';

interface View {
  readonly network: Network;
  readonly form: FormState;
  readonly results: ScenarioResults | undefined;
  readonly saved: readonly SavedScenario[];
  readonly locale: Locale;
}

/** Move or add staff on paper, see the answer, keep it. */
export function WhatIfPage({ network, form, results, saved, locale }: View) {
  const t = planningStrings(locale);
  return (
    <>
      <ErrorSummary form={form} />
      <LeversForm network={network} form={form} t={t} />
      {results && (
        <>
          <Results
            results={results}
            service={serviceName(network, results, locale)}
            locale={locale}
          />
          <SaveForm form={form} t={t} />
        </>
      )}
      <section aria-labelledby="salvate" class="mt-5">
        <h2 id="salvate">{t('saved')}</h2>
        {saved.length === 0 ? (
          <p>{t('savedNone')}</p>
        ) : (
          <ul>
            {saved.map((each) => (
              <li>
                <a href={`/pianificazione/ipotesi/${each.id}`}>{each.name}</a>
                {' – '}
                {t('savedOn', { date: day(each.createdAt, locale) })}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

const day = (at: Instant, locale: Locale) => formatDate(at, locale);

export function serviceName(network: Network, results: ScenarioResults, locale: Locale): string {
  const service = network.services.find(({ code }) => code === results.serviceCode);
  return service?.name[locale] ?? results.serviceCode ?? '–';
}

function LeversForm({ network, form, t }: { network: Network; form: FormState; t: PlanningText }) {
  const short = shortNames(network.plans.map(({ office }) => office));
  const offices = network.plans.map(({ office }) => ({ value: office.code, label: short(office) }));
  const categories = network.categories.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <form method="get" action="/pianificazione/ipotesi">
      {ROWS.map((row) => {
        const names = fieldNames(row);
        return (
          <fieldset class="mb-4">
            <legend class="h5">{t('change', { number: row })}</legend>
            <div class="field-row">
              <SelectField
                name={names.from}
                label={t('from')}
                form={form}
                empty={t('newHire')}
                options={offices}
              />
              <SelectField
                name={names.to}
                label={t('to')}
                form={form}
                empty={t('leaves')}
                options={offices}
              />
              <SelectField
                name={names.category}
                label={t('category')}
                form={form}
                empty="–"
                options={categories}
              />
              <TextField
                name={names.count}
                label={t('howMany')}
                form={form}
                inputmode="numeric"
                maxlength={4}
                width="short"
              />
            </div>
          </fieldset>
        );
      })}
      <SubmitButton>{t('compute')}</SubmitButton>
    </form>
  );
}

/** The fields that were computed travel along, so that what is saved is what was seen. */
function SaveForm({ form, t }: { form: FormState; t: PlanningText }) {
  return (
    <form method="post" action="/pianificazione/ipotesi" class="form-block no-print">
      {ROWS.flatMap((row) => Object.values(fieldNames(row))).map((name) => {
        const value = form.values[name];
        return typeof value === 'string' && value !== '' ? (
          <input type="hidden" name={name} value={value} />
        ) : null;
      })}
      <TextField name="nome" label={t('name')} form={form} required maxlength={120} />
      <SubmitButton look="outline">{t('save')}</SubmitButton>
    </form>
  );
}

function Results(props: { results: ScenarioResults; service: string; locale: Locale }) {
  const { results, service, locale } = props;
  const t = planningStrings(locale);
  const n = (value: number) => formatNumber(value, locale, 3);
  const unknown = results.offices.filter(({ waitKnown }) => !waitKnown);
  return (
    <section aria-labelledby="risultato">
      <h2 id="risultato">{t('result')}</h2>
      {results.offices.map((office) => (
        <OfficeResult office={office} results={results} locale={locale} t={t} />
      ))}
      {unknown.map((office) => (
        <p>{t('waitUnknown', { office: office.officeName })}</p>
      ))}
      <p>
        {t('inequalityRow', {
          before: n(results.inequality.before),
          after: n(results.inequality.after),
        })}
      </p>
      <h3>{t('assumptions')}</h3>
      <ul>
        <li>{t('assumeFlow')}</li>
        <li>{t('assumePace', { service })}</li>
        <li>{t('assumeNoShow')}</li>
        <li>{t('assumeQueue')}</li>
      </ul>
    </section>
  );
}

function OfficeResult(props: {
  office: ScenarioOfficeResult;
  results: ScenarioResults;
  locale: Locale;
  t: PlanningText;
}) {
  const { office, results, locale, t } = props;
  const { weeks, targetDays } = results;
  const n = (value: number, digits = 1) => formatNumber(value, locale, digits);
  const rows: [string, (outlook: OfficeOutlook) => string][] = [
    [t('staff'), ({ staff }) => n(staff, 0)],
    [t('need'), ({ need }) => n(need)],
    [t('gap'), ({ gap }) => signed(gap, locale)],
    [t('qualifiedShortage'), ({ qualifiedShortage }) => n(qualifiedShortage)],
  ];
  if (office.waitKnown)
    rows.push(
      [
        t('waitEnd', { weeks }),
        ({ waitDays }) => {
          const last = waitDays.at(-1);
          return typeof last === 'number' ? n(last, 0) : t('endless');
        },
      ],
      [
        t('catchUp', { days: targetDays }),
        ({ weeksToTarget }) => {
          if (weeksToTarget === null) return t('notWithin', { weeks });
          return weeksToTarget === 0 ? t('already') : n(weeksToTarget, 0);
        },
      ],
    );
  const line = (outlook: OfficeOutlook) =>
    outlook.waitDays.map((days) => days ?? Number.POSITIVE_INFINITY);
  return (
    <section aria-labelledby={`esito-${office.officeCode}`}>
      <h3 id={`esito-${office.officeCode}`}>{office.officeName}</h3>
      <div class={office.waitKnown ? 'two-columns' : undefined}>
        <Table caption={`${t('resultCaption')}: ${office.officeName}`} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('indicator')}</th>
              <th scope="col" class="numeric">
                {t('before')}
              </th>
              <th scope="col" class="numeric">
                {t('after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, value]) => (
              <tr>
                <th scope="row">{label}</th>
                <td class="numeric">{value(office.before)}</td>
                <td class="numeric">{value(office.after)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        {office.waitKnown && (
          <LineChart
            id={`attesa-${office.officeCode}`}
            title={t('waitChart', { office: office.officeName })}
            description={t('waitChartDescription')}
            unit={t('daysUnit')}
            ticks={[
              { at: 0, label: t('today') },
              { at: weeks / 2, label: t('weeksAhead', { count: weeks / 2 }) },
              { at: weeks, label: t('weeksAhead', { count: weeks }) },
            ]}
            series={[
              { name: t('ifNothing'), values: line(office.before) },
              { name: t('withChange'), values: line(office.after) },
            ]}
          />
        )}
      </div>
    </section>
  );
}

/** One scenario that was kept, as it was answered on its day. */
export function SavedPage(props: {
  scenario: SavedScenario;
  service: string;
  locale: Locale;
  names: ReadonlyMap<string, string>;
}) {
  const { scenario, service, locale, names } = props;
  const t = planningStrings(locale);
  const again = rowsOf(scenario.levers);
  return (
    <>
      <LeversList levers={scenario.levers} names={names} t={t} />
      <Results results={scenario.results} service={service} locale={locale} />
      {again && (
        <p class="no-print">
          <LinkButton href={`/pianificazione/ipotesi?${again}`} look="outline">
            {t('openAgain')}
          </LinkButton>
        </p>
      )}
    </>
  );
}

function LeversList(props: {
  levers: ScenarioLevers;
  names: ReadonlyMap<string, string>;
  t: PlanningText;
}) {
  return (
    <ul>
      {props.levers.staff.map((lever) => (
        <li>
          {props.t('lever', {
            change: `${lever.count < 0 ? '−' : '+'}${Math.abs(lever.count)}`,
            category: lever.category,
            office: props.names.get(lever.officeCode) ?? lever.officeCode,
          })}
        </li>
      ))}
    </ul>
  );
}
