import { z } from 'zod';
import { toRfc3339 } from '../../platform/clock.ts';
import { type Carrier, Undeliverable } from '../carrier.ts';
import type { DeliveryStatus } from '../rules/delivery.ts';
import { ask } from './gateway.ts';

/** How App IO is reached, and how a person's codice fiscale is found when a message leaves. */
export interface AppIoAccount {
  readonly url: string;
  readonly key: string;
  /** Undefined when the person is gone or never gave it. */
  readonly taxCodeOf: (personId: string) => Promise<string | undefined>;
}

const profile = z.looseObject({ sender_allowed: z.boolean() });
const created = z.looseObject({ id: z.string().min(1).max(200) });
const follow = z.looseObject({
  status: z.string().optional(),
  read_status: z.string().optional(),
});

/**
 * Messages on App IO. Source: technical guide of App IO, docs.pagopa.it/io-guida-tecnica ("Get a
 * User Profile using POST", "Submit a Message passing the user fiscal_code in the request body";
 * "Inviare un messaggio tradizionale"), read November 2026: subject of 10–120 characters, markdown of
 * 80–10,000, due date in ISO 8601 and UTC.
 */
export function appIoCarrier(account: AppIoAccount): Carrier {
  const headers = { 'Ocp-Apim-Subscription-Key': account.key };
  return {
    async send(message) {
      const fiscal_code = await account.taxCodeOf(message.to);
      if (fiscal_code === undefined) throw new Undeliverable('no codice fiscale');
      const found = await ask(
        { url: `${account.url}/api/v1/profiles`, body: { fiscal_code }, headers },
        profile,
      );
      if (!found.sender_allowed) throw new Undeliverable('the person wants no messages of ours');
      const content = {
        subject: fitted(message.subject, 10, 120),
        markdown: fitted(message.markdown, 80, 10_000),
        ...(message.happensAt !== undefined && { due_date: toRfc3339(message.happensAt) }),
      };
      const { id } = await ask(
        { url: `${account.url}/api/v1/messages`, body: { fiscal_code, content }, headers },
        created,
      );
      return { providerId: id };
    },
  };
}

/**
 * What App IO knows of a message: undefined while it is still on its way. Its address carries the
 * codice fiscale because App IO asks for it there; neither is logged.
 * Source: the same guide, "Get Message".
 */
export async function appIoStatus(
  account: AppIoAccount,
  message: { readonly personId: string; readonly providerId: string },
): Promise<DeliveryStatus | undefined> {
  const taxCode = await account.taxCodeOf(message.personId);
  if (taxCode === undefined) return undefined;
  const told = await ask(
    {
      url: `${account.url}/api/v1/messages/${encodeURIComponent(taxCode)}/${encodeURIComponent(message.providerId)}`,
      headers: { 'Ocp-Apim-Subscription-Key': account.key },
    },
    follow,
  );
  if (told.read_status === 'READ') return 'read';
  switch (told.status) {
    case 'PROCESSED':
      return 'delivered';
    case 'REJECTED':
      return 'bounced';
    case 'FAILED':
      return 'failed';
    default:
      return undefined;
  }
}

/** The text within the lengths App IO takes: cut at the end, or filled up with spaces. */
function fitted(text: string, least: number, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return cut.padEnd(least, '\u00a0');
}
