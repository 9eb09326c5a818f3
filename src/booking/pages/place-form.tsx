import type { Child } from 'hono/jsx';
import {
  ACCESS_FEATURE_NAMES,
  ACCESS_FEATURES,
  type AccessFeature,
} from '../../network/rules/accessibility.ts';
import type { Comune } from '../../reference/store.ts';
import { PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import {
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  SelectField,
  TextField,
} from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDuration } from '../../web/format.ts';
import { placeStrings } from '../place-strings.ts';
import type { Service } from '../service.ts';
import type { Wishes } from './links.ts';

/** Radii that may be chosen, in kilometres. */
export const RADII = [10, 20, 30, 50, 100] as const;

/** Where one lives, how far one goes and, folded away until used, what else one asks. */
export function PlaceForm(props: {
  service: Service;
  form: FormState;
  wishes: Wishes;
  languages: readonly string[];
  /** What some office is known to have for those who need it. */
  features: readonly AccessFeature[];
  /** Names of the comuni where the street decides. */
  divided: readonly string[];
  /** Whether somebody follows the reader already. */
  ownOperator: boolean;
}) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { service, form, divided } = props;
  const { comune, via } = form.values;
  const inDivided = divided.some((name) => name.toLowerCase() === String(comune).toLowerCase());
  return (
    <form method="post" action="/prenota/luogo" class="form-block" novalidate>
      <ErrorSummary form={form} />
      <input type="hidden" name="servizio" value={service.code} />
      <TextField
        name="comune"
        label={t('comune')}
        hint={t('comuneHint')}
        form={form}
        autocomplete="address-level2"
        maxlength={100}
      />
      {divided.length > 0 && (
        <details class="more" open={inDivided || !!via}>
          <summary class="more-head">{t('streetAsk', { comuni: listed(divided, locale) })}</summary>
          <p>{t('streetWhy')}</p>
          <div class="field-row">
            <TextField
              name="via"
              label={t('street')}
              hint={t('streetHint')}
              form={form}
              autocomplete="address-line1"
              maxlength={100}
            />
            <TextField name="civico" label={t('number')} form={form} maxlength={20} width="short" />
          </div>
        </details>
      )}
      <SelectField
        name="raggio"
        label={t('radius')}
        hint={t('radiusHint')}
        form={form}
        empty={false}
        width="narrow"
        options={[
          ...RADII.map((km) => ({ value: String(km), label: t('radiusKm', { km }) })),
          { value: 'tutti', label: t('radiusAll') },
        ]}
      />
      <WishFields {...props} />
      <AccessFields features={props.features} wishes={props.wishes} />
      <div class="actions">
        <SubmitButton icon="it-search">{t('search')}</SubmitButton>
        {service.audience !== 'own_cpi' && (
          <button type="button" class="btn btn-outline-primary" data-locate hidden>
            {t('nearMe')}
          </button>
        )}
      </div>
      <p class="field-error mt-3" role="status">
        <span data-locate-failed hidden>
          {t('locateFailed')}
        </span>
      </p>
    </form>
  );
}

interface WishFieldsProps {
  readonly service: Service;
  readonly wishes: Wishes;
  readonly languages: readonly string[];
  /** Whether somebody follows the reader already. */
  readonly ownOperator: boolean;
}

/** Whether there is anything to choose besides place and time. */
export function anythingToWish({ service, languages, ownOperator }: WishFieldsProps): boolean {
  return (
    languages.length > 1 ||
    service.otherDurations.length > 0 ||
    (ownOperator && !service.ownOperator)
  );
}

/**
 * Language of the operator, length and one's own operator, whichever there is to choose; folded away
 * until something is chosen, which the fold then says.
 */
export function WishFields({ children, ...props }: WishFieldsProps & { children?: Child }) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { service, wishes, languages } = props;
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const lengths = [...new Set([service.durationMinutes, ...service.otherDurations])].sort(
    (a, b) => a - b,
  );
  const mayAskOwn = props.ownOperator && !service.ownOperator;
  if (!anythingToWish(props)) return null;
  const { lingua, durata, mio } = wishes;
  const chosen = [
    lingua && t('speaks', { language: names.of(lingua) ?? lingua }),
    durata && t('lasts', { duration: formatDuration(Number(durata), locale) }),
    mio && t('withOwn'),
  ].filter(Boolean);
  return (
    <details class="more" open={chosen.length > 0}>
      <summary class="more-head">
        {chosen.length > 0 ? t('moreSome', { list: chosen.join(', ') }) : t('more')}
      </summary>
      {languages.length > 1 && (
        <SelectField
          name="lingua"
          label={t('language')}
          value={lingua ?? ''}
          empty={false}
          width="narrow"
          options={[
            { value: '', label: t('anyLanguage') },
            ...languages.map((code) => ({ value: code, label: names.of(code) ?? code })),
          ]}
        />
      )}
      {lengths.length > 1 && (
        <SelectField
          name="durata"
          label={t('length')}
          value={durata ?? ''}
          empty={false}
          width="narrow"
          options={lengths.map((minutes) => ({
            value: minutes === service.durationMinutes ? '' : String(minutes),
            label: formatDuration(minutes, locale),
          }))}
        />
      )}
      {mayAskOwn && <Checkbox name="mio" label={t('ownOperator')} checked={mio === 'si'} />}
      {children && <div class="actions mb-3">{children}</div>}
    </details>
  );
}

/** What the office must have, where any office is known to have something. */
function AccessFields(props: { features: readonly AccessFeature[]; wishes: Wishes }) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { features, wishes } = props;
  const chosen = wishes.accesso?.split(',') ?? [];
  const name = (feature: AccessFeature) => ACCESS_FEATURES[feature][locale];
  const offered = ACCESS_FEATURE_NAMES.filter(
    (feature) => features.includes(feature) || chosen.includes(feature),
  );
  if (offered.length === 0) return null;
  const list = offered.filter((feature) => chosen.includes(feature)).map(name);
  return (
    <details class="more" open={chosen.length > 0}>
      <summary class="more-head">
        {list.length > 0 ? t('accessSome', { list: list.join(', ') }) : t('access')}
      </summary>
      <CheckboxGroup
        name="accesso"
        label={t('access')}
        hint={t('accessHint')}
        form={{ values: { accesso: chosen }, errors: {} }}
        options={offered.map((feature) => ({ value: feature, label: name(feature) }))}
      />
    </details>
  );
}

/** Several comuni may be meant: what was typed besides goes on with the one chosen. */
export function WhichComune(props: {
  service: Service;
  matches: readonly Comune[];
  form: FormState;
}) {
  const t = placeStrings(useLocale());
  const typed = Object.fromEntries(
    Object.entries(props.form.values).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  return (
    <section aria-labelledby="quale" class="mb-4">
      <h2 id="quale" class="h4">
        {t('comuneWhich')}
      </h2>
      <ul class="list-unstyled">
        {props.matches.map((comune) => (
          <li class="mb-2">
            <PostButton
              action="/prenota/luogo"
              look="outline"
              fields={{ ...typed, servizio: props.service.code, comune: comune.istatCode }}
            >
              {comune.name} ({comune.province})
            </PostButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function listed(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}
