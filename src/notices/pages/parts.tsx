import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { Channel } from '../channel.ts';
import { deskStrings } from '../desk-strings.ts';
import type { noticeStanding } from '../rules/delivery.ts';
import { segmentsOf, smsText } from '../rules/sms.ts';
import type { StoredNotice } from '../store/outbox.ts';

const TONES = {
  queued: 'neutral',
  withdrawn: 'neutral',
  sent: 'info',
  accepted: 'info',
  delivered: 'success',
  read: 'success',
  bounced: 'danger',
  failed: 'danger',
} as const;

export function StandingTag({ standing }: { standing: ReturnType<typeof noticeStanding> }) {
  const t = deskStrings(useLocale());
  return <Tag tone={TONES[standing]}>{t(`standing_${standing}`)}</Tag>;
}

export function ChannelTag({ channel }: { channel: Channel }) {
  const t = deskStrings(useLocale());
  return <Tag>{t(`channel_${channel}`)}</Tag>;
}

/** Whom a message goes to, as far as it is still known and may be shown. */
export function Reader({ notice }: { notice: StoredNotice }) {
  const t = deskStrings(useLocale());
  if (notice.recipient === '') return <em>{t('forgotten')}</em>;
  return <>{notice.channel === 'app_io' ? t('appIoReader') : notice.recipient}</>;
}

/** A text message as a telephone shows it, with how many it takes. */
export function PhoneMessage({ short }: { short: string }) {
  const t = deskStrings(useLocale());
  const text = smsText(short);
  const { count, encoding } = segmentsOf(text);
  return (
    <>
      <p class="phone-message">{text}</p>
      <p class="phone-note">
        {t('segments', { count })} · {encoding.toUpperCase()}
      </p>
    </>
  );
}
