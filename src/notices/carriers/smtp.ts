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
export function smtpCarrier(url: string, from: string): Carrier & { close(): void } {
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
      const mail = envelope(message, sender, domain);
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw refusedForGood(error) ? new Undeliverable((error as Error).message) : error;
      }
      return { providerId: mail.messageId };
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
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale },
    attachments: message.attachments.map(({ name, mediaType, content }) => ({
      filename: name,
      contentType: mediaType,
      content,
    })),
  };
}

/** A refusal of the address or of the message; a refusal of us (login, policy of the hour) is not. */
function refusedForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
}
