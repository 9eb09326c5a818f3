import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { signatureRefused } from '../problems.ts';
import { isSigned, type SignedRequest } from '../signature.ts';

/**
 * Lets a carrier report, which is no actor of ours and is known by its signature alone.
 * @throws {Problem} 404 where no secret is configured; 401 when it is not signed with it
 */
export async function authoriseReport(call: Call, request: SignedRequest): Promise<void> {
  const { deliveryKey } = call.config;
  if (deliveryKey === undefined) throw notFound();
  if (!(await isSigned(deliveryKey, request, call.clock.now()))) throw signatureRefused();
}
