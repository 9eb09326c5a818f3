import { uuidv7 } from 'uuidv7';

/** A new UUIDv7: unguessable enough for an identifier, never for a secret. */
export function newId(): string {
  return uuidv7();
}
