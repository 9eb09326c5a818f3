import { sql } from 'drizzle-orm';
import { hashPassword, newCredentials } from '../exchange/password.ts';
import { insertPassword } from '../exchange/store/passwords.ts';
import { insertEndpoint, updateEndpoint } from '../exchange/store/webhooks.ts';
import type { Call } from '../platform/call.ts';
import { DAY } from '../platform/clock.ts';
import { rows } from '../platform/database.ts';
import { newWebhookSecret } from '../platform/signature.ts';
import { DEMO_OFFICE } from './logins.ts';

/**
 * Another system that could be told of events, switched off so that nothing leaves the demonstration,
 * and the calendar of the demonstration's operator on a telephone whose password nobody knows.
 */
export async function writeConnections(call: Call): Promise<void> {
  const { database } = call;
  const createdAt = call.clock.now() - 9 * DAY;
  const id = call.ids();
  await insertEndpoint(database, {
    id,
    url: 'https://sistema-regionale.example.org/eventi-dimostrativi',
    contactEmail: 'sistemi@example.org',
    kinds: ['appointment.booked', 'appointment.moved', 'appointment.cancelled'],
    secretCipher: await call.secrets.seal(newWebhookSecret()),
    createdAt,
  });
  await updateEndpoint(database, id, { active: false });
  const [operator] = await rows<{ id: string }>(
    database,
    sql`select o.id from operator o join office k on k.id = o.office_id
      where k.code = ${DEMO_OFFICE} and o.bookable and 'patto' = any(o.skills)
      order by o.staff_number limit 1`,
  );
  if (!operator) return;
  const credentials = newCredentials();
  await insertPassword(database, {
    id: call.ids(),
    operatorId: operator.id,
    name: 'Telefono (dimostrazione)',
    username: credentials.username,
    createdAt,
    ...(await hashPassword(credentials.password)),
  });
}
