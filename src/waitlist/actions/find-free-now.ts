import { listStarts } from '../../booking/actions/list-starts.ts';
import { serviceById } from '../../booking/store/services.ts';
import type { OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, midnight } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { suits } from '../rules/fit.ts';
import { type Joining, officesFor } from './join-list.ts';

export interface FreeNow {
  readonly office: OfficeSummary;
  readonly startsAt: Instant;
}

/** Offices that are looked at, the nearest first: enough to see that one need not wait. */
const OFFICES = 5;
const SHOWN = 6;

/**
 * Time that suits a wish and is free already: nobody has to wait for what they can book at once. The
 * earliest first. Public. @throws {Problem} 403; 404; 422 as for joining
 */
export async function findFreeNow(
  call: Call,
  wanted: Pick<Joining, 'serviceId' | 'where' | 'when' | 'person'>,
): Promise<FreeNow[]> {
  const service = await serviceById(call.database, wanted.serviceId);
  if (!service) throw notFound();
  const { when } = wanted;
  const offices = (await officesFor(call, service, wanted)).slice(0, OFFICES);
  const officeIds = offices.map(({ id }) => id);
  const found = await Promise.all(
    offices.map(async (office) => {
      const { starts } = await listStarts(call, {
        serviceId: service.id,
        officeId: office.id,
        window: { start: midnight(when.fromDay), end: midnight(when.toDay, 1) },
      });
      return starts
        .filter(({ start }) =>
          suits(
            { wish: { ...when, officeIds }, current: undefined },
            { officeId: office.id, startsAt: start },
          ),
        )
        .slice(0, SHOWN)
        .map(({ start }) => ({ office, startsAt: start }));
    }),
  );
  return found
    .flat()
    .sort((a, b) => a.startsAt - b.startsAt)
    .slice(0, SHOWN);
}
