import { z } from 'zod';
import type { HoursChange } from '../../network/actions/change-network.ts';
import type { ChangeForm } from '../../network/pages/carry.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM } from '../../web/form.ts';
import { formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import {
  type ChangeDecision,
  type ChangePreview,
  changeHours,
  HOURS_CHOICES,
  type HoursChoice,
  type OfficeHits,
  type StrandedItem,
} from '../actions/change-hours.ts';
import { countsOf } from '../schemas.ts';
import { disruptionStrings } from '../strings.ts';
import { PATH } from './closure-form.tsx';
import { chosenIn, ForAll, HitsTable } from './hits-table.tsx';

/**
 * Carries out a change of hours that a form of the network asks for. Where it would leave
 * appointments without hours, the page that says whose they are comes first: nothing is saved yet,
 * and its form sends the same again with what was decided. Undefined when it was carried out and hit
 * nobody.
 */
export async function changeOnPage(
  c: AppContext,
  change: HoursChange,
  form: ChangeForm,
): Promise<Response | undefined> {
  const { values } = form;
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const reason = text('motivo').slice(0, 200);
  const confirms = text('anteprima') !== '';
  const decision: ChangeDecision | undefined =
    confirms && reason !== ''
      ? {
          token: text('anteprima'),
          reason,
          choices: choicesIn(values),
          otherwise: z.enum(HOURS_CHOICES).safeParse(text('tutti')).data,
        }
      : undefined;
  const outcome = await changeHours(callOf(c), change, decision);
  if (!outcome.done) {
    const { preview, outdated } = outcome;
    return shown(c, change, form, preview, { outdated, noReason: confirms && reason === '' });
  }
  const [first] = outcome.disruptionIds;
  return first === undefined ? undefined : c.redirect(`${PATH}/${first}`, 303);
}

const choicesIn = (values: ChangeForm['values']) => chosenIn(values, z.enum(HOURS_CHOICES));

function shown(
  c: AppContext,
  change: HoursChange,
  { action, values, back }: ChangeForm,
  { offices, token }: ChangePreview,
  wrong: { outdated: boolean; noReason: boolean },
) {
  const call = callOf(c);
  const t = disruptionStrings(call.locale);
  const confirms = wrong.outdated || wrong.noReason;
  const all = typeof values.tutti === 'string' ? values.tutti : undefined;
  const form = wrong.noReason ? { values, errors: { motivo: t('reasonMissing') } } : EMPTY_FORM;
  const again = Object.entries(values).flatMap(([name, value]) =>
    ['motivo', 'anteprima', 'tutti'].includes(name) || name.startsWith('scelta-')
      ? []
      : [value].flat().map((one) => [name, one] as const),
  );
  return page(
    c,
    {
      title: t('previewTitle'),
      lead: t(change.leaves ? 'leavesLead' : 'hoursLead'),
      active: 'operator',
      wide: true,
      status: confirms ? (wrong.outdated ? 409 : 422) : 200,
      breadcrumbs: [back, { label: t('previewTitle') }],
    },
    <>
      <ErrorSummary form={form} />
      {wrong.outdated && (
        <Alert kind="warning" live title={t('changed')}>
          <p>{t('changedHelp')}</p>
        </Alert>
      )}
      <form method="post" action={action}>
        {again.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="anteprima" value={token} />
        {offices.map((hits) => (
          <Counts hits={hits} several={offices.length > 1} />
        ))}
        <ForAll choices={HOURS_CHOICES.filter((choice) => offered(choice, change))} chosen={all} />
        <TextField
          name="motivo"
          label={t('reason')}
          hint={t('reasonHint')}
          form={form}
          value={typeof values.motivo === 'string' ? values.motivo : t('hoursReason')}
          maxlength={200}
          required
        />
        <div class="actions mt-4 mb-5">
          <SubmitButton>{t(change.leaves ? 'confirm_transfer' : 'confirm_hours')}</SubmitButton>
          <LinkButton look="outline" href={back.href}>
            {t('changeNothing')}
          </LinkButton>
        </div>
        {offices.map(
          (hits) =>
            hits.items.length > 0 && (
              <HitsTable
                caption={
                  offices.length > 1 ? `${t('oneByOne')}: ${hits.office.name}` : t('oneByOne')
                }
                items={hits.items}
                officeId={hits.office.id}
                choices={(item) => choicesFor(item, change)}
                chosen={choicesIn(values)}
              />
            ),
        )}
      </form>
    </>,
  );
}

function Counts({ hits, several }: { hits: OfficeHits; several: boolean }) {
  const locale = useLocale();
  const t = disruptionStrings(locale);
  const counts = countsOf(hits);
  const number = (value: number) => formatNumber(value, locale);
  return (
    <>
      {several && <h2>{hits.office.name}</h2>}
      <DefinitionList
        items={[
          [t('hit'), number(hits.items.length)],
          [t('sameTime'), number(counts.same)],
          [t('otherTime'), number(counts.other)],
          [t('withoutTime'), number(counts.without)],
          [t('holds'), hits.holds.length > 0 ? number(hits.holds.length) : undefined],
        ]}
      />
    </>
  );
}

/** Nobody can be left with somebody who is gone, nor follow where nobody goes. */
const offered = (choice: HoursChoice, { leaves, goesTo }: HoursChange) =>
  (choice !== 'keep' || !leaves) && (choice !== 'follow' || goesTo !== undefined);

function choicesFor({ along }: StrandedItem, change: HoursChange): readonly HoursChoice[] {
  return HOURS_CHOICES.filter(
    (choice) => offered(choice, change) && (choice !== 'follow' || along !== undefined),
  );
}
