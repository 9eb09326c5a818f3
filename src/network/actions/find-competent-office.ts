import type { Call } from '../../platform/call.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { comuneByCode } from '../../reference/store.ts';
import { type Address, type Competence, competence } from '../competence.ts';

/**
 * The office that serves who lives at an address; where streets do not matter, at any of the
 * comune. Public. @throws {Problem} 404 unknown comune
 */
export async function findCompetentOffice(
  call: Call,
  istatCode: string,
  address?: Address,
): Promise<Competence> {
  const comune = await comuneByCode(call.database, istatCode);
  if (!comune) throw unknownAmong(call.locale, { '/comune': comune });
  return competence(call.database, comune.istatCode, address);
}
