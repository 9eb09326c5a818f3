import { callOf } from '../platform/call.ts';
import { csvHeaders } from '../platform/csv.ts';
import { type AppContext, createApi } from '../platform/http.ts';
import { notFound, Problem } from '../platform/problem.ts';
import { formValues } from '../web/form.ts';
import { formatDate, formatNumber } from '../web/format.ts';
import { page } from '../web/layout.tsx';
import { listOfficePlans, orderOf, type PlanOrder } from './actions/list-office-plans.ts';
import { type Network, readNetwork } from './actions/read-network.ts';
import { readOfficePlan } from './actions/read-office-plan.ts';
import { listOwnScenarios, readScenario } from './actions/read-scenarios.ts';
import { saveScenario } from './actions/save-scenario.ts';
import { tryScenario } from './actions/try-scenario.ts';
import { measureOf } from './pages/measures.ts';
import { NetworkPage } from './pages/network-page.tsx';
import { OfficePage } from './pages/office-page.tsx';
import { isAsked, readRows, refusedRows } from './pages/what-if-form.ts';
import { SavedPage, serviceName, WhatIfPage } from './pages/what-if-page.tsx';
import { plansCsv } from './plan-csv.ts';
import type { ScenarioResults } from './scenario.ts';
import { planningStrings } from './strings.ts';

export const planningPages = createApi();

const LONGEST_WAIT_FIRST: PlanOrder = { key: 'wait', descending: true };

/** What the address of the network page asks for; anything unknown counts as not asked. */
function asked(c: AppContext) {
  const province = c.req.query('provincia');
  return {
    province: province && /^[A-Z]{2}$/.test(province) ? province : undefined,
    order: orderOf(c.req.query('ordina'), LONGEST_WAIT_FIRST),
    serviceCode: c.req.query('servizio') || undefined,
  };
}

planningPages.get('/pianificazione', async (c) => {
  const locale = c.get('locale');
  const t = planningStrings(locale);
  const input = asked(c);
  const list = await listOfficePlans(callOf(c), input);
  return page(
    c,
    { title: t('title'), lead: t('lead'), active: 'planning', wide: true },
    <NetworkPage
      list={list}
      order={input.order}
      province={input.province}
      measure={measureOf(c.req.query('misura'))}
      url={c.req.url}
      locale={locale}
    />,
  );
});

planningPages.get('/pianificazione/tabella.csv', async (c) => {
  const { plans, categories } = await listOfficePlans(callOf(c), asked(c));
  return c.body(plansCsv(plans, categories, c.get('locale')), 200, csvHeaders('pianificazione'));
});

planningPages.get('/pianificazione/uffici/:code', async (c) => {
  const locale = c.get('locale');
  const t = planningStrings(locale);
  const detail = await readOfficePlan(callOf(c), { code: c.req.param('code') });
  const { office, population } = detail.plan;
  return page(
    c,
    {
      title: office.name,
      lead: t('officeLead', {
        seat: office.seat,
        province: office.province,
        comuni: office.comuni.length,
        population: formatNumber(population, locale),
      }),
      active: 'planning',
      wide: true,
      breadcrumbs: [{ label: t('title'), href: '/pianificazione' }, { label: office.name }],
    },
    <OfficePage detail={detail} locale={locale} />,
  );
});

/** The what-if with its answer, if it has one; the answer lies behind an address that can be shared. */
async function whatIf(
  c: AppContext,
  network: Network,
  values: Readonly<Record<string, string>>,
  outcome: { errors: Record<string, string>; results?: ScenarioResults },
) {
  const locale = c.get('locale');
  const t = planningStrings(locale);
  const { items } = await listOwnScenarios(callOf(c), { limit: 50 });
  const wrong = Object.keys(outcome.errors).length > 0;
  return page(
    c,
    {
      title: t('whatIf'),
      lead: t('whatIfLead'),
      active: 'planning',
      wide: true,
      status: wrong ? 422 : 200,
      breadcrumbs: [{ label: t('title'), href: '/pianificazione' }, { label: t('whatIf') }],
    },
    <WhatIfPage
      network={network}
      form={{ values, errors: outcome.errors }}
      results={outcome.results}
      saved={items}
      locale={locale}
    />,
  );
}

planningPages.get('/pianificazione/ipotesi', async (c) => {
  const values = c.req.query();
  const network = await readNetwork(callOf(c));
  if (!isAsked(values)) return whatIf(c, network, values, { errors: {} });
  const { levers, errors } = readRows(values, network, planningStrings(c.get('locale')));
  if (Object.keys(errors).length > 0) return whatIf(c, network, values, { errors });
  try {
    const results = await tryScenario(callOf(c), levers, network);
    return whatIf(c, network, values, { errors: {}, results });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return whatIf(c, network, values, {
      errors: refusedRows(error, levers, values, planningStrings(c.get('locale'))),
    });
  }
});

planningPages.post('/pianificazione/ipotesi', async (c) => {
  const t = planningStrings(c.get('locale'));
  const values = Object.fromEntries(
    Object.entries(await formValues(c)).map(([name, value]) => [name, String(value)]),
  );
  const call = callOf(c);
  const network = await readNetwork(call);
  const { levers, errors } = readRows(values, network, t);
  const name = values.nome ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name is one line of text
  if (name === '' || name.length > 120 || /[\x00-\x1f]/.test(name)) errors.nome = t('errorName');
  if (Object.keys(errors).length > 0) {
    const onlyUnnamed = Object.keys(errors).join() === 'nome';
    const results = onlyUnnamed ? await tryScenario(call, levers, network) : undefined;
    return whatIf(c, network, values, { errors, results });
  }
  try {
    const saved = await saveScenario(call, { name, levers });
    return c.redirect(`/pianificazione/ipotesi/${saved.id}`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return whatIf(c, network, values, { errors: refusedRows(error, levers, values, t) });
  }
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

planningPages.get('/pianificazione/ipotesi/:id', async (c) => {
  const locale = c.get('locale');
  const t = planningStrings(locale);
  const call = callOf(c);
  const id = c.req.param('id');
  // Whoever may not plan learns nothing, not even that the address is ill formed.
  const network = await readNetwork(call);
  if (!UUID.test(id)) throw notFound();
  const scenario = await readScenario(call, id);
  return page(
    c,
    {
      title: scenario.name,
      lead: t('savedOn', { date: formatDate(scenario.createdAt, locale) }),
      active: 'planning',
      wide: true,
      breadcrumbs: [
        { label: t('title'), href: '/pianificazione' },
        { label: t('whatIf'), href: '/pianificazione/ipotesi' },
        { label: scenario.name },
      ],
    },
    <SavedPage
      scenario={scenario}
      service={serviceName(network, scenario.results, locale)}
      names={new Map(network.plans.map(({ office }) => [office.code, office.name]))}
      locale={locale}
    />,
  );
});
