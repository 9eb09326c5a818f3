import { createTransport } from 'nodemailer';
import { type Carrier, type Message, Undeliverable } from '../carrier.ts';
import { mailbox } from '../mailbox.ts';

/**
 * E-mail over SMTP, and certified mail the same way: a certified mailbox is a mail server whose
 * receipts name the Message-ID. The longest a letter can take stays well under the lease of the
 * outbox.
 * @param url `smtp://user:password@host:587` or `smtps://…:465`
 * @param from `Name <name@example.org>`
 */
export function smtpCarrier(
  url: string,
  from: string,
  mail: 'ordinary' | 'certified' = 'ordinary',
): Carrier & { close(): void } {
  const sender = mailbox(from);
  const domain = sender.email.split('@')[1] ?? 'sportello.invalid';
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      const letter = { ...envelope(message, sender, domain), ...ASKING[mail](message) };
      try {
        await transport.sendMail(letter);
      } catch (error) {
        throw refusedForGood(error) ? new Undeliverable((error as Error).message) : error;
      }
      return { providerId: letter.messageId };
    },
    close: () => transport.close(),
  };
}

function envelope(message: Message, sender: { name: string; email: string }, domain: string) {
  return {
    messageId: `<${message.id}@${domain}>`,
    from: { name: sender.name, address: sender.email },
    to: message.to,
    subject: message.subject,
    text: message.text,
    html: message.html,
    attachments: message.attachments.map(({ name, mediaType, content }) => ({
      filename: name,
      contentType: mediaType,
      content,
    })),
  };
}

const headersOf = (message: Message) => ({
  'Auto-Submitted': 'auto-generated',
  'Content-Language': message.locale,
});

/** What a server is asked to tell later, by the kind of mail. */
const ASKING = {
  /** Of servers that know how (RFC 3461); what they send back then names the message. */
  ordinary: (message: Message) => ({
    headers: headersOf(message),
    dsn: { id: message.id, return: 'headers' as const, notify: ['FAILURE', 'DELAY'] },
  }),
  /**
   * The receipt of delivery then holds the message itself, and so proves what was delivered. Source:
   * DM 2 November 2005, annex, §6.5.2; RFC 6109 §3.3.2 (`completa`, `breve` or `sintetica`).
   */
  certified: (message: Message) => ({
    headers: { ...headersOf(message), 'X-TipoRicevuta': 'completa' },
  }),
};

/** A refusal of the address or of the message; a refusal of us (login, policy of the hour) is not. */
function refusedForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
}
