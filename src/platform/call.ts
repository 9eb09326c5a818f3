import type { Actor } from './actor.ts';
import type { AppContext, Services } from './http.ts';
import type { Locale } from './locale.ts';

/** What every action is given: who asks, in which language, and the world it may touch. */
export interface Call extends Services {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly correlationId: string;
}

export function callOf(c: AppContext): Call {
  return {
    ...c.get('services'),
    actor: c.get('actor'),
    locale: c.get('locale'),
    correlationId: c.get('correlationId'),
  };
}

/** The call of a task that no person started: a scheduled run, a seed, a migration. */
export function systemCall(services: Services, task: string): Call {
  return {
    ...services,
    actor: { kind: 'system', task },
    locale: 'it',
    correlationId: services.ids(),
  };
}
