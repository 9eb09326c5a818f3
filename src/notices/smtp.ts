import { createTransport } from 'nodemailer';
import type { Config } from '../platform/config.ts';
import { mailbox } from './mailbox.ts';
import { demoMailer, type Mail, type Mailer, Undeliverable } from './mailer.ts';

/** Who carries the letters; undefined leaves them waiting, and /status tells. */
export function mailerOf({ smtpUrl, mailFrom, demo }: Config): Mailer | undefined {
  if (smtpUrl !== undefined) return smtpMailer(smtpUrl, mailFrom);
  return demo ? demoMailer : undefined;
}

/**
 * A mailer over SMTP. The longest a letter can take stays well under the lease of the outbox.
 * @param url `smtp://user:password@host:587` or `smtps://…:465`
 * @param from `Name <name@example.org>`
 */
export function smtpMailer(url: string, from: string): Mailer & { close(): void } {
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
    async send(mail) {
      try {
        await transport.sendMail(envelope(mail, sender, domain));
      } catch (error) {
        throw refusedForGood(error) ? new Undeliverable((error as Error).message) : error;
      }
    },
    close: () => transport.close(),
  };
}

function envelope(mail: Mail, sender: { name: string; email: string }, domain: string) {
  return {
    messageId: `<${mail.id}@${domain}>`,
    from: { name: sender.name, address: sender.email },
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.locale },
    attachments: mail.attachments.map(({ name, mediaType, content }) => ({
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
