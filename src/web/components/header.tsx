import type { Locale } from '../../platform/locale.ts';
import { LOCALES } from '../../platform/locale.ts';
import { TYPED_FORM } from '../form.ts';
import { layoutStrings } from '../layout-strings.ts';
import type { NavigationKey } from '../navigation.ts';
import { navigationFor, navigationStrings } from '../navigation.ts';
import { Icon } from './icon.tsx';

interface Viewer {
  readonly name: string;
  readonly role: string;
}

export interface HeaderProps {
  locale: Locale;
  /** The page's own address, which the language switch keeps. */
  url: string;
  /** Where the page's form goes to be shown again in another language, with what was typed. */
  showsAgain?: string | undefined;
  viewer: Viewer | undefined;
  demo: boolean;
  active: NavigationKey | undefined;
}

export function SiteHeader({ locale, url, showsAgain, viewer, demo, active }: HeaderProps) {
  const t = layoutStrings(locale);
  const nav = navigationStrings(locale);
  return (
    <header class="site-header">
      <div class="site-slim">
        <div class="container site-slim-row">
          <span class="site-owner">{t('owner')}</span>
          <div class="site-slim-right">
            <LanguageSwitch locale={locale} url={url} showsAgain={showsAgain} />
            {viewer && <SignedIn locale={locale} viewer={viewer} />}
          </div>
        </div>
      </div>
      <div class="site-brand">
        <div class="container site-brand-row">
          <a class="site-name" href="/">
            <span class="site-product">{t('product')}</span>
            <span class="site-tagline">{t('tagline')}</span>
          </a>
        </div>
      </div>
      <nav id="navigazione" class="site-nav" aria-label={t('navigation')}>
        <ul class="container">
          {navigationFor(viewer?.role).map(({ key, href }) => (
            <li>
              <a href={href} aria-current={key === active ? 'page' : undefined}>
                {nav(key)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {demo && (
        <div class="site-demo">
          <p class="container">
            <Icon name="it-info-circle" class="icon-sm" /> {t('demo')}
          </p>
        </div>
      )}
    </header>
  );
}

function LanguageSwitch(props: Pick<HeaderProps, 'locale' | 'url' | 'showsAgain'>) {
  const { locale, url, showsAgain } = props;
  const t = layoutStrings(locale);
  const names = { it: t('italian'), en: t('english') };
  return (
    <ul class="site-languages" aria-label={t('language')}>
      {/* Enter in a field presses the first button of its form: this one, not a language. */}
      {showsAgain !== undefined && (
        <li hidden>
          <button type="submit" form={TYPED_FORM} />
        </li>
      )}
      {LOCALES.map((other) => (
        <li>
          {showsAgain === undefined ? (
            <a
              href={inLanguage(url, other)}
              lang={other}
              hreflang={other}
              aria-current={other === locale ? 'true' : undefined}
            >
              {names[other]}
            </a>
          ) : (
            <button
              type="submit"
              form={TYPED_FORM}
              formaction={`${showsAgain}?lang=${other}`}
              formnovalidate
              class="site-language"
              lang={other}
              aria-current={other === locale ? 'true' : undefined}
            >
              {names[other]}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The same page in another language, with its path and query kept. */
function inLanguage(url: string, locale: Locale): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set('lang', locale);
  return `${pathname}?${searchParams}`;
}

function SignedIn({ locale, viewer }: { locale: Locale; viewer: Viewer }) {
  const t = layoutStrings(locale);
  const roles: Record<string, string> = {
    jobseeker: t('roleJobseeker'),
    operator: t('roleOperator'),
    planner: t('rolePlanner'),
    administrator: t('roleAdministrator'),
  };
  return (
    <form class="site-viewer" method="post" action="/esci">
      <span>
        {viewer.name} <small>({roles[viewer.role] ?? viewer.role})</small>
      </span>
      <button type="submit" class="site-sign-out">
        {t('signOut')}
      </button>
    </form>
  );
}
