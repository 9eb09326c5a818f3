import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime, formatDay, formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import {
  decideJustification,
  type JustificationDecision,
} from '../actions/decide-justification.ts';
import {
  type JustificationFile,
  listJustifications,
  readDocument,
  readJustificationFile,
} from '../actions/read-justifications.ts';
import { absenceStrings } from '../desk-strings.ts';
import { judgeDecision } from '../rules/decide.ts';
import type { Justification } from '../store/justifications.ts';
import { justificationStrings } from '../strings.ts';
import { Proofs } from './proofs.tsx';

export const justificationDeskPages = createApi();

const INBOX = '/operatore/giustificazioni';

justificationDeskPages.get(INBOX, async (c) => {
  const call = callOf(c);
  const [open, decided] = [
    await listJustifications(call, 'open'),
    await listJustifications(call, 'decided'),
  ];
  const t = absenceStrings(call.locale);
  return page(
    c,
    { title: t('inbox'), lead: t('inboxLead'), active: 'operator', wide: true },
    <>
      <div class="actions no-print mb-4">
        <LinkButton href="/operatore/esiti" look="outline">
          {t('toRecord')}
        </LinkButton>
        <LinkButton href="/operatore/assenze" look="outline">
          {t('absences')}
        </LinkButton>
      </div>
      {open.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneHelp')}</p>
          <LinkButton href="/operatore/esiti">{t('toRecord')}</LinkButton>
        </EmptyState>
      ) : (
        <Justifications caption={t('open')} list={open} />
      )}
      {decided.length > 0 && <Justifications caption={t('decided')} list={decided} />}
    </>,
  );
});

function Justifications(props: { caption: string; list: readonly Justification[] }) {
  const locale = useLocale();
  const t = justificationStrings(locale);
  const desk = absenceStrings(locale);
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <th scope="col">{desk('person')}</th>
          <th scope="col">{desk('appointment')}</th>
          <th scope="col">{t('ground')}</th>
          <th scope="col">{t('deadline')}</th>
          <th scope="col">{t('sentOn')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">
              <a href={`${INBOX}/${one.id}`}>
                {one.familyName} {one.givenName}
              </a>
            </th>
            <td>
              {formatDateTime(one.startsAt, locale)}
              <div class="text-secondary">{one.serviceName[locale]}</div>
            </td>
            <td>{t(`ground_${one.ground}`)}</td>
            <td>{formatDateTime(one.deadline - MINUTE, locale)}</td>
            <td>
              {formatDateTime(one.sentAt, locale)}{' '}
              {one.late && <Tag tone="warning">{t('late')}</Tag>}
            </td>
            <td>{t(`state_${one.state}`)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

justificationDeskPages.get(`${INBOX}/:id`, async (c) => {
  const file = await readJustificationFile(callOf(c), idOf(c));
  return filePage(c, file, EMPTY_FORM);
});

function idOf(c: AppContext): string {
  const parsed = uuid.safeParse(c.req.param('id'));
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function filePage(
  c: AppContext,
  { justification: one, convocation }: JustificationFile,
  form: FormState,
  status: 200 | 422 = 200,
) {
  const { locale, clock } = callOf(c);
  const t = justificationStrings(locale);
  const desk = absenceStrings(locale);
  const may = (kind: JustificationDecision['kind']) =>
    judgeDecision(
      { state: one.state, decidedAt: one.decidedAt ?? undefined },
      kind,
      one.measured,
      clock.now(),
    ) === 'allowed';
  return page(
    c,
    {
      title: `${one.familyName ?? ''} ${one.givenName ?? ''}`.trim() || desk('appointment'),
      lead: `${one.serviceName[locale]}, ${formatDateTime(one.startsAt, locale)}`,
      active: 'operator',
      status,
      breadcrumbs: [{ label: desk('inbox'), href: INBOX }, { label: t('ground') }],
    },
    <>
      <Card title={t(`ground_${one.ground}`)}>
        <DefinitionList
          items={[
            [t('state'), t(`state_${one.state}`)],
            [t('sentOn'), formatDateTime(one.sentAt, locale)],
            [t('deadline'), formatDateTime(one.deadline - MINUTE, locale)],
            [t('late'), one.late ? <Tag tone="warning">{t('late')}</Tag> : undefined],
            [
              t('until'),
              one.impedimentEndsOn ? formatDay(one.impedimentEndsOn, locale) : undefined,
            ],
            [desk('words'), one.statement ?? desk('forgotten')],
            [desk('documents'), <Documents justification={one} />],
            [desk('reason'), one.decisionReason ?? one.question ?? undefined],
          ]}
        />
      </Card>
      <div class="mt-4">
        <Card title={desk('convocation')}>
          {convocation ? <Proofs convocation={convocation} /> : <p>{desk('noConvocation')}</p>}
        </Card>
      </div>
      {may('accept') && <DecisionForm id={one.id} form={form} />}
      {may('undo') && (
        <div class="mt-4">
          <p>{desk('undoHelp')}</p>
          <PostButton action={`${INBOX}/${one.id}`} fields={{ decisione: 'undo' }} look="outline">
            {desk('undo')}
          </PostButton>
        </div>
      )}
      <p class="mt-4">
        <a href={`/operatore/assenze/${one.appointmentId}`}>{desk('absences')}</a>
      </p>
    </>,
  );
}

function Documents({ justification }: { justification: Justification }) {
  const locale = useLocale();
  const t = absenceStrings(locale);
  if (justification.documents.length === 0) return <>{t('noDocuments')}</>;
  return (
    <ul>
      {justification.documents.map(({ id, name, size }) => (
        <li>
          <a href={`${INBOX}/documenti/${id}`} download>
            {name}
          </a>{' '}
          ({formatNumber(Math.ceil(size / 1024), locale)} KB)
        </li>
      ))}
    </ul>
  );
}

function DecisionForm({ id, form }: { id: string; form: FormState }) {
  const t = absenceStrings(useLocale());
  return (
    <form method="post" action={`${INBOX}/${id}`} class="form-block mt-4" novalidate>
      <h2 class="h4">{t('decide')}</h2>
      <ErrorSummary form={form} />
      <TextArea
        name="motivazione"
        label={t('reason')}
        hint={t('reasonHint')}
        form={form}
        maxlength={1000}
        rows={3}
      />
      <div class="actions">
        <SubmitButton name="decisione" value="accept">
          {t('accept')}
        </SubmitButton>
        <SubmitButton name="decisione" value="ask" look="outline">
          {t('ask')}
        </SubmitButton>
        <SubmitButton name="decisione" value="reject" look="danger">
          {t('reject')}
        </SubmitButton>
      </div>
    </form>
  );
}

const decisionForm = z.object({
  decisione: z.enum(['accept', 'reject', 'ask', 'undo']),
  motivazione: z
    .string()
    .max(1000)
    .regex(/^[^\0]*$/u)
    .optional(),
});

justificationDeskPages.post(`${INBOX}/:id`, async (c) => {
  const call = callOf(c);
  const id = idOf(c);
  const file = await readJustificationFile(call, id);
  const values = await formValues(c);
  const parsed = decisionForm.safeParse(values);
  if (!parsed.success) return filePage(c, file, { values, errors: {} }, 422);
  const { decisione: kind, motivazione: reason } = parsed.data;
  if ((kind === 'reject' || kind === 'ask') && !reason) {
    const motivazione = absenceStrings(call.locale)('reasonNeeded');
    return filePage(c, file, { values, errors: { motivazione } }, 422);
  }
  await decideJustification(call, id, decisionOf(kind, reason));
  return c.redirect(`${INBOX}/${id}`, 303);
});

function decisionOf(kind: JustificationDecision['kind'], reason = ''): JustificationDecision {
  if (kind === 'undo') return { kind };
  if (kind === 'accept') return reason === '' ? { kind } : { kind, reason };
  return { kind, reason };
}

justificationDeskPages.get(`${INBOX}/documenti/:id`, async (c) => {
  const { name, mediaType, content } = await readDocument(callOf(c), idOf(c));
  // Saved, never shown: whatever it holds does not run within our pages.
  return c.body(content, 200, {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${name}"`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'no-store',
  });
});
