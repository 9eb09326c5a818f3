import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues, zodErrors } from '../../web/form.ts';
import { formatNumber, formatShortDate, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { applyDisruption, CHOICES, type Choice } from '../actions/apply-disruption.ts';
import {
  type Intent,
  type PlannedItem,
  type Preview,
  previewDisruption,
} from '../actions/preview-disruption.ts';
import { wallInterval } from '../rules/scope.ts';
import { countsOf } from '../schemas.ts';
import { disruptionStrings } from '../strings.ts';
import { type ClosureForm, closureForm, PATH } from './closure-form.tsx';
import { closuresPage, periodOf } from './closures.tsx';

export const previewPages = createApi();

/** What a form means, or the page that says what to put right. */
async function intentOf(c: AppContext) {
  const call = callOf(c);
  authorise(call.actor, 'operator', 'administrator');
  const t = disruptionStrings(call.locale);
  const values = await formValues(c);
  const office = z.uuid().safeParse(values.ufficio);
  if (!office.success) throw malformed();
  const wrong = (errors: Record<string, string>) => ({
    values,
    answer: closuresPage(c, { officeId: office.data, form: { values, errors } }),
  });
  const parsed = closureForm.safeParse(values);
  if (!parsed.success) return wrong(zodErrors(parsed.error, call.locale));
  const form = parsed.data;
  const during = wallInterval(
    { day: form.dal, time: form.dalle },
    { day: form.al, time: form.alle },
  );
  if (!during) return wrong({ dalle: t('badTime') });
  const intent: Intent = {
    kind: form.tipo,
    officeId: form.ufficio,
    operatorId: form.chi === '' ? undefined : form.chi,
    during,
  };
  return { values, form, intent, wrong };
}

previewPages.post(`${PATH}/anteprima`, async (c) => {
  const asked = await intentOf(c);
  if ('answer' in asked) return asked.answer;
  return shown(c, asked);
});

previewPages.post(PATH, async (c) => {
  const asked = await intentOf(c);
  if ('answer' in asked) return asked.answer;
  const { values, intent, form } = asked;
  const token = typeof values.anteprima === 'string' ? values.anteprima : '';
  try {
    const done = await applyDisruption(callOf(c), {
      ...intent,
      reason: form.motivo,
      token,
      choices: choicesIn(values),
    });
    return c.redirect(`${PATH}/${done.id}`, 303);
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return shown(c, asked, values);
    throw error;
  }
});

/** Decisions come as `scelta-<appointment>`. */
function choicesIn(values: Record<string, string | string[]>): Record<string, Choice> {
  const decided = z.enum(CHOICES);
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const choice = decided.safeParse(value);
      return name.startsWith('scelta-') && choice.success
        ? [[name.slice('scelta-'.length), choice.data]]
        : [];
    }),
  );
}

type Asked = Exclude<Awaited<ReturnType<typeof intentOf>>, { answer: unknown }>;

async function shown(
  c: AppContext,
  { form, intent, wrong }: Asked,
  outdated?: Record<string, string | string[]>,
) {
  const call = callOf(c);
  const t = disruptionStrings(call.locale);
  let preview: Preview;
  try {
    preview = await previewDisruption(call, intent);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return wrong({ al: t('badPeriod') }).answer;
  }
  const period = periodOf(intent.during, call.locale);
  const { items, holds, sessions } = preview;
  const nobody = items.length + holds.length + sessions.length === 0;
  return page(
    c,
    {
      title: t('previewTitle'),
      lead: t('previewLead', { office: preview.office.name, period }),
      active: 'operator',
      wide: true,
      status: outdated ? 409 : 200,
      breadcrumbs: [{ label: t('title'), href: PATH }, { label: t('previewTitle') }],
    },
    <>
      {outdated && (
        <Alert kind="warning" live title={t('changed')}>
          <p>{t('changedHelp')}</p>
        </Alert>
      )}
      {!nobody && <Counts preview={preview} kind={intent.kind} />}
      <form method="post" action={PATH}>
        {Object.entries(hidden(form, preview.token)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {nobody && (
          <EmptyState title={t('nobody')} icon="it-check-circle">
            <p>{t('nobodyHelp')}</p>
          </EmptyState>
        )}
        {items.length > 0 && (
          <Items preview={preview} chosen={outdated ? choicesIn(outdated) : {}} />
        )}
        <div class="actions mt-4">
          {!(nobody && intent.kind === 'cancellation') && (
            <SubmitButton>{t(nobody ? 'closeOnly' : `confirm_${intent.kind}`)}</SubmitButton>
          )}
          <LinkButton look="outline" href={PATH}>
            {t('back')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
}

function hidden(form: ClosureForm, token: string): Record<string, string> {
  return { ...form, anteprima: token };
}

function Counts({ preview, kind }: { preview: Preview; kind: Intent['kind'] }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  const { same, other, without } = countsOf(preview);
  const number = (value: number) => formatNumber(value, locale);
  return (
    <DefinitionList
      items={[
        [t('hit'), number(preview.items.length)],
        [t('sameTime'), kind === 'closure' ? number(same) : undefined],
        [t('otherTime'), kind === 'closure' ? number(other) : undefined],
        [t('withoutTime'), kind === 'closure' ? number(without) : undefined],
        [t('calledOff'), kind === 'cancellation' ? number(preview.items.length) : undefined],
        [t('holds'), preview.holds.length > 0 ? number(preview.holds.length) : undefined],
        [t('sessions'), preview.sessions.length > 0 ? number(preview.sessions.length) : undefined],
      ]}
    />
  );
}

function Items(props: { preview: Preview; chosen: Readonly<Record<string, Choice>> }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  const { preview, chosen } = props;
  return (
    <Table caption={t('hit')}>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('service')}</th>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('proposal')}</th>
          <th scope="col">{t('decision')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.items.map((item) => {
          const { hit } = item;
          const name = hit.personName ?? t('noName');
          return (
            <tr>
              <th scope="row">
                {name}
                {!hit.reachable && <div class="text-secondary">{t('unreachable')}</div>}
              </th>
              <td>{hit.service.name[locale]}</td>
              <td>
                {shortMoment(hit.start, locale)}
                <div class="text-secondary">{hit.operatorName}</div>
              </td>
              <td>
                <Proposal item={item} officeId={preview.office.id} />
              </td>
              <td>
                <select
                  name={`scelta-${hit.id}`}
                  class="form-control field-select"
                  aria-label={t('decisionOf', { name })}
                >
                  {CHOICES.map((choice) => (
                    <option value={choice} selected={choice === chosen[hit.id]}>
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
