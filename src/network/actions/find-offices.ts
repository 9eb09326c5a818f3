import type { Call } from '../../platform/call.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { distanceKm, type Point } from '../../reference/distance.ts';
import { plainName } from '../../reference/names.ts';
import { type Comune, comuneByCode, findComuni } from '../../reference/store.ts';
import { competentOffices, type ListedOffice, listedOffices } from '../office-store.ts';

export interface OfficeSearch {
  /** Part of the name of an office, or the beginning of that of a comune it serves. */
  readonly text?: string;
  /** ISTAT code: its competent office comes first, then by distance. */
  readonly comune?: string;
  readonly point?: Point;
  /** Kilometres as the crow flies, boundary included; the competent office is kept beyond it too. */
  readonly withinKm?: number;
}

export interface FoundOffice {
  readonly office: ListedOffice;
  /** From the place searched, where there is one. */
  readonly km: number | undefined;
  /** Whether it serves the comune searched. */
  readonly competent: boolean;
  /** Comuni it serves whose name begins as the text. */
  readonly serves: readonly Comune[];
}

/** Offices by name or place. Public. @throws {Problem} 404 for an unknown comune */
export async function findOffices(call: Call, search: OfficeSearch): Promise<FoundOffice[]> {
  const { database } = call;
  const comune =
    search.comune === undefined ? undefined : await comuneByCode(database, search.comune);
  if (search.comune !== undefined && !comune)
    throw unknownAmong(call.locale, { '/comune': comune });
  const matches = search.text ? await findComuni(database, search.text, { limit: 200 }) : [];
  const codes = [...matches, ...(comune ? [comune] : [])].map(({ istatCode }) => istatCode);
  const competent = await competentOffices(database, codes);
  const offices = await listedOffices(database);

  const centre = search.point ?? comune?.point;
  const said = search.text?.trim() ?? '';
  // Signs alone are no part of any name.
  const wanted = plainName(said);
  return offices
    .map(
      (office): FoundOffice => ({
        office,
        km: centre && distanceKm(centre, office.point),
        competent: comune !== undefined && competent.get(comune.istatCode) === office.id,
        serves: matches.filter(({ istatCode }) => competent.get(istatCode) === office.id),
      }),
    )
    .filter(
      ({ office, km, competent: own, serves }) =>
        (said === '' ||
          serves.length > 0 ||
          (wanted !== '' && plainName(office.name).includes(wanted))) &&
        (own || search.withinKm === undefined || km === undefined || km <= search.withinKm),
    )
    .sort((a, b) => Number(b.competent) - Number(a.competent) || (a.km ?? 0) - (b.km ?? 0));
}
