import { dayOf } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { ColumnChart } from '../../web/chart.tsx';
import { LinkButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Provenance } from '../../web/components/content.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDay, formatMonth, formatNumber, formatPercent } from '../../web/format.ts';
import type { OfficeDetail } from '../actions/read-office-plan.ts';
import { noShowShare } from '../rules/backlog.ts';
import { roundPosts } from '../rules/wisn.ts';
import { type PlanningText, planningStrings } from '../strings.ts';
import { signed } from './network-page.tsx';

interface View {
  readonly detail: OfficeDetail;
  readonly locale: Locale;
  readonly t: PlanningText;
}

/** One office: what it needs and how that is computed, why people wait, where the data come from. */
export function OfficePage({ detail, locale }: { detail: OfficeDetail; locale: Locale }) {
  const view: View = { detail, locale, t: planningStrings(locale) };
  const { t } = view;
  return (
    <>
      <Summary {...view} />
      <Reasons {...view} />
      <section aria-labelledby="fabbisogno">
        <h2 id="fabbisogno">{t('whatNeeded')}</h2>
        <LevelsTable {...view} />
        <DemandTable {...view} />
        <Formula {...view} />
      </section>
      <Seasons {...view} />
      <Waits {...view} />
      <Booked {...view} />
      <Sources {...view} />
      <p class="actions no-print">
        <LinkButton href={`/pianificazione/ipotesi?a1=${detail.plan.office.code}`}>
          {t('tryHere')}
        </LinkButton>
      </p>
    </>
  );
}

function Summary({ detail, locale, t }: View) {
  const { plan } = detail;
  const { workload, office } = plan;
  const n = (value: number, digits?: number) => formatNumber(value, locale, digits);
  return (
    <section aria-label={t('summary')} class="cards">
      <Card title={t('bacino')}>
        <p class="h3 mb-1">{n(plan.population)}</p>
        <p class="mb-0">
          {t('bacinoNote', { count: office.comuni.length })}{' '}
          <Provenance {...badge(office.provenance.bacino)} />
        </p>
      </Card>
      <Card title={t('staff')}>
        <p class="h3 mb-1">{n(plan.staff)}</p>
        <p class="mb-0">
          {office.organico.map(({ category, count }) => `${category} ${n(count)}`).join(' · ')}{' '}
          <Provenance {...badge(office.provenance.staff)} />
        </p>
      </Card>
      <Card title={t('need')}>
        <p class="h3 mb-1">{n(workload.total, 1)}</p>
        <p class="mb-0">
          {t('gap')}: {signed(workload.difference, locale)}
          <br />
          {t('qualifiedShortage')}: {n(workload.balance.shortage, 1)}
        </p>
      </Card>
      <Card title={t('wait')}>
        <p class="h3 mb-1">
          {plan.wait.days === null ? t('noWait') : t('days', { count: plan.wait.days })}
        </p>
        <p class="mb-0">{detail.service?.name[locale] ?? t('third')}</p>
      </Card>
    </section>
  );
}

type Fact = { kind: 'sourced' | 'computed' | 'declared'; source: string; date?: string };

/** What the administration states is a source as good as one can have. */
function badge(fact: Fact) {
  const kind: 'sourced' | 'computed' = fact.kind === 'computed' ? 'computed' : 'sourced';
  return { kind, detail: fact.source };
}

function Reasons({ detail, locale, t }: View) {
  const { plan, categories, seasons } = detail;
  const { workload } = plan;
  const n = (value: number, digits = 1) => formatNumber(value, locale, digits);
  const name = (level: number) => categoryOf(categories, level);
  const worst = workload.balance.levels.toSorted((a, b) => b.shortage - a.shortage)[0];
  const reasons: string[] = [];
  if (worst && worst.shortage > 0) {
    const level = name(worst.level);
    reasons.push(
      t('reasonShort', {
        category: level,
        need: n(worst.need),
        have: n(worst.have, 0),
        shortage: n(worst.shortage),
      }),
    );
    if (workload.difference >= 0)
      reasons.push(
        t('reasonHidden', {
          staff: n(plan.staff, 0),
          need: n(workload.total),
          below: n(plan.staff - worst.have, 0),
        }),
      );
  } else reasons.push(t('reasonNone'));
  if (plan.wait.days !== null && plan.wait.days > 14)
    reasons.push(
      t('reasonNoShow', {
        days: plan.wait.days,
        share: formatPercent(noShowShare(plan.wait.days), locale),
      }),
    );
  if (seasons) {
    const peak = seasons.indexOf(Math.max(...seasons));
    reasons.push(t('reasonSeason', { quarter: t(QUARTERS[peak]!), factor: n(seasons[peak]!, 2) }));
  }
  return (
    <section aria-labelledby="perche">
      <h2 id="perche">{t('reasons')}</h2>
      <ul>
        {reasons.map((reason) => (
          <li>{reason}</li>
        ))}
      </ul>
    </section>
  );
}

const QUARTERS = ['quarter1', 'quarter2', 'quarter3', 'quarter4'] as const;

function categoryOf(categories: OfficeDetail['categories'], level: number): string {
  return categories.find((each) => each.level === level)?.code ?? String(level);
}

function LevelsTable({ detail, locale, t }: View) {
  const n = (value: number, digits = 1) => formatNumber(value, locale, digits);
  const { levels } = detail.plan.workload.balance;
  return (
    <Table caption={t('needVersus')}>
      <thead>
        <tr>
          <th scope="col">{t('category')}</th>
          <th scope="col" class="numeric">
            {t('has')}
          </th>
          <th scope="col" class="numeric">
            {t('asked')}
          </th>
          <th scope="col" class="numeric">
            {t('short')}
          </th>
          <th scope="col" class="numeric">
            {t('ratio')}
          </th>
        </tr>
      </thead>
      <tbody>
        {levels.map((each, i) => (
          <tr>
            <th scope="row">
              {t(i === levels.length - 1 ? 'levelOnly' : 'levelFrom', {
                category: categoryOf(detail.categories, each.level),
              })}
            </th>
            <td class="numeric">{n(each.have, 0)}</td>
            <td class="numeric">{n(each.need)}</td>
            <td class="numeric">{n(each.shortage)}</td>
            <td class="numeric">{each.ratio === null ? '–' : n(each.ratio, 2)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function DemandTable({ detail, locale, t }: View) {
  const n = (value: number, digits?: number) => formatNumber(value, locale, digits);
  const { plan, standards, categories } = detail;
  const demand = new Map(plan.demand.map((each) => [each.activity, each]));
  return (
    <Table caption={t('demandTable')}>
      <thead>
        <tr>
          <th scope="col">{t('activity')}</th>
          <th scope="col" class="numeric">
            {t('volume')}
          </th>
          <th scope="col">{t('origin')}</th>
          <th scope="col" class="numeric">
            {t('minutes')}
          </th>
          <th scope="col">{t('minCategory')}</th>
          <th scope="col" class="numeric">
            {t('standardLoad')}
          </th>
          <th scope="col" class="numeric">
            {t('posts')}
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.workload.activities.map((activity) => {
          const standard = standards.activities.find(({ code }) => code === activity.code);
          const asked = demand.get(activity.code);
          return (
            <tr>
              <th scope="row">{locale === 'it' ? standard?.nameIt : standard?.nameEn}</th>
              <td class="numeric">{n(activity.volume, 0)}</td>
              <td>
                {asked && (
                  <Provenance
                    kind={asked.nature === 'demo' ? 'assumed' : asked.nature}
                    detail={asked.source}
                  />
                )}
              </td>
              <td class="numeric">{n(activity.minutes)}</td>
              <td>{categoryOf(categories, activity.minLevel)}</td>
              <td class="numeric">{n(activity.standardWorkload, 0)}</td>
              <td class="numeric">{n(activity.posts, 2)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan={6}>
            {t('sum')}
          </th>
          <td class="numeric">{n(plan.workload.basic, 2)}</td>
        </tr>
      </tfoot>
    </Table>
  );
}

function Formula({ detail, locale, t }: View) {
  const n = (value: number, digits?: number) => formatNumber(value, locale, digits);
  const { standards, plan } = detail;
  const { workingTime: time, allowances } = standards;
  const { workload } = plan;
  const largest = workload.activities.toSorted((a, b) => b.posts - a.posts)[0];
  const named = standards.activities.find(({ code }) => code === largest?.code);
  const share = allowances.reduce((sum, each) => sum + (each.share ?? 0), 0);
  const duties = allowances.filter(({ hoursPerYear }) => hoursPerYear !== null);
  return (
    <>
      <h3>{t('formula')}</h3>
      <ol>
        <li>
          {t('formulaTime', {
            possible: time.possibleDays,
            leave: time.leaveDays,
            holidays: time.holidayDays,
            sick: time.sickDays,
            other: time.otherDays,
            days: n(workload.availableDays),
            hours: n(time.hoursPerDay),
            total: n(workload.availableHours),
          })}{' '}
          <Provenance kind="sourced" detail={time.source} />
        </li>
        {largest && named && (
          <li>
            {t('formulaActivity', {
              activity: locale === 'it' ? named.nameIt : named.nameEn,
              volume: n(largest.volume, 0),
              hours: n(workload.availableHours),
              minutes: n(largest.minutes),
              posts: n(largest.posts, 2),
            })}{' '}
            <Provenance kind="assumed" detail={`${t('minutes')}: ${named.source}`} />
          </li>
        )}
        <li>
          {t('formulaCaf', {
            share: formatPercent(share, locale),
            plainShare: n(share, 2),
            factor: n(workload.categoryFactor, 3),
          })}{' '}
          <Provenance
            kind="computed"
            detail={allowances.find((each) => each.share !== null)?.source}
          />
        </li>
        {duties.length > 0 && (
          <li>
            {t('formulaIaf', {
              names: duties.map((each) => (locale === 'it' ? each.nameIt : each.nameEn)).join(', '),
              hours: n(duties.reduce((sum, each) => sum + (each.hoursPerYear ?? 0), 0)),
              posts: n(workload.individualFactor, 2),
            })}
          </li>
        )}
        <li>
          {t('formulaTotal', {
            basic: n(workload.basic, 2),
            factor: n(workload.categoryFactor, 3),
            individual: n(workload.individualFactor, 2),
            total: n(workload.total, 2),
            whole: n(roundPosts(workload.total)),
          })}
        </li>
      </ol>
      <p>{t('minutesNote')}</p>
    </>
  );
}

function Seasons({ detail: { seasons, plan }, locale, t }: View) {
  if (!seasons) return null;
  const { workload, staff } = plan;
  const n = (value: number, digits = 1) => formatNumber(value, locale, digits);
  const posts = seasons.map(
    (index) => workload.basic * index * workload.categoryFactor + workload.individualFactor,
  );
  return (
    <section>
      <h2>{t('seasons')}</h2>
      <p>{t('seasonsNote')}</p>
      <div class="two-columns">
        <ColumnChart
          id="grafico-stagioni"
          title={t('seasons')}
          description={t('seasonsDescription')}
          columns={posts.map((value, i) => ({
            label: t(QUARTERS[i]!),
            value,
            text: n(value),
          }))}
          level={{ value: staff, text: t('staffLine', { count: staff }) }}
        />
        <Table caption={t('seasons')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('quarter')}</th>
              <th scope="col" class="numeric">
                {t('season')}
              </th>
              <th scope="col" class="numeric">
                {t('need')}
              </th>
              <th scope="col" class="numeric">
                {t('gap')}
              </th>
            </tr>
          </thead>
          <tbody>
            {posts.map((value, i) => (
              <tr>
                <th scope="row">{t(QUARTERS[i]!)}</th>
                <td class="numeric">{n(seasons[i]!, 2)}</td>
                <td class="numeric">{n(value)}</td>
                <td class="numeric">{signed(staff - value, locale)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

function Waits({ detail, locale, t }: View) {
  if (detail.waits.length === 0) return null;
  return (
    <section>
      <h2>{t('waitsTitle')}</h2>
      <Table caption={t('waitsTitle')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('third')}</th>
            <th scope="col" class="numeric">
              {t('waitDays')}
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.waits.map(({ service, wait }) => (
            <tr>
              <th scope="row">{service.name[locale]}</th>
              <td>{wait.at === null ? t('noWait') : formatDay(dayOf(wait.at), locale)}</td>
              <td class="numeric">{wait.days === null ? '–' : formatNumber(wait.days, locale)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Booked({ detail, locale, t }: View) {
  const months = [...new Set(detail.booked.map(({ month }) => month))];
  const codes = [...new Set(detail.booked.map(({ serviceCode }) => serviceCode))];
  const names = new Map(detail.services.map(({ code, name }) => [code, name[locale]]));
  const n = (value: number) => formatNumber(value, locale);
  const of = (month: string, code?: string) =>
    detail.booked.filter(
      (each) => each.month === month && (code === undefined || each.serviceCode === code),
    );
  const count = (list: readonly { count: number }[]) => list.reduce((sum, e) => sum + e.count, 0);
  const absent = (list: readonly { absent: number }[]) =>
    list.reduce((sum, e) => sum + e.absent, 0);
  return (
    <section>
      <h2>{t('booked')}</h2>
      {months.length === 0 ? (
        <p>{t('bookedNone')}</p>
      ) : (
        <>
          <p>{t('bookedNote')}</p>
          <div class="row">
            <div class="col-lg-7">
              <ColumnChart
                id="grafico-prenotati"
                title={t('booked')}
                description={t('bookedDescription')}
                columns={months.map((month) => ({
                  label: `${month.slice(5)}/${month.slice(2, 4)}`,
                  value: count(of(month)),
                  text: n(count(of(month))),
                }))}
              />
            </div>
          </div>
          <Table caption={t('booked')} hideCaption>
            <thead>
              <tr>
                <th scope="col">{t('month')}</th>
                {codes.map((code) => (
                  <th scope="col" class="numeric">
                    {names.get(code) ?? code}
                  </th>
                ))}
                <th scope="col" class="numeric">
                  {t('appointments')}
                </th>
                <th scope="col" class="numeric">
                  {t('absences')}
                </th>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr>
                  <th scope="row">{formatMonth(month, locale)}</th>
                  {codes.map((code) => (
                    <td class="numeric">{n(count(of(month, code)))}</td>
                  ))}
                  <td class="numeric">{n(count(of(month)))}</td>
                  <td class="numeric">{n(absent(of(month)))}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </section>
  );
}

function Sources({ detail: { plan }, locale, t }: View) {
  const { office } = plan;
  const told = (fact: Fact) => (
    <>
      <Provenance {...badge(fact)} /> <span class="text-break">{fact.source}</span>
      {fact.date && ` (${fact.date})`}
    </>
  );
  return (
    <section aria-labelledby="fonti">
      <h2 id="fonti">{t('sources')}</h2>
      <DefinitionList
        items={[
          [t('sourceSeat'), told(office.provenance.seat)],
          [t('sourceBacino'), told(office.provenance.bacino)],
          [t('sourceStaff'), told(office.provenance.staff)],
        ]}
      />
      <details>
        <summary>{t('comuniServed')}</summary>
        <Table caption={t('comuniServed')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('comuni')}</th>
              <th scope="col" class="numeric">
                {t('population')}
              </th>
              <th scope="col">{t('origin')}</th>
            </tr>
          </thead>
          <tbody>
            {office.comuni.map((comune) => (
              <tr>
                <th scope="row">{comune.name}</th>
                <td class="numeric">{formatNumber(comune.population, locale)}</td>
                <td>{t(`nature_${comune.kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </section>
  );
}
