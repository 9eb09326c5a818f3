import type { Actor, ActorKind, ActorOf } from '../platform/actor.ts';
import { forbidden, signInRequired } from '../platform/problem.ts';

/**
 * Lets only the named kinds of actor pass. An anonymous one is asked to sign in, any other is
 * refused. @throws {Problem} 401 or 403
 */
export function authorise<K extends ActorKind>(
  actor: Actor,
  ...allowed: readonly K[]
): asserts actor is ActorOf<K> {
  if ((allowed as readonly string[]).includes(actor.kind)) return;
  throw actor.kind === 'anonymous' ? signInRequired() : forbidden();
}

/** Whether somebody asks for themselves, signed in or not: neither the staff nor a task of ours. */
export const isPublic = ({ kind }: Actor): boolean => kind === 'anonymous' || kind === 'jobseeker';

/** An operator acts on the offices of their own; administrators and the system on each. */
export function authoriseOffice(actor: Actor, officeId: string): void {
  authorise(actor, 'operator', 'administrator', 'system');
  if (actor.kind === 'operator' && !actor.officeIds.includes(officeId)) throw forbidden();
}
