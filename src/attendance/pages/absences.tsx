import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PrintButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime, formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { decideMeasure, withdrawMeasure } from '../actions/decide-measure.ts';
import { findDeskOffice } from '../actions/find-desk-office.ts';
import {
  type AbsenceFile,
  listAbsences,
  type ReadBenefit,
  readAbsence,
} from '../actions/read-absence.ts';
import { absenceStrings } from '../desk-strings.ts';
import { LADDER_SOURCE, OWN_REGIME_SOURCE } from '../rules/ladder.ts';
import { Proofs } from './proofs.tsx';

const PATH = '/operatore/assenze';

const decisionForm = z.object({
  decisione: z.enum(['adopt', 'decline', 'withdraw']),
  motivazione: z
    .string()
    .min(1)
    .max(2000)
    .regex(/^[^\0]*$/u),
});

/** @param readBenefit what a person receives, known to a room after this one */
export function absencePages(readBenefit: ReadBenefit) {
  const pages = createApi();

  pages.get(PATH, async (c) => {
    const office = await findDeskOffice(callOf(c), c.req.query('ufficio'));
    const list = await listAbsences(callOf(c), office.id);
    return listPage(c, office.name, list);
  });

  pages.get(`${PATH}/:id`, async (c) => {
    return filePage(c, await readAbsence(callOf(c), idOf(c), readBenefit), EMPTY_FORM);
  });

  pages.post(`${PATH}/:id`, async (c) => {
    const call = callOf(c);
    const id = idOf(c);
    const values = await formValues(c);
    const parsed = decisionForm.safeParse(values);
    if (!parsed.success) {
      const motivazione = absenceStrings(call.locale)('reasonNeeded');
      const file = await readAbsence(call, id, readBenefit);
      return filePage(c, file, { values, errors: { motivazione } }, 422);
    }
    const { decisione, motivazione: reason } = parsed.data;
    if (decisione === 'withdraw') await withdrawMeasure(call, id, reason);
    else {
      const adopt = decisione === 'adopt';
      await decideMeasure(call, { appointmentId: id, adopt, reason }, readBenefit);
    }
    return c.redirect(`${PATH}/${id}`, 303);
  });

  return pages;
}

function idOf(c: AppContext): string {
  const parsed = uuid.safeParse(c.req.param('id'));
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function listPage(
  c: AppContext,
  officeName: string,
  list: Awaited<ReturnType<typeof listAbsences>>,
) {
  const { locale } = callOf(c);
  const t = absenceStrings(locale);
  return page(
    c,
    {
      title: t('absences'),
      lead: `${officeName}. ${t('absencesLead')}`,
      active: 'operator',
      wide: true,
    },
    list.length === 0 ? (
      <EmptyState title={t('noAbsences')}>
        <p>{t('noAbsencesHelp')}</p>
        <LinkButton href="/operatore/esiti">{t('toRecord')}</LinkButton>
      </EmptyState>
    ) : (
      <Table caption={t('absences')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('appointment')}</th>
            <th scope="col">{t('proposalTitle')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr>
              <th scope="row">
                <a href={`${PATH}/${one.id}`}>
                  {one.familyName} {one.givenName}
                </a>
              </th>
              <td>
                {formatDateTime(one.startsAt, locale)}
                <div class="text-secondary">{one.serviceName[locale]}</div>
              </td>
              <td>
                {one.measureState ? (
                  <Tag tone="info">{t(`measure_${one.measureState}`)}</Tag>
                ) : one.justifying ? (
                  <Tag tone="warning">{t('proposal_wait')}</Tag>
                ) : (
                  <a href={`${PATH}/${one.id}`}>
                    {t('open_file')}
                    <span class="visually-hidden">: {one.familyName}</span>
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    ),
  );
}

function filePage(c: AppContext, file: AbsenceFile, form: FormState, status: 200 | 422 = 200) {
  const { locale } = callOf(c);
  const t = absenceStrings(locale);
  const { absence } = file;
  return page(
    c,
    {
      title: t('fileTitle'),
      lead: `${absence.familyName} ${absence.givenName}, ${formatDateTime(absence.startsAt, locale)}`,
      active: 'operator',
      status,
      breadcrumbs: [{ label: t('absences'), href: PATH }, { label: t('fileTitle') }],
    },
    <>
      <Facts file={file} />
      <div class="mt-4">
        <Card title={t('convocation')}>
          {file.convocation ? (
            <Proofs convocation={file.convocation} />
          ) : (
            <p>{t('noConvocation')}</p>
          )}
        </Card>
      </div>
      <div class="mt-4">
        <Proposal file={file} />
      </div>
      <Decide file={file} form={form} />
    </>,
  );
}

function Facts({ file }: { file: AbsenceFile }) {
  const locale = useLocale();
  const t = absenceStrings(locale);
  const { absence, benefit } = file;
  const since = benefit?.since && t('since', { day: formatDay(benefit.since, locale) });
  return (
    <Card title={t('facts')}>
      <DefinitionList
        items={[
          [t('person'), `${absence.familyName} ${absence.givenName}`],
          [
            t('appointment'),
            `${absence.serviceName[locale]}, ${formatDateTime(absence.startsAt, locale)}`,
          ],
          [t('office'), [absence.officeName, absence.officeAddress].filter(Boolean).join(', ')],
          [t('operator'), absence.operatorName],
          [
            t('benefit'),
            benefit ? `${t(`benefit_${benefit.benefit}`)} ${since ?? ''}` : t('benefit_none'),
          ],
        ]}
      />
    </Card>
  );
}

function Proposal({ file }: { file: AbsenceFile }) {
  const locale = useLocale();
  const t = absenceStrings(locale);
  const { proposal, standing, measure, evidence } = file;
  const shown = measure ?? proposal;
  if (!shown && evidence) {
    return (
      <Card title={t('standing_own-regime')}>
        <DefinitionList
          items={[
            [
              t('earlier'),
              evidence.earlier.length === 0
                ? t('noEarlier')
                : evidence.earlier
                    .map(({ startsAt }) => formatDateTime(startsAt, locale))
                    .join('; '),
            ],
            [t('law'), `${OWN_REGIME_SOURCE}. ${t('lawUnverified')}`],
            [
              t('reading'),
              `${evidence.reading.source} (${t(evidence.reading.verified ? 'verified' : 'unverified')})`,
            ],
          ]}
        />
      </Card>
    );
  }
  if (!shown) {
    return (
      <Alert kind="warning" title={t('cannot')}>
        <p>{t(`standing_${standing}`)}</p>
      </Alert>
    );
  }
  const { earlier, reading } = shown.evidence;
  return (
    <Card title={t('proposalTitle')}>
      {!measure && <p>{t('draft')}</p>}
      <DefinitionList
        items={[
          [t('counter'), t('ordinal', { n: shown.ordinal })],
          [
            t('earlier'),
            earlier.length === 0
              ? t('noEarlier')
              : earlier.map(({ startsAt }) => formatDateTime(startsAt, locale)).join('; '),
          ],
          [t('proposalTitle'), <strong>{t(`step_${shown.step}`)}</strong>],
          [t('law'), `${LADDER_SOURCE}. ${t('lawUnverified')}`],
          [t('reading'), `${reading.source} (${t(reading.verified ? 'verified' : 'unverified')})`],
          [t('appealTitle'), t('appeal')],
        ]}
      />
      {measure && (
        <DefinitionList
          items={[
            [t('decide'), <Tag tone="info">{t(`measure_${measure.state}`)}</Tag>],
            [t('decidedOn'), formatDateTime(measure.decidedAt, locale)],
            [t('officialReason'), measure.withdrawalReason ?? measure.reason],
          ]}
        />
      )}
    </Card>
  );
}

function Decide({ file, form }: { file: AbsenceFile; form: FormState }) {
  const t = absenceStrings(useLocale());
  const { measure, proposal } = file;
  const adopted = measure?.state === 'adopted';
  const decidable = !measure && proposal !== undefined;
  return (
    <div class="no-print mt-4">
      {(decidable || adopted) && (
        <form method="post" action={`${PATH}/${file.absence.id}`} class="form-block" novalidate>
          <ErrorSummary form={form} />
          <TextArea
            name="motivazione"
            label={t('officialReason')}
            required
            form={form}
            maxlength={2000}
            rows={4}
          />
          <div class="actions">
            {decidable && (
              <>
                <SubmitButton name="decisione" value="adopt">
                  {t('adopt')}
                </SubmitButton>
                <SubmitButton name="decisione" value="decline" look="outline">
                  {t('decline')}
                </SubmitButton>
              </>
            )}
            {adopted && (
              <SubmitButton name="decisione" value="withdraw" look="danger">
                {t('withdraw')}
              </SubmitButton>
            )}
          </div>
        </form>
      )}
      {!decidable && !measure && (
        <div class="actions">
          <button type="button" class="btn btn-primary" disabled>
            {t('adopt')}
          </button>
        </div>
      )}
      <div class="actions mt-3">
        <PrintButton look="outline">{t('print')}</PrintButton>
      </div>
    </div>
  );
}
