import { customType } from 'drizzle-orm/pg-core';
import type { Instant } from './clock.ts';

/** `timestamptz` read and written as epoch milliseconds. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** `tstzrange`, kept as PostgreSQL writes it; arithmetic on it is PostgreSQL's own. */
export const instantRange = customType<{ data: string; driverData: string }>({
  dataType: () => 'tstzrange',
});

/** `tstzmultirange`, kept as PostgreSQL writes it. */
export const instantMultirange = customType<{ data: string; driverData: string }>({
  dataType: () => 'tstzmultirange',
});
