import { createApi } from '../../platform/http.ts';
import { DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDay, formatNumber, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { modelInUse } from '../models.ts';
import type { ProfilingModel } from '../rules/model.ts';
import { profilingStrings } from '../strings.ts';
import { ModelNotice } from './parts.tsx';

export const modelCardPages = createApi();

// Open to anybody: who is scored may know by what.
modelCardPages.get('/profilazione/modello', (c) => {
  const locale = c.get('locale');
  const t = profilingStrings(locale);
  const model = modelInUse();
  const { card } = model;
  return page(
    c,
    { title: t('cardTitle'), lead: t('cardLead'), wide: true },
    <>
      <ModelNotice model={model} />
      <DefinitionList
        items={[
          [t('model'), t('modelIs', { title: model.title[locale], version: model.version })],
          [t('purpose'), model.purpose[locale]],
          [t('outcome'), model.outcome.definition[locale]],
          [t('population'), model.population[locale]],
          [
            t('fitted'),
            t('fittedIs', {
              n: card.n,
              events: card.events,
              date: formatDay(card.fittedOn, locale),
            }),
          ],
          [t('approval'), card.approval[locale]],
          [t('sources'), card.sources.join('; ')],
          [t('hash'), <code class="text-break">{model.hash}</code>],
        ]}
      />
      <h2>{t('limits')}</h2>
      <ul>
        {card.limits.map((limit) => (
          <li>{limit[locale]}</li>
        ))}
      </ul>
      <h2>{t('excluded')}</h2>
      <ul>
        {card.excluded.map((reason) => (
          <li>{reason[locale]}</li>
        ))}
      </ul>
      <Thresholds model={model} />
      <Weights model={model} />
      <Groups model={model} />
      <Rates model={model} />
    </>,
  );
});

function Thresholds({ model }: { model: ProfilingModel }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const percent = (value: number) => formatPercent(value, locale);
  return (
    <>
      <h2>{t('thresholds')}</h2>
      <DefinitionList
        items={model.scale.bands.map((band) => [
          t('class', { code: band.code, label: band.label[locale] }),
          band.to === 1
            ? t('thresholdLast', { from: percent(band.from) })
            : t('thresholdRow', { from: percent(band.from), to: percent(band.to) }),
        ])}
      />
      <p>{t('thresholdsSource')}</p>
    </>
  );
}

function Weights({ model }: { model: ProfilingModel }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  return (
    <>
      <h2>{t('weights')}</h2>
      <Table caption={t('weights')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('variable')}</th>
            <th scope="col">{t('level')}</th>
            <th scope="col" class="numeric">
              {t('weight')}
            </th>
            <th scope="col" class="numeric">
              {t('error')}
            </th>
          </tr>
        </thead>
        <tbody>
          {model.variables.flatMap((variable) =>
            variable.kind === 'numeric'
              ? []
              : variable.levels.map((level) => (
                  <tr>
                    <th scope="row">{variable.label[locale]}</th>
                    <td>{level.label[locale]}</td>
                    <td class="numeric">
                      {level.standardError === null
                        ? t('isReference')
                        : formatNumber(level.coefficient, locale, 4)}
                    </td>
                    <td class="numeric">
                      {level.standardError !== null && formatNumber(level.standardError, locale, 4)}
                    </td>
                  </tr>
                )),
          )}
        </tbody>
      </Table>
    </>
  );
}

function Groups({ model }: { model: ProfilingModel }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const percent = (value: number) => formatPercent(value, locale, 1);
  const figure = (value: number | null) => (value === null ? '–' : formatNumber(value, locale, 3));
  const columns = ['people', 'observed', 'predicted', 'auc', 'brier', 'slope', 'inClass3'] as const;
  return (
    <>
      <h2>{t('byGroup')}</h2>
      <p>{t('byGroupLead')}</p>
      <Table caption={t('byGroup')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('group')}</th>
            {columns.map((column) => (
              <th scope="col" class="numeric">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.card.heldOut.map((row) => {
            const misses = row.predicted < row.observedLow || row.predicted > row.observedHigh;
            return (
              <tr>
                <th scope="row">{row.label[locale]}</th>
                <td class="numeric">{formatNumber(row.n, locale)}</td>
                <td class="numeric">
                  {percent(row.observed)} ({percent(row.observedLow)}–{percent(row.observedHigh)})
                </td>
                <td class="numeric">
                  {percent(row.predicted)}
                  {misses && <> ({t('misses')})</>}
                </td>
                <td class="numeric">{figure(row.auc)}</td>
                <td class="numeric">{figure(row.brier)}</td>
                <td class="numeric">{figure(row.calibrationSlope)}</td>
                <td class="numeric">{percent(row.selectionRate)}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </>
  );
}

interface Rate {
  readonly percorso: 'P1' | 'P2' | 'P3' | 'P4';
  readonly n: number;
  readonly employedAt365Days: number;
  readonly published: number;
}

function Rates({ model }: { model: ProfilingModel }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const rates = model.card.generation.percorsi as readonly Rate[] | undefined;
  if (!rates) return null;
  return (
    <>
      <h2>{t('ratesTitle')}</h2>
      <p>{t('ratesLead')}</p>
      <Table caption={t('ratesTitle')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('percorso')}</th>
            <th scope="col" class="numeric">
              {t('people')}
            </th>
            <th scope="col" class="numeric">
              {t('inHistories')}
            </th>
            <th scope="col" class="numeric">
              {t('published')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr>
              <th scope="row">{t(rate.percorso)}</th>
              <td class="numeric">{formatNumber(rate.n, locale)}</td>
              <td class="numeric">{formatPercent(rate.employedAt365Days, locale, 1)}</td>
              <td class="numeric">{formatPercent(rate.published, locale, 1)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
