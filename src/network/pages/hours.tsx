import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { ErrorSummary } from '../../web/components/fields.tsx';
import { EMPTY_FORM, errorsByField, type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { addPeriod } from '../actions/add-period.ts';
import { addSeries } from '../actions/add-series.ts';
import { changeDay } from '../actions/change-day.ts';
import type { HoursChange } from '../actions/change-network.ts';
import { type OwnHours, readHours } from '../actions/read-hours.ts';
import { removePeriod } from '../actions/remove-period.ts';
import { setOpenOnHolidays } from '../actions/set-open-on-holidays.ts';
import { ownersOfFeast, setPatronFeast } from '../actions/set-patron-feast.ts';
import type { Owner } from '../series-store.ts';
import { networkStrings } from '../strings.ts';
import type { CarryOnPage } from './carry.ts';
import * as forms from './hours-forms.ts';
import {
  Ahead,
  addressOf,
  DayForm,
  Holidays,
  PeriodForm,
  Periods,
  SeriesForm,
  SeriesList,
} from './hours-parts.tsx';
import { Saved, withSaved } from './saved.tsx';
import { seriesPages } from './series.tsx';

const PATH = '/uffici/:code/orari';

/** Hours of an office and of its operators: read by its staff, changed by the administration. */
export function hoursPages(carry: CarryOnPage) {
  const pages = createApi();

  pages.get(PATH, async (c) => hoursPage(c, await shown(c, c.req.query('operatore')), EMPTY_FORM));

  pages.post(`${PATH}/:azione`, async (c) => {
    const call = callOf(c);
    const values = await formValues(c);
    const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
    const hours = await shown(c, text('operatore'));
    const { id: officeId, seat } = hours.office;
    const owner: Owner = { officeId, operatorId: hours.operator?.id };
    const { locale } = call;
    const steps: Record<string, () => HoursChange['make']> = {
      serie: () => {
        const series = forms.seriesOf(values, locale);
        return (inside, follow) => addSeries(inside, owner, series, follow);
      },
      giorno: () => {
        const { seriesId, day, hours } = forms.dayOf(values, locale);
        return (inside, follow) => changeDay(inside, { seriesId, day }, hours, follow);
      },
      periodo: () => {
        const period = { ...owner, ...forms.periodOf(values, locale) };
        return (inside, follow) => addPeriod(inside, period, follow);
      },
      'togli-periodo': () => {
        const id = forms.idOf(values, locale);
        return (inside, follow) => removePeriod(inside, id, follow);
      },
      festivi: () => (inside, follow) =>
        setOpenOnHolidays(inside, officeId, text('aperto') !== '', follow),
      patrono: () => {
        const feast = forms.feastOf(values, locale);
        return (inside, follow) => setPatronFeast(inside, seat, feast, follow);
      },
    };
    const azione = c.req.param('azione');
    const step = steps[azione];
    if (!step) throw notFound();
    try {
      const address = addressOf(hours);
      const answer = await carry(
        c,
        {
          whose: async (inside) => (azione === 'patrono' ? ownersOfFeast(inside, seat) : [owner]),
          make: step(),
        },
        {
          action: c.req.path,
          values,
          back: { label: networkStrings(locale)('hours'), href: address },
        },
      );
      return answer ?? c.redirect(withSaved(address), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422 || !error.extra.errors) throw error;
      const errors = forms.renamed(azione, errorsByField(error.extra.errors));
      return hoursPage(c, hours, { values, errors });
    }
  });

  pages.route('/', seriesPages(carry));

  return pages;
}

function shown(c: AppContext, operatorId: string | undefined): Promise<OwnHours> {
  const code = c.req.param('code') ?? '';
  if (operatorId && !/^[0-9a-f-]{36}$/.test(operatorId)) throw notFound();
  return readHours(callOf(c), { code }, operatorId || undefined);
}

function hoursPage(c: AppContext, hours: OwnHours, form: FormState) {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const { office, operator } = hours;
  const who = operator ? `${operator.givenName} ${operator.familyName}` : office.name;
  const edits = call.actor.kind === 'administrator';
  const place = { action: `/uffici/${office.code}/orari`, operator: operator?.id ?? '' };
  return page(
    c,
    {
      title: t('hoursOf', { who }),
      lead: t(operator ? 'hoursOperatorLead' : 'hoursOfficeLead'),
      wide: true,
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: t('offices'), href: '/uffici' },
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('hours') },
      ],
    },
    <>
      <ErrorSummary form={form} />
      <Saved c={c} />
      <p>
        <a href={`/uffici/${office.code}/mezzi`}>{t('meansTitle')}</a>
        {operator && (
          <>
            {' · '}
            <a href={place.action}>{t('hoursOf', { who: office.name })}</a>
          </>
        )}
      </p>
      <SeriesList hours={hours} place={place} edits={edits} />
      <Periods hours={hours} place={place} edits={edits} />
      {edits && (
        <>
          <SeriesForm hours={hours} place={place} form={form} today={dayOf(call.clock.now())} />
          <DayForm hours={hours} place={place} form={form} />
          <PeriodForm place={place} form={form} />
          {!operator && <Holidays hours={hours} place={place} form={form} />}
        </>
      )}
      <Ahead days={hours.ahead} />
    </>,
  );
}
