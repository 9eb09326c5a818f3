import { sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import type { Side, Stretch } from './rules/street.ts';

/** A stretch of a street and the office that serves who lives there. */
export interface StreetZone extends Stretch {
  readonly id: string;
  /** ISTAT code. */
  readonly comune: string;
  /** As the administration writes it. */
  readonly name: string;
  readonly street: string;
  readonly officeId: string;
}

const COLUMNS = sql`z.id, z.comune, z.name, z.street, z.number_from as "numberFrom",
  z.number_to as "numberTo", z.side, z.office_id as "officeId"`;

/** Zones of active offices on one street, as it is compared. */
export async function zonesOfStreet(
  database: Database,
  comune: string,
  street: string,
): Promise<StreetZone[]> {
  return rows(
    database,
    sql`select ${COLUMNS} from street_zone z join office on office.id = z.office_id
      where comune = ${comune} and street = ${street} and active order by number_from, side`,
  );
}

/** The streets of a comune that are assigned to an office, as they are compared. */
export async function zonedStreets(database: Database, comune: string): Promise<string[]> {
  const found = await rows<{ street: string }>(
    database,
    sql`select distinct street from street_zone where comune = ${comune} order by street`,
  );
  return found.map(({ street }) => street);
}

/** A zone as a list shows it. */
export interface ListedZone {
  readonly comuneName: string;
  readonly name: string;
  readonly numberFrom: number;
  readonly numberTo: number | null;
  readonly side: Side;
  readonly officeName: string;
  readonly officeCode: string;
}

/** Zones by comune and street; `text` is the beginning of a word of either. */
export async function listedZones(
  database: Database,
  text: string,
  limit: number,
): Promise<ListedZone[]> {
  const begins = sql`${`% ${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`;
  return rows(
    database,
    sql`select comune.name as "comuneName", z.name, z.number_from as "numberFrom",
        z.number_to as "numberTo", z.side, office.name as "officeName", office.code as "officeCode"
      from street_zone z
      join comune on comune.istat_code = z.comune
      join office on office.id = z.office_id
      where ' ' || lower(comune.name) like ${begins} or ' ' || lower(z.name) like ${begins}
        or ' ' || z.street like ${begins}
      order by comune.name, z.street, z.number_from, z.side limit ${limit}`,
  );
}

/** Names of the comuni whose streets belong to several offices. */
export async function dividedComuni(database: Database): Promise<string[]> {
  const found = await rows<{ name: string }>(
    database,
    sql`select distinct c.name from street_zone z join comune c on c.istat_code = z.comune
      order by c.name`,
  );
  return found.map(({ name }) => name);
}
