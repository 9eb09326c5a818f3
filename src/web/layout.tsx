import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { AppContext } from '../platform/http.ts';
import type { ProblemStatus } from '../platform/problem.ts';
import { asset } from './assets.ts';
import { SiteFooter } from './components/footer.tsx';
import { SiteHeader } from './components/header.tsx';
import { LocaleContext } from './components/locale-context.tsx';
import { DeskNavigation } from './desk.tsx';
import { layoutStrings } from './layout-strings.ts';
import type { NavigationKey } from './navigation.ts';

export interface PageOptions {
  /** Printed as the `<h1>` and, before the product's name, as the title of the window. */
  readonly title: string;
  /** A sentence under the heading. */
  readonly lead?: Child;
  /** Printed instead of `title` as the heading; `false` when the body has its own `<h1>`. */
  readonly heading?: Child | false;
  readonly description?: string;
  /** The part of the site that is highlighted in the navigation. */
  readonly active?: NavigationKey;
  /** Full width, for tables and maps; text pages keep a readable measure. */
  readonly wide?: boolean;
  readonly status?: 200 | 201 | 202 | ProblemStatus;
  /** The way here, home excluded; the page itself comes last, without `href`. */
  readonly breadcrumbs?: readonly { readonly label: string; readonly href?: string }[];
  /**
   * Where the page's form, whose id is {@link TYPED_FORM}, is sent to be shown again as it was typed:
   * the language then changes without losing anything. The handler asks {@link isShownAgain}.
   */
  readonly showsAgain?: string;
  /** More elements for `<head>`. */
  readonly head?: Child;
}

const FONTS = ['titillium-400.woff2', 'titillium-600.woff2', 'titillium-700.woff2'];

/** A whole HTML page in the reader's language, as the answer of a handler. */
export function page(
  c: AppContext,
  options: PageOptions,
  body: Child,
): Response | Promise<Response> {
  const locale = c.get('locale');
  const t = layoutStrings(locale);
  const { title, heading = title, lead, description = t('tagline'), wide } = options;
  c.header('Cache-Control', 'no-store');
  const atDesk = options.active === 'operator' || options.active === 'persons';
  return c.html(
    <LocaleContext.Provider value={locale}>
      {raw('<!doctype html>')}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>
            {[
              options.status === 422 && t('toCorrect'),
              title,
              title !== t('product') && t('product'),
            ]
              .filter(Boolean)
              .join(' – ')}
          </title>
          <meta name="description" content={description} />
          <meta name="theme-color" content="#0066cc" />
          {FONTS.map((font) => (
            <link rel="preload" href={asset(font)} as="font" type="font/woff2" crossorigin="" />
          ))}
          <link rel="stylesheet" href={asset('sportello.css')} />
          <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
          <script src={asset('sportello.js')} defer />
          {options.head}
        </head>
        <body class={wide ? 'page-wide' : undefined}>
          <div class="skiplinks">
            <a class="visually-hidden-focusable" href="#contenuto">
              {t('toContent')}
            </a>
            <a class="visually-hidden-focusable" href="#navigazione">
              {t('toNavigation')}
            </a>
          </div>
          <SiteHeader
            locale={locale}
            url={c.req.url}
            showsAgain={options.showsAgain}
            viewer={c.get('viewer')}
            demo={c.get('demo')}
            active={options.active}
          />
          <main id="contenuto" tabindex={-1} class="container">
            {atDesk && <DeskNavigation path={c.req.path} role={c.get('viewer')?.role} />}
            {options.breadcrumbs && <Breadcrumbs t={t} crumbs={options.breadcrumbs} />}
            {heading !== false && <h1 class="site-title">{heading}</h1>}
            {lead && <p class="lead">{lead}</p>}
            {body}
          </main>
          <SiteFooter locale={locale} demo={c.get('demo')} />
        </body>
      </html>
    </LocaleContext.Provider>,
    options.status ?? 200,
  );
}

function Breadcrumbs(props: {
  t: ReturnType<typeof layoutStrings>;
  crumbs: NonNullable<PageOptions['breadcrumbs']>;
}) {
  return (
    <nav class="breadcrumb-container" aria-label={props.t('breadcrumbs')}>
      <ol class="breadcrumb">
        {props.crumbs.map(({ label, href }) => (
          <li
            class={href ? 'breadcrumb-item' : 'breadcrumb-item active'}
            aria-current={href ? undefined : 'page'}
          >
            {href ? <a href={href}>{label}</a> : label}
          </li>
        ))}
      </ol>
    </nav>
  );
}
