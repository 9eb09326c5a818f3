import type { Child } from 'hono/jsx';
import type { IconName } from '../icons.ts';
import { componentStrings } from './component-strings.ts';
import { Icon } from './icon.tsx';
import { useLocale } from './locale-context.tsx';

type Kind = 'info' | 'success' | 'warning' | 'danger';

const NOTICES: Record<Kind, { class: string; icon: IconName }> = {
  info: { class: 'notice notice-info', icon: 'it-info-circle' },
  success: { class: 'notice notice-success', icon: 'it-check-circle' },
  warning: { class: 'notice notice-warning', icon: 'it-warning-circle' },
  danger: { class: 'notice notice-danger', icon: 'it-error' },
};

/**
 * Something to notice. `live` makes screen readers say it at once: for outcomes of what was just
 * done, not for standing remarks.
 */
export function Alert(props: { kind: Kind; title?: string; live?: boolean; children: Child }) {
  const t = componentStrings(useLocale());
  const { class: look, icon } = NOTICES[props.kind];
  const role = props.live ? (props.kind === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div class={look} role={role}>
      <Icon name={icon} />
      <div class="notice-body">
        {props.title ? (
          <p class="notice-title">{props.title}</p>
        ) : (
          <span class="visually-hidden">{t(props.kind)}: </span>
        )}
        {props.children}
      </div>
    </div>
  );
}

/** Nothing to show: says why and what to do next. */
export function EmptyState(props: { title: string; icon?: IconName; children?: Child }) {
  return (
    <div class="empty-state">
      <Icon name={props.icon ?? 'it-inbox'} class="icon-lg" />
      <p class="empty-state-title">{props.title}</p>
      {props.children}
    </div>
  );
}

/** How far something has come; `value` and `max` in the same unit. */
export function Progress(props: {
  id: string;
  label: string;
  value: number;
  max: number;
  note?: string;
}) {
  return (
    <div class="progress-line">
      <label for={props.id}>{props.label}</label>
      <progress id={props.id} value={props.value} max={props.max}>
        {props.note}
      </progress>
      {props.note && <span class="progress-note">{props.note}</span>}
    </div>
  );
}
