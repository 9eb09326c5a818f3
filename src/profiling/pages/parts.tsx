import { Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { bandOf } from '../rules/bands.ts';
import type { ProfilingModel } from '../rules/model.ts';
import type { PercorsoGol } from '../rules/percorso.ts';
import { profilingStrings } from '../strings.ts';

/** Stands wherever a figure of the demonstration model is shown. */
export function ModelNotice({ model }: { model: ProfilingModel }) {
  const t = profilingStrings(useLocale());
  if (model.provenance !== 'demonstration') return null;
  return (
    <Alert kind="warning" title={t('demoTitle')}>
      <p>
        {t('demoText')} <a href="/profilazione/modello">{t('modelCard')}</a>.
      </p>
    </Alert>
  );
}

const TONES = { 1: 'success', 2: 'warning', 3: 'danger' } as const;

/** "Classe 2: rischio medio", with the word "demo" where the model is one. */
export function RiskClassTag({
  model,
  probability,
}: {
  model: ProfilingModel;
  probability: number;
}) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const band = bandOf(model.scale, probability);
  return (
    <Tag tone={TONES[Number(band.code) as 1 | 2 | 3]}>
      {t('class', { code: band.code, label: band.label[locale] })}
      {model.provenance === 'demonstration' && ` (${t('demo')})`}
    </Tag>
  );
}

export function PercorsoName({ percorso }: { percorso: PercorsoGol }) {
  return <>{profilingStrings(useLocale())(percorso)}</>;
}

/** The words of a value as the model has them; the code itself where it has none. */
export function levelWords(
  model: ProfilingModel,
  variableCode: string,
  value: string | number,
  locale: 'it' | 'en',
): string {
  const variable = model.variables.find((one) => one.code === variableCode);
  if (variable?.kind !== 'categorical') return String(value);
  return variable.levels.find((level) => level.code === value)?.label[locale] ?? String(value);
}

export function variableWords(model: ProfilingModel, code: string, locale: 'it' | 'en'): string {
  return model.variables.find((one) => one.code === code)?.label[locale] ?? code;
}
