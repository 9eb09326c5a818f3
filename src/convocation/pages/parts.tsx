import type { Locale } from '../../platform/locale.ts';
import type { Followed } from '../actions/read-campaign.ts';
import type { FollowUp } from '../rules/follow-up.ts';
import type { Refusal } from '../rules/sending.ts';
import { deskStrings } from '../strings.ts';
import type { CampaignState } from '../table.ts';

/** Where the desk's pages of this room live. */
export const HOME = '/operatore/convocazioni';

export const STATE_TONES = {
  draft: 'neutral',
  launched: 'info',
  stopped: 'warning',
} as const satisfies Record<CampaignState, string>;

export const FOLLOW_UP_TONES = {
  listed: 'neutral',
  queued: 'neutral',
  refused: 'danger',
  withdrawn: 'neutral',
  pending: 'info',
  expired: 'warning',
  booked: 'success',
  'outcome-due': 'warning',
  seen: 'success',
  absent: 'danger',
  excused: 'warning',
  revoked: 'warning',
} as const satisfies Record<FollowUp, string>;

/** What is to be done next about a person, in words; who is convoked already, says so. */
export function nextWords(one: Followed, locale: Locale): string {
  const t = deskStrings(locale);
  const convoked = one.convocation !== undefined && one.convocation.state !== 'closed';
  return convoked ? t('next_convoked') : t(`next_${one.next}`);
}

/** Why an invitation was not sent, in words. */
export function refusalWords(refusal: string, locale: Locale): string {
  return deskStrings(locale)(`refusal_${refusal as Refusal}`);
}
