import type { Database } from '../platform/database.ts';
import { type Stretch, stands, streetMeant } from './rules/street.ts';
import { competentOffice, type OfficeSummary, officeById } from './store.ts';
import { zonedStreets, zonesOfStreet } from './zone-store.ts';

export interface Address {
  readonly street: string;
  readonly number?: number;
}

/** Which office serves who lives somewhere, and what says so. */
export interface Competence {
  readonly office: OfficeSummary | undefined;
  /** The street's zone, or the comune as a whole. */
  readonly by: 'street' | 'comune';
  /** Whether another civic number of the same street would lead to another office. */
  readonly numberMatters: boolean;
  /** Whether streets of the comune belong to several offices. */
  readonly divided: boolean;
}

/**
 * The office of an address: that of its street's zone, where the comune has zones and the street is
 * among them; else that of the comune. A number that is missing where it matters leaves the comune's.
 */
export async function competence(
  database: Database,
  comune: string,
  address?: Address,
): Promise<Competence> {
  const [streets, ofAll] = await Promise.all([
    zonedStreets(database, comune),
    competentOffice(database, comune),
  ]);
  const street = address && streetMeant(address.street, streets);
  const zones = street === undefined ? [] : await zonesOfStreet(database, comune, street);
  const number = address?.number;
  const whole = zones.find(isWhole);
  const zone = whole ?? zones.find((one) => number !== undefined && stands(number, one));
  return {
    office: zone ? await officeById(database, zone.officeId) : ofAll,
    by: zone ? 'street' : 'comune',
    numberMatters: zones.length > 0 && whole === undefined,
    divided: streets.length > 0,
  };
}

const isWhole = ({ numberFrom, numberTo, side }: Stretch) =>
  numberFrom === 1 && numberTo === null && side === 'all';
