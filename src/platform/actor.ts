/** Who acts. Every write says so, and is allowed or refused on it. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'jobseeker'; readonly personId: string }
  | {
      readonly kind: 'operator';
      readonly operatorId: string;
      readonly officeIds: readonly string[];
    }
  | { readonly kind: 'planner'; readonly userId: string }
  | { readonly kind: 'administrator'; readonly userId: string }
  | { readonly kind: 'system'; readonly task: string };

export type ActorKind = Actor['kind'];
export type ActorOf<K extends ActorKind> = Extract<Actor, { kind: K }>;

export const ANONYMOUS: Actor = { kind: 'anonymous' };

/** The stable identifier that goes into the audit trail; undefined for the anonymous. */
export function actorId(actor: Actor): string | undefined {
  switch (actor.kind) {
    case 'anonymous':
      return undefined;
    case 'jobseeker':
      return actor.personId;
    case 'operator':
      return actor.operatorId;
    case 'system':
      return actor.task;
    default:
      return actor.userId;
  }
}
