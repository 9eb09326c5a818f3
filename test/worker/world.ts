import { opening } from '../../src/network/table.ts';
import type { TestServices } from '../support/app.ts';

/** Open on every day of the week, from before today: the Worker's clock is the real one. */
export async function openEveryDay(services: TestServices, officeId: string): Promise<void> {
  await services.database.insert(opening).values(
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      id: services.ids(),
      officeId,
      weekday,
      starts: '08:00',
      ends: '20:00',
      validFrom: '2020-01-01',
    })),
  );
}
