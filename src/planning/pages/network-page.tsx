import type { Locale } from '../../platform/locale.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { SortableHeader, Table } from '../../web/components/table.tsx';
import { formatNumber, formatPercent } from '../../web/format.ts';
import { AreaMap, type MapArea } from '../../web/map.tsx';
import type { OfficePlanList, PlanOrder } from '../actions/list-office-plans.ts';
import type { NetworkFacts, OfficePlan } from '../rules/office-plan.ts';
import { type PlanningText, planningStrings } from '../strings.ts';
import { MAP_MEASURES, type MapMeasure, mapScale, measureLabel } from './measures.ts';
import { shortNames } from './names.ts';

type T = PlanningText;

interface View {
  readonly list: OfficePlanList;
  readonly order: PlanOrder;
  readonly measure: MapMeasure;
  readonly province: string | undefined;
  readonly url: string;
  readonly locale: Locale;
}

/** The network at a glance: facts, map, table. */
export function NetworkPage(view: View) {
  const { list, locale, url } = view;
  const t = planningStrings(locale);
  if (list.plans.length === 0) return <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>;
  const query = new URL(url).search;
  const short = shortNames(list.plans.map(({ office }) => office));
  return (
    <>
      <Facts facts={list.facts} list={list} t={t} locale={locale} />
      <Filters {...view} t={t} />
      <p class="mb-0">
        <a class="visually-hidden-focusable" href="#tabella">
          {t('skipMap')}
        </a>
      </p>
      <div class="row">
        <div class="col-lg-7">
          <AreaMap
            id="cartina"
            title={t('mapTitle', { measure: t(`measure_${view.measure}`) })}
            description={t('mapDescription', { measure: t(`measure_${view.measure}`) })}
            legend={t(`measure_${view.measure}`)}
            areas={list.plans.map((plan) => areaOf(plan, short(plan.office), view.measure, locale))}
            scale={mapScale(view.measure, locale)}
            outside={t('outside')}
          />
          <p class="small text-muted">{t('coverNote')}</p>
        </div>
        <div class="col-lg-5">
          <HowToRead list={list} t={t} locale={locale} />
        </div>
      </div>
      <h2 id="tabella">{t('table')}</h2>
      <div class="actions no-print">
        <LinkButton href={`/pianificazione/tabella.csv${query}`} download look="outline">
          {t('download')}
        </LinkButton>
        <LinkButton href="/pianificazione/ipotesi">{t('tryIt')}</LinkButton>
      </div>
      <PlansTable {...view} t={t} short={short} />
    </>
  );
}

function areaOf(plan: OfficePlan, name: string, measure: MapMeasure, locale: Locale): MapArea {
  return {
    key: plan.office.code,
    name,
    href: `/pianificazione/uffici/${plan.office.code}`,
    seat: plan.office.point,
    points: plan.office.comuni.flatMap(({ point }) => point ?? []),
    value: MAP_MEASURES[measure](plan),
    label: measureLabel(plan, measure, locale),
  };
}

function Facts(props: { facts: NetworkFacts; list: OfficePlanList; t: T; locale: Locale }) {
  const { facts, list, t, locale } = props;
  const n = (value: number, digits?: number) => formatNumber(value, locale, digits);
  const level = list.categories.find(({ code }) => code === list.service?.minCategory)?.level ?? 0;
  const able = facts.byCategory.reduce((sum, c) => (c.level >= level ? sum + c.count : sum), 0);
  const longest = facts.longestWait;
  return (
    <section aria-label={t('facts')} class="cards">
      <Card title={t('factBacino')} level={2}>
        <p class="h3 mb-1">{n(facts.population)}</p>
        <p class="mb-0">{t('factBacinoNote', { count: facts.offices })}</p>
      </Card>
      <Card title={t('factStaff')} level={2}>
        <p class="h3 mb-1">{n(facts.staff)}</p>
        <p class="mb-0">
          {facts.byCategory.map(({ category, count }) => `${category} ${n(count)}`).join(' · ')}
          {facts.staff > 0 && (
            <>
              <br />
              {t('factStaffNote', { share: formatPercent(able / facts.staff, locale) })}
            </>
          )}
        </p>
      </Card>
      <Card title={t('factNeed')} level={2}>
        <p class="h3 mb-1">{n(facts.need, 0)}</p>
        <p class="mb-0">{t('factNeedNote', { shortage: n(facts.shortage, 0) })}</p>
      </Card>
      <Card title={t('factInequality')} level={2}>
        <p class="h3 mb-1">{n(facts.inequality, 2)}</p>
        <p class="mb-0">
          {facts.spread === null
            ? t('factInequalityUnknown')
            : t('factInequalityNote', { spread: n(facts.spread, 1) })}
        </p>
      </Card>
      {longest && (
        <Card title={t('factWait')} level={2}>
          <p class="h3 mb-1">
            {longest.wait.days === null ? t('noWait') : t('days', { count: longest.wait.days })}
          </p>
          <p class="mb-0">
            <a href={`/pianificazione/uffici/${longest.office.code}`}>
              {t('factWaitNote', { office: longest.office.name })}
            </a>
          </p>
        </Card>
      )}
    </section>
  );
}

function Filters({ list, measure, province, order, locale, t }: View & { t: T }) {
  return (
    <form
      method="get"
      action="/pianificazione"
      class="field-row no-print my-4"
      aria-label={t('filters')}
    >
      <SelectField
        name="provincia"
        label={t('province')}
        value={province ?? ''}
        empty={t('allProvinces')}
        options={list.provinces.map(({ code, name }) => ({ value: code, label: name }))}
        submits
      />
      <SelectField
        name="misura"
        label={t('measure')}
        value={measure}
        empty={false}
        options={Object.keys(MAP_MEASURES).map((key) => ({
          value: key,
          label: t(`measure_${key as MapMeasure}`),
        }))}
        submits
      />
      <SelectField
        name="servizio"
        label={t('waitFor')}
        value={list.service?.code ?? ''}
        empty={false}
        options={list.services.map(({ code, name }) => ({ value: code, label: name[locale] }))}
        submits
      />
      <input type="hidden" name="ordina" value={`${order.descending ? '-' : ''}${order.key}`} />
      <div class="no-js-only">
        <SubmitButton look="outline">{t('show')}</SubmitButton>
      </div>
    </form>
  );
}

type Short = ReturnType<typeof shortNames>;

function PlansTable({ list, order, url, locale, t, short }: View & { t: T; short: Short }) {
  const n = (value: number, digits?: number) => formatNumber(value, locale, digits);
  const sort = { column: order.key, descending: order.descending };
  const header = (column: PlanOrder['key'], label: string, numeric = true) => (
    <SortableHeader url={url} column={column} label={label} sort={sort} numeric={numeric} />
  );
  return (
    <Table
      caption={t('tableCaption', { count: list.plans.length, order: t(ORDER_LABEL[order.key]) })}
    >
      <thead>
        <tr>
          {header('name', t('office'), false)}
          {header('province', t('province'), false)}
          {header('population', t('population'))}
          {header('staff', t('staff'))}
          {list.categories.map(({ code, name }) => (
            <th scope="col" class="numeric">
              <abbr title={name}>{code}</abbr>
            </th>
          ))}
          {header('users_per_operator', t('usersPerOperator'))}
          {header('need', t('need'))}
          {header('gap', t('gap'))}
          {header('qualified_shortage', t('qualifiedShortage'))}
          {header('wait', t('waitDays'))}
        </tr>
      </thead>
      <tbody>
        {list.plans.map((plan) => {
          const counts = new Map(
            plan.office.organico.map(({ category, count }) => [category, count]),
          );
          return (
            <tr>
              <th scope="row">
                <a href={`/pianificazione/uffici/${plan.office.code}`}>{short(plan.office)}</a>
              </th>
              <td>{plan.office.province}</td>
              <td class="numeric">{n(plan.population)}</td>
              <td class="numeric">{n(plan.staff)}</td>
              {list.categories.map(({ code }) => (
                <td class="numeric">{n(counts.get(code) ?? 0)}</td>
              ))}
              <td class="numeric">
                {plan.usersPerOperator === null ? '–' : n(plan.usersPerOperator, 0)}
              </td>
              <td class="numeric">{n(plan.workload.total, 1)}</td>
              <td class="numeric">{signed(plan.workload.difference, locale)}</td>
              <td class="numeric">{n(plan.workload.balance.shortage, 1)}</td>
              <td class="numeric">{plan.wait.days === null ? t('noWait') : n(plan.wait.days)}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

const ORDER_LABEL = {
  name: 'office',
  province: 'province',
  population: 'population',
  staff: 'staff',
  users: 'usersPerYear',
  users_per_operator: 'usersPerOperator',
  need: 'need',
  gap: 'gap',
  qualified_shortage: 'qualifiedShortage',
  wait: 'waitDays',
} as const;

/** "+3,2", "−41,0": a difference without its sign says nothing. */
export function signed(value: number, locale: Locale, digits = 1): string {
  const text = formatNumber(Math.abs(value), locale, digits);
  if (Number(Math.abs(value).toFixed(digits)) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

function HowToRead({ list, t, locale }: { list: OfficePlanList; t: T; locale: Locale }) {
  return (
    <section aria-labelledby="come-si-legge">
      <h2 id="come-si-legge">{t('howRead')}</h2>
      <ul>
        <li>{t('howNeed')}</li>
        <li>{t('howGap')}</li>
        <li>{t('howShortage')}</li>
        {list.service && <li>{t('howWait', { service: list.service.name[locale] })}</li>}
        <li>{t('howUsers')}</li>
        <li>{t('minutesNote')}</li>
      </ul>
    </section>
  );
}
