import { z } from 'zod';
import { findOffice } from '../../booking/actions/find-office.ts';
import { authorise } from '../../identity/authorise.ts';
import { findOffices } from '../../network/actions/find-offices.ts';
import { type Call, callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate, midnight } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { malformed, notFound, Problem } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatShortDate,
  formatTimeRange,
} from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { announceRelocation } from '../actions/announce-relocation.ts';
import { giveNearestTime } from '../actions/give-nearest-time.ts';
import {
  listDisplaced,
  listDisruptions,
  listOperators,
  listStrays,
} from '../actions/read-disruptions.ts';
import type { Disruption } from '../store/disruptions.ts';
import type { Hit } from '../store/hits.ts';
import { disruptionStrings } from '../strings.ts';
import { ABSENCES, ClosureFields, PATH } from './closure-form.tsx';

export const closuresPages = createApi();

closuresPages.get(PATH, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'operator', 'administrator');
  return closuresPage(c, { officeId: await chosenOffice(call, c.req.query('ufficio')) });
});

/** The reader's own office, or for an administrator the one asked for. */
async function chosenOffice(call: Call, code: string | undefined): Promise<string> {
  const { actor } = call;
  if (code !== undefined) return (await findOffice(call, code)).id;
  const own = actor.kind === 'operator' ? actor.officeIds[0] : undefined;
  const first = own ?? (await findOffices(call, {}))[0]?.office.id;
  if (first === undefined) throw notFound();
  return first;
}

closuresPages.post(`${PATH}/ricolloca`, async (c) => {
  const call = callOf(c);
  const t = disruptionStrings(call.locale);
  const parsed = z.object({ id: z.uuid(), ufficio: z.uuid() }).safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, ufficio: officeId } = parsed.data;
  try {
    const given = await giveNearestTime(call, id);
    const name = given.person?.familyName ?? t('noName');
    const when = formatDateTime(given.startsAt, call.locale);
    return closuresPage(c, { officeId, done: t('given', { name, when }) });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    return closuresPage(c, { officeId, failed: t('noneFound') });
  }
});

const relocationForm = z.object({
  ufficio: z.uuid(),
  da: isoDate,
  indirizzo: z.string().min(5).max(200),
  causa: z.string().min(1).max(200),
});

closuresPages.post(`${PATH}/trasloco`, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'operator', 'administrator');
  const values = await formValues(c);
  const parsed = relocationForm.safeParse(values);
  const officeId = z.uuid().safeParse(values.ufficio);
  if (!officeId.success) throw malformed();
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, call.locale);
    return closuresPage(c, { officeId: officeId.data, relocation: { values, errors } });
  }
  const { da, indirizzo, causa, ufficio } = parsed.data;
  if (midnight(da) <= call.clock.now()) {
    const errors = { da: disruptionStrings(call.locale)('pastDay') };
    return closuresPage(c, { officeId: ufficio, relocation: { values, errors } });
  }
  const { id } = await announceRelocation(call, {
    officeId: ufficio,
    from: midnight(da),
    address: indirizzo,
    reason: causa,
  });
  return c.redirect(`${PATH}/${id}`, 303);
});

/** The page of an office's closures; also shown again with what is to be put right. */
export async function closuresPage(
  c: AppContext,
  shown: {
    readonly officeId: string;
    readonly form?: FormState;
    readonly relocation?: FormState;
    readonly done?: string;
    readonly failed?: string;
  },
) {
  const call = callOf(c);
  const { officeId, form = EMPTY_FORM, relocation = EMPTY_FORM } = shown;
  const t = disruptionStrings(call.locale);
  const [list, displaced, strays, operators] = await Promise.all([
    listDisruptions(call, officeId),
    listDisplaced(call, officeId),
    listStrays(call, officeId),
    listOperators(call, officeId),
  ]);
  const today = dayOf(call.clock.now());
  const wrong = shown.form ?? shown.relocation;
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      active: 'operator',
      wide: true,
      status: wrong ? 422 : shown.failed ? 409 : 200,
    },
    <>
      {wrong && <ErrorSummary form={wrong} />}
      {shown.done && (
        <Alert kind="success" live>
          {shown.done}
        </Alert>
      )}
      {shown.failed && (
        <Alert kind="warning" live>
          {shown.failed}
        </Alert>
      )}
      {call.actor.kind === 'administrator' && <OfficeChoice {...(await offices(call, officeId))} />}
      {displaced.length > 0 && <DisplacedTable list={displaced} officeId={officeId} />}
      {strays.length > 0 && <StraysTable list={strays} />}
      {list.length === 0 ? (
        <EmptyState title={t('none')} icon="it-calendar">
          <p>{t('noneHelp')}</p>
        </EmptyState>
      ) : (
        <Disruptions list={list} />
      )}
      <ClosureFields officeId={officeId} operators={operators} today={today} form={form} />
      <Relocation officeId={officeId} today={today} form={relocation} />
    </>,
  );
}

async function offices(call: Call, officeId: string) {
  const list = (await findOffices(call, {})).map(({ office }) => office);
  return { list, chosen: list.find(({ id }) => id === officeId)?.code };
}

function OfficeChoice(props: {
  list: readonly { readonly code: string; readonly name: string }[];
  chosen: string | undefined;
}) {
  const t = disruptionStrings(useLocale());
  return (
    <form method="get" action={PATH} class="form-block">
      <SelectField
        name="ufficio"
        label={t('office')}
        value={props.chosen}
        empty={false}
        submits
        options={props.list.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <SubmitButton look="outline">{t('open')}</SubmitButton>
    </form>
  );
}

function DisplacedTable({ list, officeId }: { list: readonly Hit[]; officeId: string }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  return (
    <section class="mb-5">
      <Table caption={t('displaced', { count: list.length })}>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('wasAt')}</th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map(({ id, personName, service, start, reachable }) => (
            <tr>
              <th scope="row">
                {personName ?? t('noName')}
                {!reachable && <div class="fw-normal text-secondary">{t('unreachable')}</div>}
              </th>
              <td>{service.name[locale]}</td>
              <td>{formatDateTime(start, locale)}</td>
              <td>
                <PostButton
                  action={`${PATH}/ricolloca`}
                  fields={{ id, ufficio: officeId }}
                  look="outline"
                  small
                >
                  {t('nearest')}
                  <span class="visually-hidden">: {personName ?? t('noName')}</span>
                </PostButton>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p>{t('displacedHelp')}</p>
    </section>
  );
}

/** Rows that the list of those outside the hours shows. */
const STRAYS_SHOWN = 50;

function StraysTable({ list }: { list: readonly Hit[] }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  return (
    <section class="mb-5">
      <Table caption={t('strays', { count: list.length })}>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, STRAYS_SHOWN).map(({ id, personName, service, start, operatorName }) => (
            <tr>
              <th scope="row">{personName ?? t('noName')}</th>
              <td>{service.name[locale]}</td>
              <td>
                {formatDateTime(start, locale)}
                <div class="text-secondary">{operatorName}</div>
              </td>
              <td>
                <LinkButton href={`/operatore/sposta?id=${id}`} look="outline" small>
                  {t('move')}
                  <span class="visually-hidden">: {personName ?? t('noName')}</span>
                </LinkButton>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p>{t('straysHelp')}</p>
    </section>
  );
}

/** "lunedì 8 marzo 2027, ore 9:00 – …", or from which day. */
export function periodOf(
  { start, end }: Pick<Disruption, 'start' | 'end'>,
  locale: Locale,
): string {
  const t = disruptionStrings(locale);
  if (end === null) return t('fromOn', { day: formatShortDate(start, locale) });
  const last = dayOf(end - 1);
  if (start === midnight(dayOf(start)) && end === midnight(last, 1)) {
    if (last === dayOf(start)) return t('wholeDay', { day: formatDate(start, locale) });
    return t('wholeDays', { from: formatDate(start, locale), to: formatDay(last, locale) });
  }
  if (dayOf(start) === dayOf(end))
    return `${formatDate(start, locale)}, ${formatTimeRange(start, end, locale)}`;
  return `${formatDateTime(start, locale)} – ${formatDateTime(end, locale)}`;
}

const TONES = { running: 'info', done: 'success', withdrawn: 'neutral' } as const;

export function StateTag({ state }: Pick<Disruption, 'state'>) {
  const t = disruptionStrings(useLocale());
  return <Tag tone={TONES[state]}>{t(`state_${state}`)}</Tag>;
}

function Disruptions({ list }: { list: readonly Disruption[] }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  return (
    <Table caption={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('whose')}</th>
          <th scope="col">{t('reason')}</th>
          <th scope="col" class="numeric">
            {t('people')}
          </th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <tr>
            <th scope="row">
              <a href={`${PATH}/${one.id}`}>{t(`name_${one.kind}`)}</a>
            </th>
            <td>{periodOf(one, locale)}</td>
            <td>
              {one.operatorName ?? t('wholeOffice')}
              {one.absence && one.absence !== 'closure' && (
                <div class="text-secondary">{t(ABSENCES[one.absence])}</div>
              )}
            </td>
            <td>{one.reason}</td>
            <td class="numeric">{one.total}</td>
            <td>
              <StateTag state={one.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Relocation(props: { officeId: string; today: IsoDate; form: FormState }) {
  const t = disruptionStrings(useLocale());
  const { officeId, today, form } = props;
  return (
    <form method="post" action={`${PATH}/trasloco`} class="form-block">
      <h2>{t('relocation')}</h2>
      <p>{t('relocationHelp')}</p>
      <input type="hidden" name="ufficio" value={officeId} />
      <TextField
        name="indirizzo"
        label={t('newAddress')}
        form={form}
        maxlength={200}
        autocomplete="off"
        required
      />
      <TextField name="da" label={t('moveDay')} type="date" form={form} min={today} required />
      <TextField name="causa" label={t('reason')} form={form} maxlength={200} required />
      <SubmitButton look="outline">{t('announce')}</SubmitButton>
    </form>
  );
}
