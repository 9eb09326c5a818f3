import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import { sha256 } from '../platform/secrets.ts';

export interface ComuneRow {
  readonly istat_code: string;
  readonly cadastral_code: string;
  readonly name: string;
  readonly province: string;
  readonly province_name: string;
  readonly region: string;
  readonly population: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Every Italian comune, from the file whose sources are told in `data/SOURCES.md`. Node only. */
export function readComuni(): ComuneRow[] {
  const text = readFileSync(new URL('./data/comuni.tsv', import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [istat, cadastral, name, province, provinceName, region, population, lat, lon] =
        line.split('\t') as [string, ...string[]];
      return {
        istat_code: istat,
        cadastral_code: cadastral!,
        name: name!,
        province: province!,
        province_name: provinceName!,
        region: region!,
        population: Number(population),
        latitude: lat ? Number(lat) : null,
        longitude: lon ? Number(lon) : null,
      };
    });
}

/**
 * Brings table `comune` to what the file says, in one statement; rows that already agree are left
 * alone, so that running it again costs little. Returns how many rows it wrote.
 */
export async function loadComuni(database: Database): Promise<number> {
  const comuni = readComuni();
  if (await holdsAlready(database, comuni)) return 0;
  const written = await rows<{ istat_code: string }>(
    database,
    sql`
      insert into comune (istat_code, cadastral_code, name, province, province_name, region,
                          population, latitude, longitude)
      select istat_code, cadastral_code, name, province, province_name, region,
             population, latitude, longitude
      from json_to_recordset(${JSON.stringify(comuni)}::json) as given(
        istat_code text, cadastral_code text, name text, province text, province_name text,
        region text, population integer, latitude float8, longitude float8)
      on conflict (istat_code) do update set
        cadastral_code = excluded.cadastral_code, name = excluded.name,
        province = excluded.province, province_name = excluded.province_name,
        region = excluded.region, population = excluded.population,
        latitude = excluded.latitude, longitude = excluded.longitude
      where (comune.cadastral_code, comune.name, comune.province, comune.province_name,
             comune.region, comune.population, comune.latitude, comune.longitude)
        is distinct from
            (excluded.cadastral_code, excluded.name, excluded.province, excluded.province_name,
             excluded.region, excluded.population, excluded.latitude, excluded.longitude)
      returning istat_code`,
  );
  return written.length;
}

/** Whether the table says what the file says, by count and by a digest of all but the coordinates. */
async function holdsAlready(database: Database, comuni: readonly ComuneRow[]): Promise<boolean> {
  const text = comuni
    .map((c) => [c.istat_code, c.cadastral_code, c.name, c.province, c.region, c.population].join())
    .join('|');
  const [held] = await rows<{ count: number; digest: string | null }>(
    database,
    sql`select count(*)::int as count,
        encode(sha256(convert_to(string_agg(concat_ws(',', istat_code, cadastral_code, name,
          province, region, population), '|' order by istat_code collate "C"), 'UTF8')), 'base64') as digest
      from comune`,
  );
  return held?.count === comuni.length && held.digest === (await sha256(text));
}
