import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { daysAfter } from '../../network/rules/recurrence.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formValues, zodErrors } from '../../web/form.ts';
import { formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { applyDisruption, CHOICES } from '../actions/apply-disruption.ts';
import { type Intent, type Preview, previewDisruption } from '../actions/preview-disruption.ts';
import { wallInterval } from '../rules/scope.ts';
import { countsOf } from '../schemas.ts';
import { disruptionStrings } from '../strings.ts';
import { type ClosureForm, closureForm, PATH } from './closure-form.tsx';
import { closuresPage, periodOf } from './closures.tsx';
import { chosenIn, ForAll, HitsTable } from './hits-table.tsx';

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
  // Why somebody is away is not for the people who are told: without a reason they read a plain one.
  if (form.motivo === '' && form.tipo === 'closure') form.motivo = t('plainReason');
  if (form.motivo === '') return wrong({ motivo: t('reasonMissing') });
  const during = wallInterval(
    { day: form.dal, time: form.dalle || '00:00' },
    form.alle === ''
      ? { day: daysAfter(form.al, 1), time: '00:00' }
      : { day: form.al, time: form.alle },
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
      absence: form.assenza,
      token,
      choices: choicesIn(values),
      otherwise: z.enum(CHOICES).safeParse(values.tutti).data,
    });
    return c.redirect(`${PATH}/${done.id}`, 303);
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return shown(c, asked, values);
    throw error;
  }
});

/** What was typed into one field, if anything. */
function textIn(values: Readonly<Record<string, string | string[]>> | undefined, name: string) {
  const value = values?.[name];
  return typeof value === 'string' ? value : undefined;
}

const choicesIn = (values: Readonly<Record<string, string | string[]>>) =>
  chosenIn(values, z.enum(CHOICES));

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
        {items.length > 0 && <ForAll choices={CHOICES} chosen={textIn(outdated, 'tutti')} />}
        <div class="actions mt-4 mb-5">
          {!(nobody && intent.kind === 'cancellation') && (
            <SubmitButton>{t(nobody ? 'closeOnly' : `confirm_${intent.kind}`)}</SubmitButton>
          )}
          <LinkButton look="outline" href={PATH}>
            {t('back')}
          </LinkButton>
        </div>
        {items.length > 0 && (
          <HitsTable
            caption={t('oneByOne')}
            items={items}
            officeId={preview.office.id}
            choices={() => CHOICES}
            chosen={outdated ? choicesIn(outdated) : {}}
          />
        )}
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
