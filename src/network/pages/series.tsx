import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { SubmitButton, SurePostButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, RadioGroup, SelectField, TextField } from '../../web/components/fields.tsx';
import { EMPTY_FORM, errorsByField, type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { changeDay } from '../actions/change-day.ts';
import type { HoursChange } from '../actions/change-network.ts';
import { changeSeries } from '../actions/change-series.ts';
import { changeSeriesFrom } from '../actions/change-series-from.ts';
import { readHours } from '../actions/read-hours.ts';
import { readSeries } from '../actions/read-series.ts';
import { removeSeries } from '../actions/remove-series.ts';
import type { Series } from '../hours-store.ts';
import { daysAfter } from '../rules/recurrence.ts';
import { firstDayFrom } from '../rules/series.ts';
import { networkStrings } from '../strings.ts';
import type { CarryOnPage } from './carry.ts';
import * as forms from './hours-forms.ts';
import {
  addressOf,
  nameOf,
  RECURRENCES,
  recurrenceName,
  type T,
  WEEKDAYS,
} from './hours-parts.tsx';
import { withSaved } from './saved.tsx';
import { LimitFields } from './skill-fields.tsx';

const PATH = '/uffici/:code/orari/serie/:id{[0-9a-f-]{36}}';

/** One series of openings: changed as a whole, from a day on, or on one day; ended; taken away. */
export function seriesPages(carry: CarryOnPage) {
  const pages = createApi();

  pages.get(PATH, (c) => seriesPage(c, EMPTY_FORM));

  pages.post(PATH, async (c) => {
    const call = callOf(c);
    const values = await formValues(c);
    const series = await readSeries(call, c.req.param('id'));
    const hours = await readHours(call, { id: series.officeId }, series.operatorId);
    const href = addressOf(hours);
    try {
      const change = {
        whose: async () => [series],
        make: changeOf(series, forms.seriesStepOf(values, call.locale)),
      };
      const back = { label: networkStrings(call.locale)('hours'), href };
      const answer = await carry(c, change, { action: c.req.path, values, back });
      return answer ?? c.redirect(withSaved(href), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422 || !error.extra.errors) throw error;
      return seriesPage(c, { values, errors: errorsByField(error.extra.errors) });
    }
  });

  return pages;
}

/** What a step comes to. */
function changeOf({ id }: Series, step: forms.SeriesStep): HoursChange['make'] {
  switch (step.kind) {
    case 'all':
      return (call, follow) => changeSeries(call, id, step.change, follow);
    case 'from':
      return (call, follow) =>
        changeSeriesFrom(call, { seriesId: id, day: step.day }, step.change, follow);
    case 'day':
      return (call, follow) => changeDay(call, { seriesId: id, day: step.day }, step.hours, follow);
    case 'end':
      return (call, follow) => changeSeries(call, id, { validTo: daysAfter(step.day, -1) }, follow);
    case 'remove':
      return (call, follow) => removeSeries(call, id, follow);
  }
}

async function seriesPage(c: AppContext, form: FormState) {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const series = await readSeries(call, c.req.param('id') ?? '');
  const hours = await readHours(call, { id: series.officeId }, series.operatorId);
  const { office, operator } = hours;
  const who = operator ? `${operator.givenName} ${operator.familyName}` : office.name;
  const next = firstDayFrom(series, dayOf(call.clock.now()));
  return page(
    c,
    {
      title: t('seriesTitle', { name: nameOf(series, t) }),
      lead: t('hoursOf', { who }),
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('hours'), href: addressOf(hours) },
        { label: t('change') },
      ],
    },
    call.actor.kind === 'administrator' ? (
      <>
        <ErrorSummary form={form} />
        <p>{t('seriesHelp')}</p>
        <ChangeForm series={series} form={form} next={next} t={t} />
        <EndForm form={form} next={next} t={t} />
        <SurePostButton
          action={c.req.path}
          fields={{ step: 'remove' }}
          ask={t('endAll')}
          sure={t('endAllSure')}
        >
          {t('endAllYes')}
        </SurePostButton>
      </>
    ) : (
      <Alert kind="info">{t('seriesReadOnly')}</Alert>
    ),
  );
}

interface Parts {
  readonly form: FormState;
  /** The next day on which the series takes place. */
  readonly next: string | undefined;
  readonly t: T;
}

function ChangeForm({ series, form, next, t }: Parts & { series: Series }) {
  const { rule, nth } = series.recurrence ?? { rule: 'weeks', nth: 1 };
  return (
    <form method="post" class="form-block">
      <h2>{t('seriesChange')}</h2>
      <RadioGroup
        name="scope"
        label={t('scope')}
        form={form}
        value="from"
        required
        options={[
          { value: 'from', label: t('scope_from') },
          { value: 'day', label: t('scope_day') },
          { value: 'all', label: t('scope_all'), hint: t('scopeAllHint') },
        ]}
      />
      <TextField
        name="day"
        label={t('scopeDay')}
        hint={t('scopeDayHint')}
        type="date"
        form={form}
        value={next}
      />
      <div class="field-row">
        <TextField
          name="starts"
          label={t('starts')}
          type="time"
          form={form}
          value={series.starts}
          required
        />
        <TextField
          name="ends"
          label={t('ends')}
          type="time"
          form={form}
          value={series.ends}
          required
        />
      </div>
      <SelectField
        name="weekday"
        label={t('weekday')}
        hint={t('notForOneDay')}
        form={form}
        value={String(series.weekday)}
        empty={false}
        options={WEEKDAYS.map((day) => ({ value: String(day), label: t(`day${day}`) }))}
      />
      <SelectField
        name="recurrence"
        label={t('recurrence')}
        hint={t('notForOneDay')}
        form={form}
        value={`${rule}:${nth}`}
        empty={false}
        options={RECURRENCES.map((value) => {
          const [name = '', number] = value.split(':');
          return { value, label: recurrenceName(t, name, Number(number)) };
        })}
      />
      <TextField
        name="valid_to"
        label={t('lastDay')}
        hint={t('seriesLastDayHint')}
        type="date"
        form={form}
        value={series.validTo ?? undefined}
      />
      <LimitFields form={form} limits={series.limits} />
      <SubmitButton name="step" value="change">
        {t('save')}
      </SubmitButton>
    </form>
  );
}

function EndForm({ form, next, t }: Parts) {
  return (
    <form method="post" class="form-block">
      <h2>{t('seriesEnd')}</h2>
      <TextField name="end_day" label={t('endDay')} type="date" form={form} value={next} />
      <div class="actions">
        <SubmitButton name="step" value="skip" look="outline">
          {t('endOnlyDay')}
        </SubmitButton>
        <SubmitButton name="step" value="end" look="outline">
          {t('endFrom')}
        </SubmitButton>
      </div>
    </form>
  );
}
