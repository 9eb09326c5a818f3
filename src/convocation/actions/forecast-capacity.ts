import { bookableWindow, occupiedMinutes } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import { freeStretches } from '../../booking/store/search.ts';
import { listOffices } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf, type Interval, type IsoDate, midnight } from '../../platform/clock.ts';
import { distanceKm } from '../../reference/distance.ts';
import { type Forecast, foresee, responseRate, seatsIn } from '../rules/capacity.ts';
import type { Campaign } from '../store/campaigns.ts';
import { othersInvited } from '../store/invitations.ts';
import { invitedOf } from '../store/people.ts';
import { campaignToRead, officesInReach } from './reach.ts';

/** What would give everybody a time. */
export interface Proposals {
  /** The window that holds enough, when one inside the horizon does. */
  readonly closesOn: IsoDate | undefined;
  /** Offices nearby with time of their own in the same window. */
  readonly offices: readonly {
    readonly id: string;
    readonly name: string;
    readonly seats: number;
  }[];
  /** People to invite at a time, and how many times; undefined when nothing at all is free. */
  readonly waves: { readonly size: number; readonly count: number } | undefined;
  /** Minutes of an operator's time that are missing. */
  readonly minutes: number;
}

interface WindowForecast extends Forecast {
  readonly window: Interval;
}

export interface CampaignForecast extends WindowForecast {
  /** Absent when there is enough. */
  readonly proposals: Proposals | undefined;
}

/** Days by which a longer window is tried, one after the other. */
const LONGER = [7, 14, 21, 28, 42, 56, 84, 112, 140];
/** Other offices that are proposed at most. */
const OFFICES_PROPOSED = 3;

/**
 * Whether a campaign's people would find a time: appointments that can still be seated in its window
 * and offices, less the bookings that other campaigns' pending invitations are expected to make.
 * @throws {Problem} 401, 403; 404
 */
export async function forecastCapacity(call: Call, id: string): Promise<CampaignForecast> {
  const campaign = await campaignToRead(call, id);
  const people = (await invitedOf(call.database, [id])).filter(({ state }) => state === 'listed');
  const forecast = await foreseeCampaign(call, campaign, people.length);
  const proposals = forecast.enough ? undefined : await propose(call, campaign, forecast);
  return { ...forecast, proposals };
}

/** The figures alone, without looking for what would give everybody a time. */
export async function foreseeCampaign(
  call: Call,
  campaign: Campaign,
  people: number,
): Promise<WindowForecast> {
  const { service } = campaign;
  const officeIds = campaign.offices.map(({ id }) => id);
  const window = windowOf(call, campaign);
  const others = await othersInvited(call.database, {
    campaignId: campaign.id,
    serviceId: service.id,
    officeIds,
    now: call.clock.now(),
  });
  const forecast = foresee({
    people,
    seats: await seats(call, service, officeIds, window),
    pendingElsewhere: others.pending,
    rate: responseRate(others),
  });
  return { ...forecast, window };
}

/** The part of the campaign's window that can still be booked. */
function windowOf(call: Call, { opensOn, closesOn, service }: Campaign): Interval {
  const bookable = bookableWindow(service, call.clock.now());
  const start = Math.max(bookable.start, midnight(opensOn));
  return { start, end: Math.max(start, Math.min(bookable.end, midnight(closesOn, 1))) };
}

async function seats(
  call: Call,
  service: Service,
  officeIds: readonly string[],
  window: Interval,
): Promise<number> {
  if (window.start >= window.end) return 0;
  let sum = 0;
  for (const officeId of officeIds) {
    const free = await freeStretches(call.database, service, officeId, window, {
      publicAt: call.clock.now(),
    });
    sum += seatsIn(service, free.values(), window);
  }
  return sum;
}

async function propose(
  call: Call,
  campaign: Campaign,
  forecast: WindowForecast,
): Promise<Proposals> {
  return {
    closesOn: await longerWindow(call, campaign, forecast),
    offices: await moreOffices(call, campaign, forecast.window),
    waves:
      forecast.available === 0
        ? undefined
        : {
            size: forecast.available,
            count: Math.ceil(forecast.people / forecast.available),
          },
    minutes: forecast.missing * occupiedMinutes(campaign.service),
  };
}

async function longerWindow(
  call: Call,
  { service, offices, closesOn }: Campaign,
  forecast: WindowForecast,
): Promise<IsoDate | undefined> {
  const horizon = bookableWindow(service, call.clock.now()).end;
  const officeIds = offices.map(({ id }) => id);
  for (const days of LONGER) {
    const end = Math.min(midnight(closesOn, days + 1), horizon);
    const found = await seats(call, service, officeIds, { start: forecast.window.start, end });
    if (found - forecast.expected >= forecast.people) return dayOf(end - DAY / 2);
    if (end === horizon) return undefined;
  }
  return undefined;
}

/** The caller's other offices, the nearest to the first of the campaign first, that have time. */
async function moreOffices(call: Call, campaign: Campaign, window: Interval) {
  const reach = officesInReach(call);
  const chosen = new Set(campaign.offices.map(({ id }) => id));
  const offices = await listOffices(call.database);
  const first = offices.find(({ id }) => chosen.has(id));
  const near = offices
    .filter(({ id }) => !chosen.has(id) && (reach === undefined || reach.includes(id)))
    .map((office) => ({ office, km: first ? distanceKm(first.point, office.point) : 0 }))
    .sort((a, b) => a.km - b.km);
  const found: { id: string; name: string; seats: number }[] = [];
  for (const { office } of near) {
    if (found.length === OFFICES_PROPOSED) break;
    const count = await seats(call, campaign.service, [office.id], window);
    if (count > 0) found.push({ id: office.id, name: office.name, seats: count });
  }
  return found;
}
