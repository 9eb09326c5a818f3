import { officesWith } from '../../network/accessibility-store.ts';
import { type Address, type Competence, competence } from '../../network/competence.ts';
import type { AccessFeature } from '../../network/rules/accessibility.ts';
import { listOffices, type OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { distanceKm, type Point } from '../../reference/distance.ts';
import { comuneByCode } from '../../reference/store.ts';
import { bookableWindow } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { serviceById } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { firstStarts } from './joint-starts.ts';
import { releaseLapsed } from './release-lapsed.ts';
import { noticeFor, ownOperatorOfCaller, publicAt } from './who-comes.ts';

/** Where to search: around a comune or a point, or in named offices; nowhere named is everywhere. */
export interface Place {
  /** ISTAT code of the comune of domicile; decides the competent office too. */
  readonly comune?: string;
  /** In that comune; where its streets belong to several offices, it decides instead. */
  readonly address?: Address;
  readonly point?: Point;
  readonly officeIds?: readonly string[];
  /** Radius in kilometres as the crow flies, boundary included. */
  readonly withinKm?: number;
}

/** An office with its first real start. */
export interface EarliestOffer {
  readonly office: OfficeSummary;
  readonly start: Instant;
  /** Distance from the place searched, where one is known. */
  readonly km: number | undefined;
  /** Whether this is the competent Cpi of the comune searched. */
  readonly competent: boolean;
}

export interface EarliestOffers {
  readonly service: Service;
  /** Offices with a free start: the competent one first, then by start. */
  readonly offers: readonly EarliestOffer[];
  /** The competent office when it has nothing free within the service's horizon. */
  readonly competentWithout: OfficeSummary | undefined;
  /** The competent office when it is not known to have what was asked for. */
  readonly competentUnsuited: OfficeSummary | undefined;
  /** Which office is competent for the domicile named, if any is, and what says so. */
  readonly competence: Competence | undefined;
  /** How many offers there are on all pages. */
  readonly total: number;
  /** How many offices were asked. */
  readonly searched: number;
  /** Last instant that can be booked: the end of the horizon. */
  readonly horizonEnd: Instant;
  /** How many offers come before those of the next page; undefined on the last one. */
  readonly nextFrom: number | undefined;
}

/**
 * The earliest real start of each office around a place. Public: no actor is refused. An office
 * that is full is never among the offers. @throws {Problem} 404 for an unknown service or comune; 401 and 409 as
 * {@link ownOperatorOfCaller}
 */
export async function findEarliest(
  call: Call,
  wanted: ServiceWish & {
    readonly serviceId: string;
    readonly place: Place;
    readonly limit: number;
    /** Offers to pass over, from the page before. */
    readonly from?: number;
    /** ISO 639-1; the operator must speak it. */
    readonly language?: string;
    /** What the office must be known to have. */
    readonly features?: readonly AccessFeature[] | undefined;
  },
): Promise<EarliestOffers> {
  const { place } = wanted;
  const [asked, comune, competent, offices] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    place.comune === undefined ? undefined : comuneByCode(call.database, place.comune),
    place.comune === undefined ? undefined : competence(call.database, place.comune, place.address),
    listOffices(call.database),
    releaseLapsed(call),
  ]);
  if (!asked || (place.comune !== undefined && !comune))
    throw unknownAmong(call.locale, {
      '/service_id': asked,
      ...(place.comune !== undefined && { '/comune': comune }),
    });
  const service = asWished(asked, wanted);
  const own = competent?.office;
  const operatorId = await ownOperatorOfCaller(call, service);

  const centre = place.point ?? comune?.point;
  const { withinKm } = place;
  const near =
    centre && withinKm !== undefined
      ? offices.filter((office) => distanceKm(centre, office.point) <= withinKm)
      : offices;
  const named = place.officeIds && new Set(place.officeIds);
  // The competent Cpi is shown however far its seat is: it is where the person is entitled to go.
  const suited = wanted.features?.length
    ? await officesWith(call.database, wanted.features)
    : undefined;
  const suits = (office: OfficeSummary) => suited?.has(office.id) ?? true;
  const candidates = (own && !near.some((o) => o.id === own.id) ? [own, ...near] : near).filter(
    (office) =>
      (named ? named.has(office.id) : true) &&
      suits(office) &&
      mayServe(service, office, competent),
  );

  const window = bookableWindow(noticeFor(call, service), call.clock.now());
  const starts = await firstStarts(
    call.database,
    service,
    candidates.map((office) => office.id),
    window,
    { operatorId, language: wanted.language, publicAt: publicAt(call) },
  );
  const byId = new Map(candidates.map((office) => [office.id, office]));
  const offers = starts
    .map(({ officeId, start }) => {
      const office = byId.get(officeId)!;
      const km = centre && distanceKm(centre, office.point);
      return { office, start, km, competent: office.id === own?.id };
    })
    .sort(
      (a, b) =>
        Number(b.competent) - Number(a.competent) || a.start - b.start || (a.km ?? 0) - (b.km ?? 0),
    );
  const from = wanted.from ?? 0;
  return {
    service,
    offers: offers.slice(from, from + wanted.limit),
    nextFrom: from + wanted.limit < offers.length ? from + wanted.limit : undefined,
    competence: competent,
    competentWithout:
      own && suits(own) && !offers.some((offer) => offer.competent) ? own : undefined,
    competentUnsuited: own && !suits(own) ? own : undefined,
    total: offers.length,
    searched: candidates.length,
    horizonEnd: window.end,
  };
}

function mayServe(
  service: Service,
  office: OfficeSummary,
  competent: Competence | undefined,
): boolean {
  // Where no domicile is named, nobody can tell yet whose office it is.
  return (
    service.audience !== 'own_cpi' || competent === undefined || office.id === competent.office?.id
  );
}
