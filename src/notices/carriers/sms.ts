import { z } from 'zod';
import { internationalNumber } from '../../reference/phone.ts';
import { type Carrier, Undeliverable } from '../carrier.ts';
import { smsText } from '../rules/sms.ts';
import { ask, authorisation } from './gateway.ts';

/** Gateways call it `id`, `message_id` or `messageId`. */
const answer = z
  .looseObject({
    id: z.union([z.string(), z.number()]).optional(),
    message_id: z.union([z.string(), z.number()]).optional(),
    messageId: z.union([z.string(), z.number()]).optional(),
  })
  .transform(({ id, message_id, messageId }) => id ?? message_id ?? messageId);

/**
 * SMS through an HTTP gateway: `POST {to, from, text, reference}`, where `reference` and the
 * `Idempotency-Key` header name the message, so that a repetition can be told.
 */
export function smsCarrier(gateway: {
  readonly url: string;
  readonly token: string | undefined;
  readonly from: string;
}): Carrier {
  const { url, header } = authorisation(gateway.url, gateway.token);
  return {
    async send(message) {
      const to = internationalNumber(message.to);
      if (to === undefined) throw new Undeliverable('not a telephone number');
      const body = {
        to,
        from: gateway.from,
        text: smsText(message.short),
        reference: message.id,
      };
      const id = await ask(
        { url, body, headers: { ...header, 'Idempotency-Key': message.id } },
        answer,
      );
      return id === undefined ? {} : { providerId: String(id).slice(0, 200) };
    },
  };
}
