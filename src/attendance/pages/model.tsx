import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LineChart } from '../../web/chart.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDate, formatDateTime, formatNumber, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { foreseeAppointment, listModels } from '../actions/foresee.ts';
import { presenceStrings } from '../presence-strings.ts';
import type { ModelCard } from '../rules/model-card.ts';
import { isTermCode, serviceOfTerm } from '../rules/visit.ts';
import type { KeptModel } from '../store/models.ts';

export const modelPages = createApi();

const PRESENCES = '/operatore/presenze';

modelPages.get(`${PRESENCES}/modello`, async (c) => {
  const call = callOf(c);
  const t = presenceStrings(call.locale);
  const [newest, ...earlier] = await listModels(call);
  return page(
    c,
    {
      title: t('model'),
      lead: t('modelLead'),
      active: 'operator',
      wide: true,
      breadcrumbs: [{ label: t('title'), href: PRESENCES }, { label: t('model') }],
    },
    <>
      <p>{t('modelPlain')}</p>
      <p>{t('modelData')}</p>
      {newest ? (
        <ModelOf model={newest} earlier={earlier} />
      ) : (
        <EmptyState title={t('noModel')} icon="it-chart-line">
          <p>{t('noModelHelp')}</p>
        </EmptyState>
      )}
    </>,
  );
});

function ModelOf({ model, earlier }: { model: KeptModel; earlier: readonly KeptModel[] }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const { card, fittedAt } = model;
  const { check } = card;
  return (
    <>
      <Card title={t('checkTitle')}>
        <p>{t('checkHelp')}</p>
        <DefinitionList
          items={[
            [t('fitted'), formatDateTime(fittedAt, locale)],
            [
              t('observations'),
              `${formatNumber(card.n, locale)}. ${t('window', {
                from: formatDate(card.window.start, locale),
                to: formatDate(card.window.end, locale),
              })}`,
            ],
            [t('absences'), formatNumber(card.notCome, locale)],
            [t('auc'), check.auc === null ? '–' : formatNumber(check.auc, locale, 3)],
            [t('brier'), formatNumber(check.brier, locale, 4)],
            [t('brierOfShare'), formatNumber(check.brierOfShare, locale, 4)],
          ]}
        />
      </Card>
      <Calibration card={card} />
      <Coefficients card={card} />
      {earlier.length > 0 && <Earlier models={earlier} />}
    </>
  );
}

function Calibration({ card }: { card: ModelCard }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const { deciles } = card.check;
  const percents = (values: readonly number[]) => values.map((value) => value * 100);
  return (
    <section class="mt-4">
      <h2 id="decimi" class="h4">
        {t('calibration')}
      </h2>
      <LineChart
        id="decimi-figura"
        title={t('calibration')}
        description={t('calibrationDescription')}
        unit={t('percentNotCome')}
        series={[
          { name: t('predicted'), values: percents(deciles.map(({ predicted }) => predicted)) },
          { name: t('observed'), values: percents(deciles.map(({ observed }) => observed)) },
        ]}
        ticks={deciles.map((_, i) => ({ at: i, label: `${i + 1}` }))}
      />
      <Table caption={t('calibration')}>
        <thead>
          <tr>
            <th scope="col">{t('tenth')}</th>
            <th scope="col" class="numeric">
              {t('people')}
            </th>
            <th scope="col" class="numeric">
              {t('predicted')}
            </th>
            <th scope="col" class="numeric">
              {t('observed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {deciles.map(({ n, predicted, observed }, i) => (
            <tr>
              <th scope="row">{i + 1}</th>
              <td class="numeric">{formatNumber(n, locale)}</td>
              <td class="numeric">{formatPercent(predicted, locale, 1)}</td>
              <td class="numeric">{formatPercent(observed, locale, 1)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Coefficients({ card }: { card: ModelCard }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  const rows = [{ code: '', ...card.intercept }, ...card.terms];
  return (
    <section class="mt-4">
      <h2 id="coefficienti" class="h4">
        {t('coefficients')}
      </h2>
      <Table caption={t('coefficients')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('term')}</th>
            <th scope="col" class="numeric">
              {t('coefficient')}
            </th>
            <th scope="col" class="numeric">
              {t('error')}
            </th>
            <th scope="col" class="numeric">
              {t('odds')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, coefficient, standardError }) => (
            <tr>
              <th scope="row">{code === '' ? t('intercept') : <TermName code={code} />}</th>
              <td class="numeric">{formatNumber(coefficient, locale, 3)}</td>
              <td class="numeric">{formatNumber(standardError, locale, 3)}</td>
              <td class="numeric">{formatNumber(Math.exp(coefficient), locale, 2)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {card.leftOut.length > 0 && (
        <p>
          {t('leftOut')}{' '}
          {card.leftOut.map((code, i) => (
            <>
              {i > 0 && '; '}
              <TermName code={code} />
            </>
          ))}
          .
        </p>
      )}
    </section>
  );
}

function TermName({ code }: { code: string }) {
  const t = presenceStrings(useLocale());
  if (isTermCode(code)) return <>{t(`term_${code}`)}</>;
  return <>{t('term_service', { code: serviceOfTerm(code) ?? code })}</>;
}

function Earlier({ models }: { models: readonly KeptModel[] }) {
  const locale = useLocale();
  const t = presenceStrings(locale);
  return (
    <section aria-labelledby="precedenti" class="mt-4">
      <h2 id="precedenti" class="h4">
        {t('earlierFits')}
      </h2>
      <Table caption={t('earlierFits')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('fitted')}</th>
            <th scope="col" class="numeric">
              {t('observations')}
            </th>
            <th scope="col" class="numeric">
              AUC
            </th>
            <th scope="col" class="numeric">
              Brier
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ fittedAt, card }) => (
            <tr>
              <th scope="row">{formatDateTime(fittedAt, locale)}</th>
              <td class="numeric">{formatNumber(card.n, locale)}</td>
              <td class="numeric">
                {card.check.auc === null ? '–' : formatNumber(card.check.auc, locale, 3)}
              </td>
              <td class="numeric">{formatNumber(card.check.brier, locale, 4)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

modelPages.get(`${PRESENCES}/previsione/:id`, async (c) => {
  const call = callOf(c);
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  const { appointment, chanceOfAbsence, reasons } = await foreseeAppointment(call, id.data);
  const { locale } = call;
  const t = presenceStrings(locale);
  return page(
    c,
    {
      title: t('whyTitle'),
      lead: `${formatDateTime(appointment.startsAt, locale)}. ${t('whyLead', {
        chance: formatPercent(chanceOfAbsence, locale, 1),
      })}`,
      active: 'operator',
      breadcrumbs: [{ label: t('model'), href: `${PRESENCES}/modello` }, { label: t('whyTitle') }],
    },
    reasons.length === 0 ? (
      <p>{t('whyBase')}</p>
    ) : (
      <Table caption={t('whyTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('term')}</th>
            <th scope="col" class="numeric">
              {t('value')}
            </th>
            <th scope="col" class="numeric">
              {t('factor')}
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ code, value, oddsFactor }) => (
            <tr>
              <th scope="row">
                <TermName code={code} />
              </th>
              <td class="numeric">{formatNumber(value, locale, 2)}</td>
              <td class="numeric">{formatNumber(oddsFactor, locale, 2)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    ),
  );
});
