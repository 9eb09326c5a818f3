import type { Locale } from '../platform/locale.ts';
import type { Attachment } from './letters/letter.ts';

/** A letter ready to leave. */
export interface Mail {
  /** Names this very message: a receiver can tell a repetition by it. */
  readonly id: string;
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
}

/** Whoever carries letters. `send` resolves once the letter is out of our hands. */
export interface Mailer {
  /** @throws {Undeliverable} when trying again cannot help; any other error is worth another try */
  send(mail: Mail): Promise<void>;
}

/** The receiver refused the letter for good: no such mailbox, not a valid address. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** The demonstration's mailer: letters go nowhere, and are read at /posta-demo. */
export const demoMailer: Mailer = { send: async () => {} };
