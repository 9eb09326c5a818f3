import type { Call } from '../../platform/call.ts';
import { type Comune, findComuni } from '../../reference/store.ts';
import { competentOffices } from '../office-store.ts';

/** Comuni by the beginning of their name, each with the office that serves it. Public. */
export async function searchComuni(
  call: Call,
  text: string,
  limit: number,
): Promise<{ comune: Comune; officeId: string | undefined }[]> {
  const found = await findComuni(call.database, text, { limit });
  const offices = await competentOffices(
    call.database,
    found.map(({ istatCode }) => istatCode),
  );
  return found.map((comune) => ({ comune, officeId: offices.get(comune.istatCode) }));
}
