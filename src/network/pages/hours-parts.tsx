import type { Child } from 'hono/jsx';
import type { IsoDate } from '../../platform/clock.ts';
import {
  LinkButton,
  PostButton,
  SubmitButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { Checkbox, RadioGroup, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDay, formatTimeRange } from '../../web/format.ts';
import type { OwnHours } from '../actions/read-hours.ts';
import type { Series } from '../hours-store.ts';
import type { OpenDay } from '../rules/openings.ts';
import { networkStrings } from '../strings.ts';
import { LimitFields, limitWords } from './skill-fields.tsx';

/** Where the forms go, and whose hours they change: an operator's id, or empty for the office. */
export interface Place {
  readonly action: string;
  readonly operator: string;
}

interface Props {
  readonly hours: OwnHours;
  readonly place: Place;
}

/** The page of these hours. */
export const addressOf = ({ office, operator }: Pick<OwnHours, 'office' | 'operator'>) =>
  `/uffici/${office.code}/orari${operator ? `?operatore=${operator.id}` : ''}`;

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const RECURRENCES = [
  'weeks:1',
  'weeks:2',
  'weeks:3',
  'weeks:4',
  ...['1', '2', '3', '4', '5', '-1'].map((nth) => `month-weekday:${nth}`),
  ...['1', '2', '3', '4', '5', '-1'].map((nth) => `month-week:${nth}`),
];

export type T = ReturnType<typeof networkStrings>;

export function recurrenceName(t: T, rule: string, nth: number): string {
  if (rule === 'weeks') return nth === 1 ? t('everyWeek') : t('everyWeeks', { count: nth });
  if (rule === 'month-week') return nth === -1 ? t('lastMonthWeek') : t('monthWeek', { nth });
  if (nth === 5) return t('fifthMonthWeekday');
  return nth === -1 ? t('lastMonthWeekday') : t('monthWeekday', { nth });
}

export function Ahead({ days }: { days: readonly OpenDay[] }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  return (
    <section class="mb-5">
      <h2>{t('ahead')}</h2>
      {days.length === 0 ? (
        <EmptyState title={t('aheadNone')} icon="it-calendar">
          <p>{t('aheadNoneHelp')}</p>
        </EmptyState>
      ) : (
        <Table caption={t('ahead')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('weekday')}</th>
              <th scope="col">{t('hours')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, open }) => (
              <tr>
                <th scope="row">{formatDay(day, locale)}</th>
                <td>
                  {open.map(({ start, end }) => formatTimeRange(start, end, locale)).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

export function SeriesList({ hours, place, edits }: Props & { edits: boolean }) {
  const t = networkStrings(useLocale());
  return (
    <section class="mb-5">
      <h2>{t('series')}</h2>
      {hours.series.length === 0 ? (
        <p>{t(hours.operator ? 'seriesNoneOperator' : 'hoursNone')}</p>
      ) : (
        <Table caption={t('series')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('weekday')}</th>
              <th scope="col">{t('hours')}</th>
              <th scope="col">{t('recurrence')}</th>
              <th scope="col">{t('validity')}</th>
              <th scope="col">{t('exceptions')}</th>
              {edits && <th scope="col">{t('change')}</th>}
            </tr>
          </thead>
          <tbody>
            {hours.series.map((series) => (
              <SeriesRow series={series} hours={hours} place={place} edits={edits} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function SeriesRow(props: Props & { series: Series; edits: boolean }) {
  const { series, hours, place, edits } = props;
  const locale = useLocale();
  const t = networkStrings(locale);
  const { rule, nth } = series.recurrence ?? { rule: 'weeks', nth: 1 };
  const period = hours.periods.find(({ id }) => id === series.periodId);
  const name = nameOf(series, t);
  return (
    <tr>
      <th scope="row">
        {edits ? (
          <a href={`${place.action}/serie/${series.id}`}>{t(`day${series.weekday as 1}`)}</a>
        ) : (
          t(`day${series.weekday as 1}`)
        )}
        <div class="fw-normal text-secondary">{period?.name ?? t(`kind_${series.kind}`)}</div>
      </th>
      <td>
        {series.starts}–{series.ends}
        {series.limits && <div class="text-secondary">{limitWords(series.limits, locale)}</div>}
      </td>
      <td>{recurrenceName(t, rule, nth)}</td>
      <td>
        {t('from', { day: formatDay(series.validFrom, locale) })}{' '}
        {series.validTo && t('until', { day: formatDay(series.validTo, locale) })}
      </td>
      <td>
        {series.exceptions?.map(({ day, hours: other }) => (
          <div>
            {formatDay(day, locale)}: {other ? `${other.starts}–${other.ends}` : t('dropped')}{' '}
            {edits && (
              <PostButton
                action={`${place.action}/giorno`}
                fields={{ operatore: place.operator, series_id: series.id, day, what: 'back' }}
                look="plain"
                small
              >
                {t('putBack')}
                <span class="visually-hidden">: {formatDay(day, locale)}</span>
              </PostButton>
            )}
          </div>
        ))}
      </td>
      {edits && (
        <td>
          <LinkButton href={`${place.action}/serie/${series.id}`} look="outline" small>
            {t('change')}
            <span class="visually-hidden">: {name}</span>
          </LinkButton>
        </td>
      )}
    </tr>
  );
}

export const nameOf = ({ weekday, starts, ends }: Series, t: T) =>
  `${t(`day${weekday as 1}`)} ${starts}–${ends}`;

export function Periods({ hours, place, edits }: Props & { edits: boolean }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  if (hours.periods.length === 0) return null;
  return (
    <section class="mb-5">
      <h2>{t('periods')}</h2>
      <ul>
        {hours.periods.map(({ id, name, validFrom, validTo }) => (
          <li>
            {name}: {t('from', { day: formatDay(validFrom, locale) })}{' '}
            {t('until', { day: formatDay(validTo, locale) })}{' '}
            {edits && (
              <SurePostButton
                action={`${place.action}/togli-periodo`}
                fields={{ operatore: place.operator, id }}
                ask={t('takeAway')}
                sure={t('takeAwaySure')}
                about={name}
                small
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A form that is folded away until it is wanted, or one of its fields is to be put right. */
function Fold(props: {
  title: string;
  form: FormState;
  fields: readonly string[];
  children: Child;
}) {
  const wrong = props.fields.some((name) => props.form.errors[name] !== undefined);
  return (
    <details class="fold" open={wrong}>
      <summary>
        <h2 class="fold-title">{props.title}</h2>
      </summary>
      {props.children}
    </details>
  );
}

export function SeriesForm(props: Props & { form: FormState; today: IsoDate }) {
  const { hours, place, form, today } = props;
  const t = networkStrings(useLocale());
  return (
    <Fold
      title={t('newSeries')}
      form={form}
      fields={[
        'kind',
        'weekday',
        'starts',
        'ends',
        'recurrence',
        'nth',
        'valid_from',
        'valid_to',
        'period_id',
        'skills',
        'public_hours_before',
      ]}
    >
      <form method="post" action={`${place.action}/serie`} class="form-block">
        <input type="hidden" name="operatore" value={place.operator} />
        <SelectField
          name="kind"
          label={t('seriesKind')}
          form={form}
          empty={false}
          options={[
            ...(['ordinary', 'extra', 'pause'] as const).map((kind) => ({
              value: kind,
              label: t(`kind_${kind}`),
            })),
            ...hours.periods.map(({ id, name }) => ({ value: `period:${id}`, label: name })),
          ]}
        />
        <SelectField
          name="weekday"
          label={t('weekday')}
          form={form}
          required
          options={WEEKDAYS.map((day) => ({ value: String(day), label: t(`day${day}`) }))}
        />
        <div class="field-row">
          <TextField name="starts" label={t('starts')} type="time" form={form} required />
          <TextField name="ends" label={t('ends')} type="time" form={form} required />
        </div>
        <SelectField
          name="recurrence"
          label={t('recurrence')}
          form={form}
          empty={false}
          options={RECURRENCES.map((value) => {
            const [rule = '', nth] = value.split(':');
            return { value, label: recurrenceName(t, rule, Number(nth)) };
          })}
        />
        <div class="field-row">
          <TextField
            name="valid_from"
            label={t('firstDay')}
            type="date"
            form={form}
            value={today}
            required
          />
          <TextField
            name="valid_to"
            label={t('lastDay')}
            hint={t('lastDayHint')}
            type="date"
            form={form}
          />
        </div>
        <LimitFields form={form} limits={undefined} />
        <SubmitButton>{t('add')}</SubmitButton>
      </form>
    </Fold>
  );
}

export function DayForm({ hours, place, form }: Props & { form: FormState }) {
  const t = networkStrings(useLocale());
  if (hours.series.length === 0) return null;
  return (
    <Fold title={t('oneDay')} form={form} fields={['series_id', 'day', 'day_starts', 'day_ends']}>
      <form method="post" action={`${place.action}/giorno`} class="form-block">
        <p>{t('oneDayHelp')}</p>
        <input type="hidden" name="operatore" value={place.operator} />
        <SelectField
          name="series_id"
          label={t('series')}
          form={form}
          required
          options={hours.series.map((one) => ({ value: one.id, label: nameOf(one, t) }))}
        />
        <TextField name="day" label={t('weekday')} type="date" form={form} required />
        <RadioGroup
          name="what"
          label={t('thatDay')}
          form={form}
          value="drop"
          options={[
            { value: 'drop', label: t('dropIt') },
            { value: 'other', label: t('otherHours') },
          ]}
        />
        <div class="field-row">
          <TextField name="day_starts" label={t('starts')} type="time" form={form} />
          <TextField name="day_ends" label={t('ends')} type="time" form={form} />
        </div>
        <SubmitButton>{t('changeDay')}</SubmitButton>
      </form>
    </Fold>
  );
}

export function PeriodForm({ place, form }: { place: Place; form: FormState }) {
  const t = networkStrings(useLocale());
  return (
    <Fold title={t('newPeriod')} form={form} fields={['period_name', 'period_from', 'period_to']}>
      <form method="post" action={`${place.action}/periodo`} class="form-block">
        <p>{t('newPeriodHelp')}</p>
        <input type="hidden" name="operatore" value={place.operator} />
        <TextField
          name="period_name"
          label={t('periodName')}
          form={form}
          maxlength={100}
          required
        />
        <div class="field-row">
          <TextField name="period_from" label={t('firstDay')} type="date" form={form} required />
          <TextField name="period_to" label={t('lastDay')} type="date" form={form} required />
        </div>
        <SubmitButton>{t('add')}</SubmitButton>
      </form>
    </Fold>
  );
}

export function Holidays({ hours, place, form }: Props & { form: FormState }) {
  const t = networkStrings(useLocale());
  const { openOnHolidays, patron, seatName } = hours.office;
  const fixed = patron && 'month' in patron.on ? patron.on : undefined;
  return (
    <>
      <Fold title={t('holidays')} form={form} fields={[]}>
        <form method="post" action={`${place.action}/festivi`} class="form-block">
          <Checkbox name="aperto" label={t('openOnHolidays')} checked={openOnHolidays} />
          <SubmitButton>{t('save')}</SubmitButton>
        </form>
      </Fold>
      <Fold
        title={t('patronOf', { comune: seatName })}
        form={form}
        fields={['saint', 'feast_day', 'feast_month', 'source']}
      >
        <form method="post" action={`${place.action}/patrono`} class="form-block">
          <TextField
            name="saint"
            label={t('saint')}
            hint={t('saintHint')}
            form={form}
            value={patron?.saint}
            maxlength={200}
          />
          <div class="field-row">
            <TextField
              name="feast_day"
              label={t('weekday')}
              type="number"
              form={form}
              value={fixed && String(fixed.day)}
              min={1}
              max={31}
              width="short"
            />
            <TextField
              name="feast_month"
              label={t('month')}
              type="number"
              form={form}
              value={fixed && String(fixed.month)}
              min={1}
              max={12}
              width="short"
            />
          </div>
          <TextField name="source" label={t('feastSource')} form={form} maxlength={500} />
          <SubmitButton>{t('save')}</SubmitButton>
        </form>
      </Fold>
    </>
  );
}
