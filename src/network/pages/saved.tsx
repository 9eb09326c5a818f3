import type { AppContext } from '../../platform/http.ts';
import { Alert } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { networkStrings } from '../strings.ts';

/** Says that what was sent is done, on the page that one is led back to with `?fatto`. */
export function Saved({ c }: { c: AppContext }) {
  const t = networkStrings(useLocale());
  if (c.req.query('fatto') === undefined) return null;
  return (
    <Alert kind="success" live>
      {t('saved')}
    </Alert>
  );
}

/** The same address, with the word that it is done. */
export const withSaved = (address: string) =>
  `${address}${address.includes('?') ? '&' : '?'}fatto=`;
