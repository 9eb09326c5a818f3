import type { z } from 'zod';
import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatShortDate, formatTime } from '../../web/format.ts';
import type { HoursChoice } from '../actions/change-hours.ts';
import type { PlannedItem } from '../actions/preview-disruption.ts';
import { disruptionStrings } from '../strings.ts';

/** Decisions come as `scelta-<appointment>`. */
export function chosenIn<C extends string>(
  values: Readonly<Record<string, string | string[]>>,
  decided: z.ZodType<C>,
): Record<string, C> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const choice = decided.safeParse(value);
      return name.startsWith('scelta-') && choice.success
        ? [[name.slice('scelta-'.length), choice.data]]
        : [];
    }),
  );
}

/** What is done about everybody of whom nothing else is said. */
export function ForAll(props: { choices: readonly HoursChoice[]; chosen: string | undefined }) {
  const t = disruptionStrings(useLocale());
  return (
    <SelectField
      name="tutti"
      label={t('forAll')}
      hint={t('forAllHint')}
      value={props.chosen}
      empty={false}
      options={props.choices.map((choice) => ({ value: choice, label: t(`choice_${choice}`) }))}
    />
  );
}

/** Who is hit, what each is offered, and what else could be done. */
export function HitsTable<I extends PlannedItem>(props: {
  caption: string;
  items: readonly I[];
  officeId: string;
  choices: (item: I) => readonly HoursChoice[];
  chosen: Readonly<Record<string, string>>;
}) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('proposal')}</th>
          <th scope="col">{t('decision')}</th>
        </tr>
      </thead>
      <tbody>
        {props.items.map((item) => {
          const { hit } = item;
          const name = hit.personName ?? t('noName');
          return (
            <tr>
              <th scope="row">
                {name}
                <div class="fw-normal">{hit.service.name[locale]}</div>
                {!hit.reachable && <div class="fw-normal text-secondary">{t('unreachable')}</div>}
              </th>
              <td>
                {shortMoment(hit.start, locale)}
                <div class="text-secondary">{hit.operatorName}</div>
              </td>
              <td>
                <Proposal item={item} officeId={props.officeId} />
              </td>
              <td>
                <select
                  name={`scelta-${hit.id}`}
                  class="form-control field-select"
                  aria-label={t('decisionOf', { name })}
                >
                  <option value="">{t('asAll')}</option>
                  {props.choices(item).map((choice) => (
                    <option value={choice} selected={choice === props.chosen[hit.id]}>
                      {t(`choice_${choice}`)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** "8 mar 2027, 9:00": cells are narrow. */
function shortMoment(instant: Instant, locale: Locale): string {
  return `${formatShortDate(instant, locale)}, ${formatTime(instant, locale)}`;
}

function Proposal({ item, officeId }: { item: PlannedItem; officeId: string }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  const { hit, seat, fate } = item;
  if (fate === 'revoke') return <>{t('choice_revoke')}</>;
  if (!seat) return <>{t('noTime')}</>;
  const when = shortMoment(seat.start, locale);
  if (seat.officeId !== officeId) return <>{t('elsewhere', { when })}</>;
  return <>{seat.start === hit.start ? t('sameHour') : t('at', { when })}</>;
}
