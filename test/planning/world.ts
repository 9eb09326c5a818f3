import { appointment, freeTime, occupied } from '../../src/booking/table.ts';
import { bacinoComune } from '../../src/network/table.ts';
import { loadFirstStandards } from '../../src/planning/actions/load-first-standards.ts';
import { systemCall } from '../../src/platform/call.ts';
import { DAY, dayOf, toRfc3339 } from '../../src/platform/clock.ts';
import { type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, MESSINA, PALERMO } from '../support/fixtures.ts';

export interface PlanningWorld {
  readonly services: TestServices;
  readonly palermo: string;
  readonly messina: string;
}

/**
 * Two offices with a city each. Palermo has two interviewers and a clerk and is free from the
 * hundredth day on; Messina has four interviewers and is free tomorrow.
 */
export async function planningWorld(): Promise<PlanningWorld> {
  const services = await testServices();
  await loadFirstStandards(systemCall(services, 'test'));
  const serviceId = await aService(services, {
    code: 'primo-colloquio',
    skill: 'patto',
    durationMinutes: 60,
    horizonDays: 180,
  });
  const palermo = await anOffice(services, {
    code: 'pa-palermo',
    name: 'Centro per l’impiego di Palermo',
  });
  const messina = await anOffice(services, {
    code: 'me-messina',
    name: '=Centro per l’impiego di Messina',
    seat: MESSINA,
    latitude: 38.19,
    longitude: 15.55,
  });
  const provenance = { kind: 'declared', source: 'test' } as const;
  await services.database.insert(bacinoComune).values([
    { comune: PALERMO, officeId: palermo, provenance },
    { comune: MESSINA, officeId: messina, provenance },
  ]);
  const interviewer = { skills: ['patto'], category: 'C' };
  const inPalermo = [
    await anOperator(services, palermo, interviewer),
    await anOperator(services, palermo, interviewer),
  ];
  await anOperator(services, palermo, { category: 'A' });
  const inMessina: string[] = [];
  for (let i = 0; i < 4; i++) inMessina.push(await anOperator(services, messina, interviewer));
  await fullUntil(services, serviceId, palermo, inPalermo, 100);
  await freeFrom(services, palermo, inPalermo, 100);
  await freeFrom(services, messina, inMessina, 1);
  return { services, palermo, messina };
}

/** Each operator is free from nine to noon, Rome, on ten days from `first` days ahead. */
async function freeFrom(
  services: TestServices,
  officeId: string,
  operators: readonly string[],
  first: number,
): Promise<void> {
  const days = Array.from({ length: 10 }, (_, i) =>
    dayOf(services.clock.now() + (first + i) * DAY),
  );
  await services.database.insert(freeTime).values(
    operators.flatMap((operatorId) =>
      days.map((day) => ({
        operatorId,
        officeId,
        day,
        free: `{[${toRfc3339(Date.parse(`${day}T08:00Z`))},${toRfc3339(Date.parse(`${day}T11:00Z`))})}`,
      })),
    ),
  );
}

/** Each operator is taken from nine to noon on every day before `first` days ahead. */
async function fullUntil(
  services: TestServices,
  serviceId: string,
  officeId: string,
  operators: readonly string[],
  first: number,
): Promise<void> {
  const now = services.clock.now();
  let number = 0;
  const taken = operators.flatMap((operatorId) =>
    Array.from({ length: first - 1 }, (_, i) => {
      const day = dayOf(now + (i + 1) * DAY);
      return {
        id: services.ids(),
        code: (number++).toString().padStart(10, '0'),
        serviceId,
        officeId,
        operatorId,
        startsAt: Date.parse(`${day}T08:00Z`),
        endsAt: Date.parse(`${day}T11:00Z`),
        state: 'confirmed' as const,
        createdAt: now,
        updatedAt: now,
      };
    }),
  );
  await services.database.insert(appointment).values(taken);
  await services.database.insert(occupied).values(
    taken.map((each) => ({
      appointmentId: each.id,
      resourceId: each.operatorId,
      during: `[${toRfc3339(each.startsAt)},${toRfc3339(each.endsAt)})`,
    })),
  );
}
