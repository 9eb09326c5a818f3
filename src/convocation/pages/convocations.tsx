import { z } from 'zod';
import { stateName } from '../../booking/pages/parts.tsx';
import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { email, instant, isoDate, uuid } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { formatDateTime, formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { convokeOtherwise } from '../actions/convoke-otherwise.ts';
import { laterStarts } from '../actions/later-starts.ts';
import { type Decision, decidePostponement } from '../actions/postpone-convocation.ts';
import {
  type JudgedConvocation,
  listConvocations,
  readConvocation,
} from '../actions/read-convocation.ts';
import { recordProof } from '../actions/record-proof.ts';
import { deliveryStrings } from '../delivery-strings.ts';
import { PROOFS_OF } from '../rules/channels.ts';
import { CHANNELS, PROOF_KINDS } from '../rules/kinds.ts';
import type { Reason } from '../rules/terms.ts';
import { deskStrings } from '../strings.ts';
import {
  DeliveryTag,
  DeliveryTrouble,
  OtherwiseForm,
  ProofReceipt,
  UndeliveredCount,
} from './convocation-delivery.tsx';
import { HOME } from './parts.tsx';

const ACTS = `${HOME}/atti`;

export const convocationDeskPages = createApi();

convocationDeskPages.get(ACTS, async (c) => {
  const list = await listConvocations(callOf(c));
  const t = deskStrings(c.get('locale'));
  return page(
    c,
    {
      title: t('convocations'),
      lead: t('convocationsLead'),
      active: 'operator',
      wide: true,
      breadcrumbs: [{ label: t('title'), href: HOME }, { label: t('convocations') }],
    },
    list.length === 0 ? (
      <EmptyState title={t('noConvocations')} icon="it-calendar">
        <p>{t('noConvocationsHelp')}</p>
        <LinkButton href={HOME}>{t('title')}</LinkButton>
      </EmptyState>
    ) : (
      <>
        <UndeliveredCount list={list} />
        <p>
          {t('evidenceHelp')}{' '}
          <a href="/amministrazione/canali">{deliveryStrings(c.get('locale'))('readings')}</a>
        </p>
        <Convocations list={list} />
      </>
    ),
  );
});

function Convocations({ list }: { list: readonly JudgedConvocation[] }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <Table caption={t('convocations')}>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('how')}</th>
          <th scope="col">{t('evidence')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <tr>
            <th scope="row">
              <a href={`${ACTS}/${one.id}`}>
                {one.familyName} {one.givenName}
              </a>
              <div class="text-secondary">{one.serviceName[locale]}</div>
            </th>
            <td>{one.startsAt === null ? t('noDate') : formatDateTime(one.startsAt, locale)}</td>
            <td>
              {t(`convState_${one.state}`)}
              {one.postponements.some(({ state }) => state === 'asked') && (
                <div>
                  <Tag tone="warning">{t('post_asked')}</Tag>
                </div>
              )}
            </td>
            <td>
              {t(`format_${one.channel}`)}
              <DeliveryTag one={one} />
            </td>
            <td>
              <Sustains one={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What a convocation could sustain, as a word; who decides is somebody else. */
function Sustains({ one }: { one: JudgedConvocation }) {
  const t = deskStrings(useLocale());
  if (one.evidence === undefined) return null;
  return (
    <Tag tone={one.evidence === 'formal' ? 'success' : 'neutral'}>
      {t(`evidence_${one.evidence}`)}
    </Tag>
  );
}

function idOf(c: AppContext): string {
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return id.data;
}

convocationDeskPages.get(`${ACTS}/:id`, (c) => actPage(c, EMPTY_FORM));

async function actPage(c: AppContext, form: FormState, status: 200 | 422 = 200) {
  const call = callOf(c);
  const one = await readConvocation(call, idOf(c));
  const { locale } = call;
  const t = deskStrings(locale);
  const title = `${one.familyName} ${one.givenName}`;
  const asked = one.postponements.find(({ state }) => state === 'asked');
  return page(
    c,
    {
      title,
      active: 'operator',
      status,
      breadcrumbs: [
        { label: t('title'), href: HOME },
        { label: t('convocations'), href: ACTS },
        { label: title },
      ],
    },
    <>
      <ErrorSummary form={form} />
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
          [t('service'), one.serviceName[locale]],
          [t('office'), one.officeName],
          [t('state'), t(`convState_${one.state}`)],
          [
            t('outcome'),
            one.appointmentState === null ? undefined : stateName(one.appointmentState, locale),
          ],
          [t('how'), t(`format_${one.channel}`)],
          [t('recipient'), recipientWords(one, t('noRecipient'))],
        ]}
      />
      <DeliveryTrouble one={one} />
      <Evidence one={one} />
      <div class="actions no-print mt-4 mb-4">
        {one.startsAt !== null && (
          <LinkButton look="outline" href={`${ACTS}/${one.id}/lettera`} icon="it-print">
            {t('printLetter')}
          </LinkButton>
        )}
      </div>
      <div class="mb-4">
        <Proofs one={one} form={form} />
      </div>
      <OtherwiseForm
        one={one}
        form={form}
        action={`${ACTS}/${one.id}/altra-via`}
        now={call.clock.now()}
      />
      <Postponements
        one={one}
        form={form}
        starts={asked ? await laterStarts(call, one) : []}
        askedId={asked?.id}
      />
    </>,
  );
}

function recipientWords(one: JudgedConvocation, none: string): string | undefined {
  if (one.channel === 'by_hand' || one.channel === 'agreed_in_pact') return undefined;
  const paper = one.channel === 'registered' || one.channel === 'letter';
  // App IO finds people by the codice fiscale, which pages do not show.
  if (one.channel === 'app_io') return undefined;
  return (paper ? one.postalAddress?.replaceAll('\n', ', ') : one.recipient) ?? none;
}

function Evidence({ one }: { one: JudgedConvocation }) {
  const t = deskStrings(useLocale());
  if (one.evidence === undefined) return null;
  return (
    <Alert
      kind={one.evidence === 'formal' ? 'info' : 'warning'}
      title={t(`evidence_${one.evidence}`)}
    >
      <p>{t('evidenceHelp')}</p>
      <p>
        {one.reading.verified ? t('verified') : t('notVerified')}. {t('source')}:{' '}
        {one.reading.source}
      </p>
    </Alert>
  );
}

function Proofs({ one, form }: { one: JudgedConvocation; form: FormState }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const kinds = PROOFS_OF[one.channel];
  if (kinds.length === 0) return null;
  return (
    <Card title={t('proofs')}>
      {one.proofs.length === 0 ? (
        <p>{t('noProofs')}</p>
      ) : (
        <ul>
          {one.proofs.map((proof) => (
            <li>
              {formatDay(proof.happenedOn, locale)}: {t(`proof_${proof.kind}`)}, {proof.reference}
              <ProofReceipt proof={proof} />
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={`${ACTS}/${one.id}/prova`} class="form-block no-print" novalidate>
        <SelectField
          name="kind"
          label={t('proofKind')}
          required
          form={form}
          options={kinds.map((value) => ({ value, label: t(`proof_${value}`) }))}
        />
        <TextField
          name="happened_on"
          type="date"
          label={t('happenedOn')}
          required
          form={form}
          width="narrow"
        />
        <TextField name="reference" label={t('reference')} required form={form} maxlength={120} />
        <SubmitButton look="outline">{t('record')}</SubmitButton>
      </form>
    </Card>
  );
}

function Postponements(props: {
  one: JudgedConvocation;
  form: FormState;
  starts: readonly number[];
  askedId: string | undefined;
}) {
  const { one, form, starts, askedId } = props;
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <Card title={t('postponements')}>
      {one.postponements.length === 0 && <p>{t('noPostponements')}</p>}
      <ul>
        {one.postponements.map((asked) => (
          <li>
            {t('asked', {
              when: formatDateTime(asked.askedAt, locale),
              reason: t(`reason_${asked.reason as Reason}`),
            })}{' '}
            <Tag tone={asked.state === 'asked' ? 'warning' : 'neutral'}>
              {t(`post_${asked.state}`)}
            </Tag>
            {asked.note && <div>{asked.note}</div>}
            {asked.answer && <div>{asked.answer}</div>}
          </li>
        ))}
      </ul>
      {askedId !== undefined && (
        <div class="two-columns no-print">
          <form method="post" action={`${ACTS}/${one.id}/rinvio`} novalidate>
            <input type="hidden" name="richiesta" value={askedId} />
            {starts.length === 0 ? (
              <p>{t('noLaterStart')}</p>
            ) : (
              <>
                <SelectField
                  name="inizio"
                  label={t('newStart')}
                  hint={t('newStartHint')}
                  required
                  form={form}
                  options={starts.map((start) => ({
                    value: toRfc3339(start),
                    label: formatDateTime(start, locale),
                  }))}
                />
                <SubmitButton>{t('approve')}</SubmitButton>
              </>
            )}
          </form>
          <form method="post" action={`${ACTS}/${one.id}/rinvio`} novalidate>
            <input type="hidden" name="richiesta" value={askedId} />
            <TextArea
              name="risposta"
              label={t('answer')}
              required
              form={form}
              maxlength={1000}
              rows={3}
            />
            <SubmitButton look="danger">{t('decline')}</SubmitButton>
          </form>
        </div>
      )}
    </Card>
  );
}

const proofForm = z.object({
  kind: z.enum(PROOF_KINDS),
  happened_on: isoDate,
  reference: z.string().min(1).max(120),
});

convocationDeskPages.post(`${ACTS}/:id/prova`, async (c) => {
  const values = await formValues(c);
  const parsed = proofForm.safeParse(values);
  if (!parsed.success) {
    return actPage(c, { values, errors: zodErrors(parsed.error, c.get('locale')) }, 422);
  }
  const { kind, happened_on, reference } = parsed.data;
  return attempt(c, values, 'happened_on', () =>
    recordProof(callOf(c), { convocationId: idOf(c), kind, happenedOn: happened_on, reference }),
  );
});

const otherwiseForm = z.object({
  channel: z.enum(CHANNELS),
  pec: z.preprocess(unlessEmpty, email.optional()),
  postal_address: z.preprocess(unlessEmpty, z.string().max(300).optional()),
});

function unlessEmpty(value: unknown) {
  return value === '' ? undefined : value;
}

convocationDeskPages.post(`${ACTS}/:id/altra-via`, async (c) => {
  const values = await formValues(c);
  const parsed = otherwiseForm.safeParse(values);
  if (!parsed.success) {
    return actPage(c, { values, errors: zodErrors(parsed.error, c.get('locale')) }, 422);
  }
  const { channel, pec, postal_address } = parsed.data;
  return attempt(c, values, 'channel', () =>
    convokeOtherwise(callOf(c), {
      convocationId: idOf(c),
      channel,
      pec,
      postalAddress: postal_address,
    }),
  );
});

const decisionForm = z.union([
  z.object({ richiesta: uuid, inizio: instant }),
  z.object({ richiesta: uuid, risposta: z.string().min(1).max(1000) }),
]);

convocationDeskPages.post(`${ACTS}/:id/rinvio`, async (c) => {
  const values = await formValues(c);
  const field = 'risposta' in values ? 'risposta' : 'inizio';
  const parsed = decisionForm.safeParse(values);
  if (!parsed.success) {
    const t = deskStrings(c.get('locale'));
    const missing = field === 'risposta' ? t('answer') : t('newStart');
    return actPage(c, { values, errors: { [field]: missing } }, 422);
  }
  const { data } = parsed;
  const decision: Decision =
    'inizio' in data
      ? { kind: 'approve', start: Date.parse(data.inizio) }
      : { kind: 'decline', answer: data.risposta };
  return attempt(c, values, field, () => decidePostponement(callOf(c), data.richiesta, decision));
});

/** Does it and shows the convocation; what a rule refuses is said beside the field. */
async function attempt(
  c: AppContext,
  values: FormState['values'],
  field: string,
  act: () => Promise<unknown>,
) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422)) throw error;
    const why = error.kind.explanation[c.get('locale')];
    return actPage(c, { values, errors: { [field]: why } }, 422);
  }
  return c.redirect(`${ACTS}/${idOf(c)}`, 303);
}
