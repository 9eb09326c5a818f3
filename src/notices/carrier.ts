import type { Instant } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import type { Channel } from './channel.ts';
import type { Attachment } from './letters/letter.ts';

/** A message ready to leave, in every form that a carrier may want. */
export interface Message {
  /** Names this very message: a receiver can tell a repetition by it. */
  readonly id: string;
  /** Address, telephone number, or the person's id, as the channel asks. */
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly markdown: string;
  /** For telephones. */
  readonly short: string;
  /** When what it speaks of happens, if that is known. */
  readonly happensAt: Instant | undefined;
  readonly attachments: readonly Attachment[];
}

/** What a carrier says when it takes a message over. */
export interface Handover {
  /** How the carrier names the message; later reports may name it so. */
  readonly providerId?: string;
}

/** Whoever carries the messages of a channel. */
export interface Carrier {
  /**
   * Resolves once the message is out of our hands.
   * @throws {Undeliverable} when trying again cannot help; {@link NotNow} when the carrier says how
   *   long to wait; any other error is worth another try
   */
  send(message: Message): Promise<Handover>;
}

/** Who carries each channel; messages of a channel without carrier wait. */
export type Carriers = Readonly<Partial<Record<Channel, Carrier>>>;

/** The receiver refused the message for good: no such mailbox, not a valid address. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** The carrier has no time for us before `delay` milliseconds have passed. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  readonly delay: number;

  constructor(message: string, delay: number) {
    super(message);
    this.delay = delay;
  }
}

/** The demonstration's carrier: messages go nowhere, and are read at /posta-demo. */
export const demoCarrier: Carrier = { send: async () => ({}) };
