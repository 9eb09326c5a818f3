import type { Database } from '../../src/platform/database.ts';

/**
 * The same database, on which somebody else does something after the caller has looked and before
 * their first transaction opens: what two requests at once come to, on one connection.
 */
export function meanwhile(database: Database, happens: () => Promise<unknown>): Database {
  let happened = false;
  return new Proxy(database, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== 'transaction') return value.bind(target);
      return async (...given: Parameters<Database['transaction']>) => {
        if (!happened) {
          happened = true;
          await happens();
        }
        return target.transaction(...given);
      };
    },
  });
}
