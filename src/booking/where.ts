import type { Locale } from '../platform/locale.ts';
import { defineStrings } from '../web/strings.ts';
import type { ServiceMode } from './service.ts';

const strings = defineStrings('where', {
  it: {
    phone: 'Per telefono: ti chiama {{office}}',
    phoneTo: 'Per telefono: {{office}} ti chiama al {{number}}',
    video: 'In video, con {{office}}: si entra dalla pagina dell’appuntamento',
    outreach: 'Fuori sede, con {{office}}',
  },
  en: {
    phone: 'By telephone: {{office}} calls you',
    phoneTo: 'By telephone: {{office}} calls you on {{number}}',
    video: 'By video, with {{office}}: enter from the page of the appointment',
    outreach: 'Away from the office, with {{office}}',
  },
});

/** Where an appointment takes place, in words; an address only where one goes to it. */
export function whereWords(
  mode: ServiceMode,
  office: { readonly name: string; readonly address: string | undefined | null },
  locale: Locale,
  /** The telephone that is called, where it may be shown. */
  number?: string,
): string {
  if (mode === 'desk') return [office.name, office.address].filter(Boolean).join(', ');
  const t = strings(locale);
  if (mode === 'phone' && number) return t('phoneTo', { office: office.name, number });
  return t(mode, { office: office.name });
}
