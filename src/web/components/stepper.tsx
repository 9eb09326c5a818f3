import type { Locale } from '../../platform/locale.ts';
import { componentStrings } from './component-strings.ts';
import { Icon } from './icon.tsx';
import { useLocale } from './locale-context.tsx';

/** The six steps of the national design model for booking, in their order. */
export function bookingSteps(locale: Locale): readonly string[] {
  const t = componentStrings(locale);
  return [
    t('stepPlace'),
    t('stepTime'),
    t('stepDetails'),
    t('stepPerson'),
    t('stepReview'),
    t('stepConfirmed'),
  ];
}

/** Where a person is in a journey; `current` counts from 1. */
export function Stepper(props: { steps: readonly string[]; current: number }) {
  const t = componentStrings(useLocale());
  const { steps, current } = props;
  return (
    <div class="journey">
      <p class="journey-count">{t('stepOf', { current, total: steps.length })}</p>
      <ol class="journey-steps" aria-label={t('steps')}>
        {steps.map((label, index) => {
          const done = index + 1 < current;
          return (
            <li
              class={done ? 'done' : undefined}
              aria-current={index + 1 === current ? 'step' : undefined}
            >
              {done && <Icon name="it-check" class="icon-sm" />}
              <span class="journey-label">{label}</span>
              {done && <span class="visually-hidden"> ({t('stepDone')})</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
