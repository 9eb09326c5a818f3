import type { Child } from 'hono/jsx';
import { componentStrings } from './component-strings.ts';
import { useLocale } from './locale-context.tsx';

/** A box with a heading; `level` is the heading's place in the page's outline (2 unless told). */
export function Card(props: {
  title?: Child;
  level?: 2 | 3 | 4;
  href?: string;
  children?: Child;
  footer?: Child;
}) {
  const Heading = `h${props.level ?? 2}` as 'h2';
  return (
    <section class="panel">
      {props.title && (
        <Heading class="panel-title">
          {props.href ? <a href={props.href}>{props.title}</a> : props.title}
        </Heading>
      )}
      {props.children && <div class="panel-body">{props.children}</div>}
      {props.footer && <div class="panel-footer">{props.footer}</div>}
    </section>
  );
}

/** Pairs of a name and what it is. Undefined details are left out. */
export function DefinitionList(props: {
  items: readonly (readonly [term: Child, detail: Child | undefined])[];
}) {
  return (
    <dl class="facts">
      {props.items
        .filter(([, detail]) => detail !== undefined && detail !== null)
        .map(([term, detail]) => (
          <div>
            <dt>{term}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
    </dl>
  );
}

const TONES = {
  neutral: 'tag',
  info: 'tag tag-info',
  success: 'tag tag-success',
  warning: 'tag tag-warning',
  danger: 'tag tag-danger',
};

/** A word about the state of something. The tone only repeats what the word says. */
export function Tag(props: { tone?: keyof typeof TONES; children: Child }) {
  return <span class={TONES[props.tone ?? 'neutral']}>{props.children}</span>;
}

/**
 * Where a figure comes from: published somewhere, computed by a rule, or assumed by us.
 * `detail` names the source or the rule; it is read out and shown on hover.
 */
export function Provenance(props: {
  kind: 'sourced' | 'computed' | 'assumed';
  detail?: string;
  href?: string;
}) {
  const t = componentStrings(useLocale());
  const title = props.detail ?? t(`${props.kind}Title`);
  const label = (
    <>
      {t(props.kind)}
      <span class="visually-hidden">: {title}</span>
    </>
  );
  return props.href ? (
    <a class={`provenance provenance-${props.kind}`} href={props.href} title={title}>
      {label}
    </a>
  ) : (
    <span class={`provenance provenance-${props.kind}`} title={title}>
      {label}
    </span>
  );
}
