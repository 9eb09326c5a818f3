import { asset } from '../assets.ts';
import type { IconName } from '../icons.ts';

/**
 * An icon of the sprite. It says nothing to screen readers: put the words beside it.
 * `class` takes Bootstrap Italia's `icon-sm`, `icon-lg`, `icon-primary`, `icon-white`…
 */
export function Icon({ name, class: extra = '' }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${extra}`} aria-hidden="true" focusable="false">
      <use href={`${asset('icons.svg')}#${name}`} />
    </svg>
  );
}
