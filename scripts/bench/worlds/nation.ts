import type { Call } from '../../../src/platform/call.ts';
import { writeFreeTime, writeOffices } from '../network.ts';

/** Italy: 550 offices, 8,000 operators, 90 days, 70% taken. */
export async function fillNation(call: Call): Promise<void> {
  await writeOffices(call, { offices: 550, operators: 8000, days: 90 });
  await writeFreeTime(call, { days: 90, taken: 0.7 });
}
