import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { hashPassword, newCredentials } from '../password.ts';
import { tooManyPasswords } from '../problems.ts';
import { countPasswords, insertPassword } from '../store/passwords.ts';

/** Passwords an operator may have: one for each device, and some to spare. Ours. */
const MOST = 10;

/**
 * Makes an application password for the calendar program of the operator who asks.
 * @param name what it is for, in their words
 * @returns what to type into the program; the password cannot be read again
 * @throws {Problem} 401, 403; 409 when they have ten already
 */
export async function createFeedPassword(
  call: Call,
  name: string,
): Promise<{ username: string; password: string }> {
  const { actor } = call;
  authorise(actor, 'operator');
  const credentials = newCredentials();
  const hashed = await hashPassword(credentials.password);
  const id = call.ids();
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    if ((await countPasswords(transaction, actor.operatorId)) >= MOST) throw tooManyPasswords();
    await insertPassword(transaction, {
      id,
      operatorId: actor.operatorId,
      name,
      username: credentials.username,
      createdAt: call.clock.now(),
      ...hashed,
    });
    await audit(transaction, call, {
      action: 'create-feed-password',
      subjectKind: 'operator',
      subjectId: actor.operatorId,
      detail: { feed_password: id },
    });
  });
  return credentials;
}
