import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { internationalNumber } from '../reference/phone.ts';
import type { CalendarEntry } from './calendar-file.ts';
import type { Channel } from './channel.ts';
import type { Template, Words } from './rules/fill.ts';

/** The page a message leads to. Whoever reads the message may see the address: no secret in it. */
export interface NoticeLink {
  readonly text: string;
  readonly href: string;
}

/** What a room says about one kind of message; `Facts` are kept with it as JSON until it leaves. */
export interface NoticeDefinition<Facts extends object> {
  /** Texts until an office writes its own, in the languages every kind must have. */
  readonly it: Template;
  readonly en: Template;
  /** What editors see the kind called. */
  readonly title: { readonly it: string; readonly en: string };
  /** What the placeholders of its texts stand for, ready to be read. */
  readonly words: (facts: Facts, locale: Locale, config: Config) => Words;
  /** Placeholders that no edited text may lose: without them the message is of no use. */
  readonly mandatory?: readonly string[];
  /** Invented facts of the kind, for editors to try a text on. */
  readonly sample: Facts;
  readonly link?: (facts: Facts, locale: Locale, config: Config) => NoticeLink | undefined;
  /** The appointment it is about, if any, which then comes with it as a calendar file. */
  readonly calendar?: (
    facts: Facts,
    locale: Locale,
    config: Config,
    written: { readonly subjectId: string; readonly at: Instant },
  ) => CalendarEntry | undefined;
  /** From when on it would only confuse, unless the notice says so itself; never when absent. */
  readonly staleAt?: (facts: Facts) => Instant;
}

/** One message to one reader, not yet promised. */
export interface Notice {
  readonly kind: string;
  readonly facts: object;
  readonly channel: Channel;
  /** E-mail or PEC address, telephone number in the form of E.164, or for App IO the person's id. */
  readonly recipient: string;
  /** The recipient's language, which may not be the caller's. */
  readonly locale: Locale;
  /** What the message is about: its calendar entry has this id, and `withdraw` finds it by this. */
  readonly subjectId: string;
  /** The service it concerns, which may have texts of its own. */
  readonly serviceId: string | undefined;
  /** The office in whose name it goes, whose operators see it; administrators only when undefined. */
  readonly officeId: string | undefined;
  /** Not before; at once when absent. */
  readonly dueAt: Instant | undefined;
  /** Not after. */
  readonly staleAt: Instant | undefined;
}

/** What a room gives to send one; e-mail when it names no channel. */
export interface Addressed<Facts> {
  readonly facts: Facts;
  readonly recipient: string;
  readonly locale: Locale;
  readonly subjectId: string;
  readonly channel?: Channel;
  readonly serviceId?: string | undefined;
  readonly officeId?: string | undefined;
  readonly dueAt?: Instant | undefined;
  readonly staleAt?: Instant | undefined;
}

export interface NoticeKind<Facts extends object = object> extends NoticeDefinition<Facts> {
  readonly name: string;
  /** @returns the message, for `enqueue` */
  to(addressed: Addressed<Facts>): Notice;
}

const registry = new Map<string, NoticeKind>();

/**
 * Registers a kind of message under a name that is unique and never changes: rows waiting to be
 * sent name it.
 */
export function defineNotice<Facts extends object>(
  name: string,
  definition: NoticeDefinition<Facts>,
): NoticeKind<Facts> {
  if (registry.has(name)) throw new Error(`notice ${name} defined twice`);
  const kind: NoticeKind<Facts> = {
    ...definition,
    name,
    to: (addressed) => ({
      kind: name,
      facts: addressed.facts,
      channel: addressed.channel ?? 'email',
      recipient:
        (addressed.channel === 'sms' && internationalNumber(addressed.recipient)) ||
        addressed.recipient,
      locale: addressed.locale,
      subjectId: addressed.subjectId,
      serviceId: addressed.serviceId,
      officeId: addressed.officeId,
      dueAt: addressed.dueAt,
      staleAt: addressed.staleAt ?? definition.staleAt?.(addressed.facts),
    }),
  };
  // Facts come back from the database as the kind wrote them, so whoever asks by name may pass them.
  registry.set(name, kind as unknown as NoticeKind);
  return kind;
}

/** The kind of a stored notice; undefined when no room of this version defines it. */
export function noticeKind(name: string): NoticeKind | undefined {
  return registry.get(name);
}

/** Every kind of this version, by name. */
export function noticeKinds(): readonly NoticeKind[] {
  return [...registry.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The names that texts of a kind may use. */
export function placeholderNames(kind: NoticeKind, config: Config): readonly string[] {
  return Object.keys(kind.words(kind.sample, 'it', config));
}
