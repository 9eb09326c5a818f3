import type { Child } from 'hono/jsx';
import { componentStrings } from './component-strings.ts';
import { Icon } from './icon.tsx';
import { useLocale } from './locale-context.tsx';

/** A table that scrolls sideways by itself on narrow screens. Children: thead, tbody, tfoot. */
export function Table(props: { caption: string; hideCaption?: boolean; children: Child }) {
  return (
    <section class="table-scroll" aria-label={props.caption} tabindex={0}>
      <table class="table data-table">
        <caption class={props.hideCaption ? 'visually-hidden' : undefined}>{props.caption}</caption>
        {props.children}
      </table>
    </section>
  );
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The order asked for in `?ordina=column` or `?ordina=-column`. */
export function sortOf<Column extends string>(
  asked: string | undefined,
  columns: readonly Column[],
  initial: { column: Column; descending: boolean },
): { column: Column; descending: boolean } {
  const column = columns.find((name) => name === asked?.replace(/^-/, ''));
  return column ? { column, descending: asked?.startsWith('-') ?? false } : initial;
}

/** A column heading that orders the table by itself; asked again, the other way round. */
export function SortableHeader(props: {
  url: string;
  column: string;
  label: string;
  sort: Sort;
  numeric?: boolean;
  title?: string;
}) {
  const t = componentStrings(useLocale());
  const active = props.sort.column === props.column;
  // Figures are first wanted largest first, names from A.
  const descending = active ? !props.sort.descending : props.numeric === true;
  const href = withQuery(props.url, 'ordina', `${descending ? '-' : ''}${props.column}`);
  const order = props.sort.descending ? ('descending' as const) : ('ascending' as const);
  return (
    <th
      scope="col"
      class={props.numeric ? 'numeric' : undefined}
      aria-sort={active ? order : undefined}
    >
      <a class="sort-link" href={href} title={props.title}>
        {props.label}
        {active && (
          <>
            <Icon
              name={props.sort.descending ? 'it-arrow-down-triangle' : 'it-arrow-up-triangle'}
              class="icon-xs"
            />
            <span class="visually-hidden">
              {' '}
              {t(props.sort.descending ? 'sortedDescending' : 'sortedAscending')}
            </span>
          </>
        )}
      </a>
    </th>
  );
}

/** Links to the pages before and after; `page` counts from 1 and travels as `?pagina=`. */
export function Pagination(props: { url: string; page: number; pages: number }) {
  const t = componentStrings(useLocale());
  const { url, page, pages } = props;
  if (pages <= 1) return null;
  return (
    <nav class="pages" aria-label={t('pages')}>
      {page > 1 && (
        <a rel="prev" href={withQuery(url, 'pagina', String(page - 1))}>
          <Icon name="it-chevron-left" class="icon-sm" /> {t('previous')}
        </a>
      )}
      <span>{t('pageOf', { page, pages })}</span>
      {page < pages && (
        <a rel="next" href={withQuery(url, 'pagina', String(page + 1))}>
          {t('next')} <Icon name="it-chevron-right" class="icon-sm" />
        </a>
      )}
    </nav>
  );
}

/** The path and query of `url` with one parameter replaced; a new order starts at the first page. */
function withQuery(url: string, name: string, value: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete('lang');
  if (name !== 'pagina') searchParams.delete('pagina');
  searchParams.set(name, value);
  return `${pathname}?${searchParams}`;
}
