import { type SQL, sql } from 'drizzle-orm';
import { type Database, preparedRows, rows } from '../platform/database.ts';
import { distanceKm, type Point } from './distance.ts';
import { plainName } from './names.ts';

export interface Comune {
  readonly istatCode: string;
  readonly cadastralCode: string;
  readonly name: string;
  /** Two-letter mark, e.g. `PA`. */
  readonly province: string;
  readonly provinceName: string;
  readonly region: string;
  /** Inhabitants at the 2011 census. */
  readonly population: number;
  /** Where the seat of the comune is; undefined for the few no source locates. */
  readonly point: Point | undefined;
}

interface Row {
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

function toComune(row: Row): Comune {
  return {
    istatCode: row.istat_code,
    cadastralCode: row.cadastral_code,
    name: row.name,
    province: row.province,
    provinceName: row.province_name,
    region: row.region,
    population: row.population,
    point:
      row.latitude === null || row.longitude === null
        ? undefined
        : { latitude: row.latitude, longitude: row.longitude },
  };
}

const COLUMNS = sql`istat_code, cadastral_code, name, province, province_name, region, population,
  latitude, longitude`;

async function select(database: Database, tail: SQL): Promise<Comune[]> {
  return (await rows<Row>(database, sql`select ${COLUMNS} from comune ${tail}`)).map(toComune);
}

/** `plainName` in SQL: the letters are those that names of Italian comuni carry. */
const PLAIN_NAME = sql`trim(regexp_replace(
  translate(lower(name), 'àâáäèéêëìíîïòóôöùúûüçñßčšž', 'aaaaeeeeiiiioooouuuucnsczz'),
  '[^a-z0-9]+', ' ', 'g'))`;

/**
 * Comuni whose name starts with what was typed, then those with a word that does; within each the
 * most populous first. Accents, capitals and apostrophes do not matter. Empty for an empty text.
 */
export async function findComuni(
  database: Database,
  typed: string,
  options: { readonly limit: number; readonly region?: string },
): Promise<Comune[]> {
  const plain = plainName(typed);
  if (plain === '') return [];
  const inRegion = options.region === undefined ? sql`` : sql`and region = ${options.region}`;
  return select(
    database,
    sql`where ' ' || ${PLAIN_NAME} like ${`% ${plain}%`} ${inRegion}
        order by ${PLAIN_NAME} <> ${plain}, ${PLAIN_NAME} not like ${`${plain}%`},
                 population desc, istat_code
        limit ${options.limit}`,
  );
}

/** By ISTAT code (six figures) or cadastral code (a letter and three figures). */
export async function comuneByCode(database: Database, code: string): Promise<Comune | undefined> {
  const [found] = await preparedRows<Row>(
    database,
    sql`select ${COLUMNS} from comune
      where istat_code = ${code} or cadastral_code = ${code.toUpperCase()} limit 1`,
  );
  return found && toComune(found);
}

/** The comuni whose seats are nearest to a point, with the distance in kilometres. */
export async function nearestComuni(
  database: Database,
  point: Point,
  limit: number,
): Promise<{ comune: Comune; km: number }[]> {
  // On a patch of the size of Italy the flat distance orders almost as the sphere does; a few more
  // than asked are read, and put in order on the sphere.
  const candidates = await select(
    database,
    sql`where latitude is not null
        order by power(latitude - ${point.latitude}, 2)
          + power((longitude - ${point.longitude}) * cos(radians(${point.latitude})), 2)
        limit ${limit + 10}`,
  );
  return candidates
    .flatMap((comune) => (comune.point ? [{ comune, km: distanceKm(point, comune.point) }] : []))
    .sort((a, b) => a.km - b.km)
    .slice(0, limit);
}
