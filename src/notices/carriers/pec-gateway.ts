import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { mailbox } from '../mailbox.ts';
import { ask, authorisation } from './gateway.ts';

const answer = z
  .looseObject({ id: z.string().optional(), message_id: z.string().optional() })
  .transform(({ id, message_id }) => id ?? message_id);

/**
 * Certified mail through an HTTP gateway: `POST {to, from, subject, text, html, attachments,
 * reference}`. Its receipts come back as delivery reports.
 */
export function pecGateway(gateway: {
  readonly url: string;
  readonly token: string | undefined;
  readonly from: string;
}): Carrier {
  const { url, header } = authorisation(gateway.url, gateway.token);
  const from = mailbox(gateway.from).email;
  return {
    async send(message) {
      const body = {
        to: message.to,
        from,
        subject: message.subject,
        text: message.text,
        html: message.html,
        attachments: message.attachments.map(({ name, mediaType, content }) => ({
          name,
          media_type: mediaType,
          content,
        })),
        reference: message.id,
      };
      const id = await ask(
        { url, body, headers: { ...header, 'Idempotency-Key': message.id } },
        answer,
      );
      return id === undefined ? {} : { providerId: id.slice(0, 200) };
    },
  };
}
