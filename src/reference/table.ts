import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** Every Italian comune. Sources and dates: `src/reference/data/SOURCES.md`. */
export const comune = pgTable(
  'comune',
  {
    /** ISTAT code, six digits. */
    istatCode: text('istat_code').primaryKey(),
    /** Cadastral (Belfiore) code, a letter and three digits. */
    cadastralCode: text('cadastral_code').notNull(),
    name: text().notNull(),
    /** Two-letter mark of the province, e.g. `PA`. */
    province: text().notNull(),
    provinceName: text('province_name').notNull(),
    region: text().notNull(),
    population: integer().notNull(),
    /** Degrees, WGS 84; null where no source gives them. */
    latitude: doublePrecision(),
    longitude: doublePrecision(),
  },
  (t) => [
    uniqueIndex('comune_cadastral_code_unique').on(t.cadastralCode),
    index('comune_name').on(sql`lower(${t.name})`),
    index('comune_province').on(t.province),
    check('comune_istat_code_form', sql`${t.istatCode} ~ '^[0-9]{6}$'`),
  ],
);
