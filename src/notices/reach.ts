import type { AlsoBy } from '../identity/also-by.ts';
import type { Addressed, Notice, NoticeKind } from './kind.ts';

/** Where somebody is told: by e-mail, and by one more channel when they asked for it. */
export interface Reach {
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
  readonly alsoBy: AlsoBy | undefined;
  /** App IO finds people by who they are. */
  readonly person: { readonly id: string } | undefined;
}

/**
 * One message by each channel that reaches the person: the e-mail first, then the one they asked for
 * besides; by text message alone where nothing but a telephone is known. None when no address is known.
 */
export function toEach<Facts extends object>(
  kind: NoticeKind<Facts>,
  { contactEmail, contactPhone, alsoBy, person }: Reach,
  about: Omit<Addressed<Facts>, 'recipient' | 'channel'>,
): Notice[] {
  const besides = { sms: contactPhone, app_io: person?.id };
  const channel = alsoBy ?? (contactEmail === undefined ? 'sms' : undefined);
  const recipient = channel && besides[channel];
  return [
    ...(contactEmail === undefined ? [] : [kind.to({ ...about, recipient: contactEmail })]),
    ...(recipient === undefined ? [] : [kind.to({ ...about, recipient, channel })]),
  ];
}
