import type { Locale } from '../../platform/locale.ts';
import { layoutStrings } from '../layout-strings.ts';

export function SiteFooter({ locale, demo }: { locale: Locale; demo: boolean }) {
  const t = layoutStrings(locale);
  return (
    <footer class="site-footer">
      <div class="container">
        <p class="site-footer-name">{t('product')}</p>
        <p>{t('problemHelp')}</p>
        <nav aria-label={t('footer')}>
          <ul>
            <li>
              <a href="/accessibilita">{t('accessibility')}</a>
            </li>
            <li>
              <a href="/privacy">{t('privacy')}</a>
            </li>
            <li>
              <a href="/documentazione-api">{t('apiDocs')}</a>
            </li>
            <li>
              <a href="/stato">{t('status')}</a>
            </li>
            {demo && (
              <li>
                <a href="/posta-demo">{t('demoMail')}</a>
              </li>
            )}
            <li>{t('licence')}</li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
