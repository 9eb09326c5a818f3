import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PrintButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { askPostponement } from '../actions/postpone-convocation.ts';
import {
  type JudgedConvocation,
  listOwnConvocations,
  openConvocationByCode,
} from '../actions/read-convocation.ts';
import { REASONS } from '../rules/terms.ts';
import { deskStrings, personStrings } from '../strings.ts';
import { readCode } from './code-pass.ts';

/** The convoked person's page: when, what if not, how to ask for another date. */
export const ownConvocationPages = createApi();

interface Opened {
  readonly convocation: JudgedConvocation;
  /** Opened by its code; else by the session. */
  readonly code: string | undefined;
}

/** What the code on this device opens, else what concerns the signed-in jobseeker. */
async function openedHere(c: AppContext): Promise<readonly Opened[]> {
  const call = callOf(c);
  const code = await readCode(c);
  if (code !== undefined) {
    try {
      return [{ convocation: await openConvocationByCode(call, code), code }];
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404)) throw error;
    }
  }
  if (call.actor.kind !== 'jobseeker') return [];
  return (await listOwnConvocations(call)).map((convocation) => ({
    convocation,
    code: undefined,
  }));
}

ownConvocationPages.get('/convocazione', async (c) => {
  const opened = await openedHere(c);
  return ownPage(c, opened, EMPTY_FORM);
});

const postponeForm = z.object({
  id: uuid,
  motivo: z.enum(REASONS),
  nota: z.string().max(1000).optional(),
});

ownConvocationPages.post('/convocazione/rinvio', async (c) => {
  const opened = await openedHere(c);
  const values = await formValues(c);
  const parsed = postponeForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, c.get('locale'));
    return ownPage(c, opened, { values, errors }, 422);
  }
  const { id, motivo, nota } = parsed.data;
  const mine = opened.find(({ convocation }) => convocation.id === id);
  if (!mine) return c.redirect('/invito', 303);
  await askPostponement(callOf(c), {
    convocationId: id,
    code: mine.code,
    reason: motivo,
    note: nota || undefined,
  });
  return c.redirect('/convocazione', 303);
});

function ownPage(
  c: AppContext,
  opened: readonly Opened[],
  form: FormState,
  status: 200 | 422 = 200,
) {
  const locale = c.get('locale');
  const t = personStrings(locale);
  if (opened.length === 0) {
    return page(
      c,
      { title: t('mineTitle'), active: 'appointment' },
      <EmptyState title={t('none2')} icon="it-mail">
        <p>{t('none2Help')}</p>
        <LinkButton href="/invito">{t('title')}</LinkButton>
      </EmptyState>,
    );
  }
  const several = opened.length > 1;
  return page(
    c,
    {
      title: several ? t('mineTitle') : t('convTitle'),
      lead: t('convLead'),
      active: 'appointment',
      status,
    },
    <>
      {opened.map(({ convocation }) => (
        <Convocation convocation={convocation} form={form} />
      ))}
      <Consequences />
    </>,
  );
}

function Convocation(props: { convocation: JudgedConvocation; form: FormState }) {
  const { convocation: one } = props;
  const locale = useLocale();
  const t = personStrings(locale);
  const form = props.form.values.id === one.id ? props.form : EMPTY_FORM;
  return (
    <Card title={one.serviceName[locale]}>
      <DefinitionList
        items={[
          [
            t('when'),
            one.startsAt === null ? (
              t('noDate')
            ) : (
              <strong>{formatDateTime(one.startsAt, locale)}</strong>
            ),
          ],
          [t('where'), [one.officeName, one.officeAddress].filter(Boolean).join(', ')],
          [t('phone'), one.officePhone ?? undefined],
          [
            t('bring'),
            one.whatToBring[locale].length > 0 ? one.whatToBring[locale].join('; ') : undefined,
          ],
        ]}
      />
      <div class="actions">
        <PrintButton look="outline">{t('print')}</PrintButton>
      </div>
      <Postponement convocation={one} form={form} />
    </Card>
  );
}

function Postponement(props: { convocation: JudgedConvocation; form: FormState }) {
  const { convocation: one, form } = props;
  const locale = useLocale();
  const t = personStrings(locale);
  const names = deskStrings(locale);
  const last = one.postponements.at(-1);
  if (one.state === 'closed') return <p>{t('closed')}</p>;
  return (
    <section aria-labelledby={`rinvio-${one.id}`} class="no-print">
      <h3 id={`rinvio-${one.id}`} class="h5 mt-4">
        {t('postpone')}
      </h3>
      {last?.state === 'asked' && <Alert kind="info">{t('asked')}</Alert>}
      {last?.state === 'approved' && <Alert kind="success">{t('approved')}</Alert>}
      {last?.state === 'declined' && (
        <Alert kind="warning">{t('declined', { answer: last.answer ?? '' })}</Alert>
      )}
      {one.postponable === 'allowed' ? (
        <form method="post" action="/convocazione/rinvio" class="form-block" novalidate>
          <p>{t('postponeHelp')}</p>
          <ErrorSummary form={form} />
          <input type="hidden" name="id" value={one.id} />
          <SelectField
            name="motivo"
            label={t('reason')}
            required
            form={form}
            options={REASONS.map((value) => ({ value, label: names(`reason_${value}`) }))}
          />
          <TextArea
            name="nota"
            label={t('noteLabel')}
            hint={t('noteHint')}
            form={form}
            maxlength={1000}
            rows={3}
          />
          <SubmitButton>{t('send')}</SubmitButton>
        </form>
      ) : (
        last?.state !== 'asked' && one.startsAt !== null && <p>{t('notNow')}</p>
      )}
    </section>
  );
}

/** What the law says, as a summary that says of itself that it is one. */
function Consequences() {
  const t = personStrings(useLocale());
  return (
    <>
      <section aria-labelledby="se-non-vieni">
        <h2 id="se-non-vieni" class="h4 mt-4">
          {t('ifNot')}
        </h2>
        <p>{t('ifNotLaw')}</p>
        <p>{t('ifNotWho')}</p>
        <p class="text-secondary">{t('ifNotUnverified')}</p>
      </section>
      <section aria-labelledby="giustificare">
        <h2 id="giustificare" class="h4">
          {t('excuse')}
        </h2>
        <p>{t('excuseHelp')}</p>
      </section>
    </>
  );
}
