import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { decideErasure, listErasureRequests, type OpenErasure } from '../actions/decide-erasure.ts';
import { ownDataStrings } from '../strings.ts';

export const erasureDeskPages = createApi();

const PATH = '/operatore/cancellazioni';

erasureDeskPages.get(PATH, async (c) => listPage(c, undefined));

async function listPage(
  c: AppContext,
  tried: { readonly id: string; readonly form: FormState } | undefined,
) {
  const call = callOf(c);
  const t = ownDataStrings(call.locale);
  const list = await listErasureRequests(call);
  return page(
    c,
    {
      title: t('inbox'),
      lead: t('inboxLead'),
      active: 'operator',
      status: tried ? 422 : 200,
    },
    list.length === 0 ? (
      <EmptyState title={t('none')}>
        <p>{t('noneHelp')}</p>
      </EmptyState>
    ) : (
      <div class="cards">
        {list.map((one) => (
          <Request one={one} form={tried?.id === one.request.id ? tried.form : EMPTY_FORM} />
        ))}
      </div>
    ),
  );
}

function Request({ one, form }: { one: OpenErasure; form: FormState }) {
  const locale = useLocale();
  const t = ownDataStrings(locale);
  const { request, barring } = one;
  return (
    <Card title={`${request.familyName} ${request.givenName}`}>
      <DefinitionList
        items={[
          [t('on'), formatDateTime(request.askedAt, locale)],
          [
            t('barring'),
            barring.length === 0
              ? t('nothing')
              : barring.map((reason) => t(`barring_${reason}`)).join(', '),
          ],
        ]}
      />
      <form method="post" action={`${PATH}/${request.id}`} class="form-block mt-3" novalidate>
        <ErrorSummary form={form} />
        <TextArea
          name="risposta"
          label={t('answer')}
          hint={t('answerHint')}
          form={form}
          maxlength={1000}
          rows={3}
        />
        <div class="actions">
          {barring.length === 0 && (
            <SubmitButton name="decisione" value="erase" look="danger">
              {t('erase')}
            </SubmitButton>
          )}
          <SubmitButton name="decisione" value="refuse" look="outline">
            {t('refuse')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}

const decisionForm = z.object({
  decisione: z.enum(['erase', 'refuse']),
  risposta: z
    .string()
    .max(1000)
    .regex(/^[^\0]*$/u)
    .optional(),
});

erasureDeskPages.post(`${PATH}/:id`, async (c) => {
  const call = callOf(c);
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  const values = await formValues(c);
  const parsed = decisionForm.safeParse(values);
  const answer = parsed.data?.risposta?.trim() || undefined;
  if (!parsed.success || (parsed.data.decisione === 'refuse' && answer === undefined)) {
    const risposta = ownDataStrings(call.locale)('answerNeeded');
    return listPage(c, { id: id.data, form: { values, errors: { risposta } } });
  }
  await decideErasure(call, { id: id.data, erase: parsed.data.decisione === 'erase', answer });
  return c.redirect(PATH, 303);
});
