import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatNumber, formatPercent } from '../../web/format.ts';
import type { Explanation } from '../actions/explain-profile.ts';
import type { Contribution, ProfilingModel } from '../rules/model.ts';
import { byWeight } from '../rules/score.ts';
import { profilingStrings } from '../strings.ts';
import { levelWords, ModelNotice, RiskClassTag, variableWords } from './parts.tsx';

const RAISES = '#a32219';
const LOWERS = '#00693f';
const INK = '#17324d';

/** The whole explanation of a profile: in words, as a picture, in figures, and what would change it. */
export function ExplanationView({ explanation, own }: { explanation: Explanation; own?: boolean }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { profile, model, referenceProbability } = explanation;
  const out = { n: of100(profile.score), ref: of100(referenceProbability) };
  return (
    <>
      <ModelNotice model={model} />
      <h2>{t('whatItSays')}</h2>
      <p>
        <RiskClassTag model={model} probability={profile.score} />
      </p>
      <p class="lead">{own ? t('headlineOwn', out) : t('headline', out)}</p>
      <Reasons model={model} contributions={profile.contributions} />
      <Changes explanation={explanation} />
      <h2>{t('limits')}</h2>
      <ul>
        {model.card.limits.map((limit) => (
          <li>{limit[locale]}</li>
        ))}
      </ul>
    </>
  );
}

const of100 = (probability: number) => Math.round(probability * 100);

function Reasons(props: { model: ProfilingModel; contributions: readonly Contribution[] }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { model } = props;
  const ranked = byWeight(props.contributions);
  const moving = ranked.filter((part) => part.logOdds !== 0);
  const still = ranked.filter((part) => part.logOdds === 0);
  const reference = model.variables
    .map(
      (v) => `${v.label[locale]}: ${levelWords(model, v.code, model.reference[v.code]!, locale)}`,
    )
    .join('; ');
  return (
    <>
      <h2>{t('why')}</h2>
      <p>{t('whyLead', { reference })}</p>
      {moving.length === 0 ? (
        <p>{t('nothingDiffers')}</p>
      ) : (
        <ContributionBars model={model} contributions={moving} />
      )}
      {moving.length > 0 && still.length > 0 && (
        <p>
          {t('sameAsReference', {
            list: still.map((part) => variableWords(model, part.variable, locale)).join(', '),
          })}
        </p>
      )}
      <details>
        <summary>{t('numbers')}</summary>
        <ContributionTable model={model} contributions={ranked} />
        <p>{t('totalNote')}</p>
      </details>
    </>
  );
}

/**
 * A row for each datum: words, a bar to the right where it raises the risk and to the left where it
 * lowers it, and a sentence. Words are text of the page, so that they read well on a phone too.
 */
function ContributionBars(props: {
  model: ProfilingModel;
  contributions: readonly Contribution[];
}) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { model, contributions } = props;
  const reach = max(contributions, (part) => Math.abs(part.logOdds)) ?? 1;
  const x = scaleLinear([-reach, reach], [2, 598]);
  return (
    <ul class="list-unstyled">
      {contributions.map((part) => {
        const raises = part.logOdds > 0;
        return (
          <li class="mb-4">
            <div class="d-flex justify-content-between">
              <strong>{variableWords(model, part.variable, locale)}</strong>
              <span>
                {raises ? '▲' : '▼'} {raises ? t('raises') : t('lowers')}
              </span>
            </div>
            <svg
              viewBox="0 0 600 16"
              width="100%"
              height="16"
              preserveAspectRatio="none"
              aria-hidden="true"
              focusable="false"
            >
              <rect x="0" y="7" width="600" height="2" fill="#d9dadb" />
              <rect
                x={Math.min(x(0), x(part.logOdds)).toFixed(1)}
                y="1"
                width={Math.abs(x(part.logOdds) - x(0)).toFixed(1)}
                height="14"
                fill={raises ? RAISES : LOWERS}
              />
              <rect x={(x(0) - 1).toFixed(1)} y="0" width="2" height="16" fill={INK} />
            </svg>
            <div>
              {t('effect', {
                value: capital(levelWords(model, part.variable, part.value, locale)),
                reference: levelWords(model, part.variable, part.reference, locale),
                factor: formatNumber(part.oddsFactor, locale, 2),
                points: signed(part.deltaP * 100, 0, locale),
              })}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function ContributionTable(props: {
  model: ProfilingModel;
  contributions: readonly Contribution[];
}) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { model, contributions } = props;
  const total = contributions.reduce((sum, part) => sum + part.logOdds, 0);
  return (
    <Table caption={t('numbers')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('variable')}</th>
          <th scope="col">{t('ownValue')}</th>
          <th scope="col">{t('referenceValue')}</th>
          <th scope="col" class="numeric">
            {t('contribution')}
          </th>
          <th scope="col" class="numeric">
            {t('factor')}
          </th>
          <th scope="col" class="numeric">
            {t('alone')}
          </th>
        </tr>
      </thead>
      <tbody>
        {contributions.map((part) => (
          <tr>
            <th scope="row">{variableWords(model, part.variable, locale)}</th>
            <td>{levelWords(model, part.variable, part.value, locale)}</td>
            <td>{levelWords(model, part.variable, part.reference, locale)}</td>
            <td class="numeric">{signed(part.logOdds, 4, locale)}</td>
            <td class="numeric">{formatNumber(part.oddsFactor, locale, 2)}</td>
            <td class="numeric">{signed(part.deltaP * 100, 1, locale)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          <td />
          <td />
          <td class="numeric">{signed(total, 4, locale)}</td>
          <td class="numeric">{formatNumber(Math.exp(total), locale, 2)}</td>
          <td />
        </tr>
      </tfoot>
    </Table>
  );
}

/** How many ways to a better class are worth listing. */
const SHOWN = 4;

function Changes({ explanation }: { explanation: Explanation }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { counterfactual, model } = explanation;
  return (
    <>
      <h2>{t('change')}</h2>
      {counterfactual.kind === 'best_band' && <p>{t('changeBest')}</p>}
      {counterfactual.kind === 'none' && <p>{t('changeNone')}</p>}
      {counterfactual.kind === 'found' && (
        <>
          <p>
            {counterfactual.changes[0]!.flips.length === 1
              ? t('changeFound')
              : t('changeFoundMany', { count: counterfactual.changes[0]!.flips.length })}
          </p>
          <ul>
            {counterfactual.changes.slice(0, SHOWN).map((change) => (
              <li>
                {t('changeItem', {
                  list: change.flips
                    .map((flip) =>
                      t('flip', {
                        variable: variableWords(model, flip.variable, locale),
                        from: levelWords(model, flip.variable, flip.from, locale),
                        to: levelWords(model, flip.variable, flip.to, locale),
                      }),
                    )
                    .join(t('and')),
                  class: change.band.code,
                  risk: formatPercent(change.probability, locale),
                })}
              </li>
            ))}
          </ul>
          <p>{t('changeCaveat')}</p>
        </>
      )}
    </>
  );
}

function signed(value: number, digits: number, locale: 'it' | 'en'): string {
  const text = formatNumber(Math.abs(value), locale, digits);
  if (Number(Math.abs(value).toFixed(digits)) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
