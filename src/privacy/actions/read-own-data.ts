import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { ownRow, type Section, sectionsOf } from '../store/own-data.ts';
import { personInSight } from './person-in-sight.ts';

/** All that is held about somebody at a moment. */
export interface OwnData {
  readonly personId: string;
  readonly madeAt: Instant;
  readonly sections: readonly Section[];
}

/**
 * A copy of all that is held about a person (GDPR art. 15 and 20), for themselves, or for the staff
 * whom they ask. That it was taken leaves a trace. Documents that came with justifications are named;
 * the files are had from the office. @throws {Problem} 401, 403, 404
 */
export async function readOwnData(call: Call, personId: string): Promise<OwnData> {
  const person = await personInSight(call, personId);
  const own = await ownRow(call.database, person.id);
  if (!own) throw notFound();
  const { record, taxCodeCipher } = own;
  const taxCode =
    taxCodeCipher === null ? {} : { tax_code: await call.secrets.open(taxCodeCipher) };
  const sections = await sectionsOf(call.database, person.id);
  await audit(call.database, call, {
    action: 'disclose-personal-data',
    subjectKind: 'person',
    subjectId: person.id,
  });
  return {
    personId: person.id,
    madeAt: call.clock.now(),
    sections: [{ name: 'person', records: [{ ...record, ...taxCode }] }, ...sections],
  };
}
