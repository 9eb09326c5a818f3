import { z } from 'zod';
import { readOwnPerson } from '../../identity/actions/read-own-person.ts';
import type { Address } from '../../network/competence.ts';
import { civicNumber } from '../../network/rules/street.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import type { Point } from '../../reference/distance.ts';

const COOKIE = '__Host-domicilio';
const SECONDS = 2 * 3600;

const schema = z.union([
  z.object({
    comune: z.string().length(6),
    street: z.string().max(100),
    number: z.string().max(20),
  }),
  z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
]);

/** Where somebody lives, as they typed it, or about where they are. */
type Whereabouts = z.infer<typeof schema>;
export type Domicile = Extract<Whereabouts, { comune: string }>;

/** Remembers on this device, sealed, where the reader lives or is: addresses of pages never say. */
export function keepWhereabouts(c: AppContext, whereabouts: Whereabouts): Promise<void> {
  return keepSealed(c, COOKIE, whereabouts, SECONDS);
}

export function forgetWhereabouts(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** Where the reader lives: as they said on this device, else as their own record has it. */
export async function knownDomicile(c: AppContext): Promise<Domicile | undefined> {
  return (await keptDomicile(c)) ?? recorded(c);
}

/**
 * Where the reader lives, for what only their own Cpi gives: of who is signed in their record decides,
 * and what they said on this device adds the street.
 */
export async function entitlingDomicile(c: AppContext): Promise<Domicile | undefined> {
  const [kept, own] = [await keptDomicile(c), await recorded(c)];
  return own === undefined || own.comune === kept?.comune ? kept : own;
}

async function keptDomicile(c: AppContext): Promise<Domicile | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  return kept && 'comune' in kept ? kept : undefined;
}

async function recorded(c: AppContext): Promise<Domicile | undefined> {
  const call = callOf(c);
  if (call.actor.kind !== 'jobseeker') return undefined;
  const { domicile } = await readOwnPerson(call);
  return domicile === undefined ? undefined : { comune: domicile, street: '', number: '' };
}

/** About where the reader is, if that is what they searched around last. */
export async function knownPoint(c: AppContext): Promise<Point | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  return kept && 'latitude' in kept ? kept : undefined;
}

/** The street as it is looked up; undefined without one. */
export function addressOf({ street, number }: Domicile): Address | undefined {
  if (street === '') return undefined;
  const civic = civicNumber(number);
  return civic === undefined ? { street } : { street, number: civic };
}
