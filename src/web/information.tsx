import type { AppContext } from '../platform/http.ts';
import { Alert } from './components/feedback.tsx';
import { accessibilityStrings, privacyStrings } from './information-strings.ts';
import { page } from './layout.tsx';

export function accessibilityPage(c: AppContext): Response | Promise<Response> {
  const t = accessibilityStrings(c.get('locale'));
  return page(
    c,
    { title: t('title'), lead: t('lead') },
    <div class="form-block">
      <h2>{t('aim')}</h2>
      <p>{t('aimText')}</p>
      <h2>{t('how')}</h2>
      <ul>
        <li>{t('how1')}</li>
        <li>{t('how2')}</li>
        <li>{t('how3')}</li>
      </ul>
      <h2>{t('limits')}</h2>
      <p>{t('limitsText')}</p>
      <h2>{t('report')}</h2>
      <p>{t('reportText')}</p>
    </div>,
  );
}

export function privacyPage(c: AppContext): Response | Promise<Response> {
  const t = privacyStrings(c.get('locale'));
  return page(
    c,
    { title: t('title'), lead: t('lead') },
    <div class="form-block">
      {c.get('demo') && (
        <Alert kind="warning" title={t('demo')}>
          <p>{t('demoText')}</p>
        </Alert>
      )}
      <h2>{t('who')}</h2>
      <p>{t('whoText')}</p>
      <h2>{t('what')}</h2>
      <ul>
        <li>{t('what1')}</li>
        <li>{t('what2')}</li>
        <li>{t('what3')}</li>
        <li>{t('what4')}</li>
      </ul>
      <h2>{t('cookies')}</h2>
      <p>{t('cookiesText')}</p>
      <h2>{t('rights')}</h2>
      <p>{t('rightsText')}</p>
    </div>,
  );
}
