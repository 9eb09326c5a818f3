import { faultOfChannel } from '../../identity/also-by.ts';
import { isPublic } from '../../identity/authorise.ts';
import { identityKey, type PersonDetails } from '../../identity/person.ts';
import { type KnownPerson, personById } from '../../identity/store.ts';
import { competence } from '../../network/competence.ts';
import type { OfficeSummary } from '../../network/store.ts';
import type { Reach } from '../../notices/reach.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { fault } from '../../platform/faults.ts';
import { forbidden, invalid, signInRequired } from '../../platform/problem.ts';
import { comuneByCode } from '../../reference/store.ts';
import {
  noOwnOperator,
  notBookedAlone,
  ownOfficeOnly,
  serviceLimit,
  tooManyOpen,
} from '../problems.ts';
import { isTooMany } from '../rules/limit.ts';
import type { Service } from '../service.ts';
import { openAppointmentsOf, operatorOf, startsNear } from '../store/appointments.ts';
import type { PersonToWrite } from '../store/claims.ts';

/** Who an appointment is for, with contact details. */
export interface Comer extends PersonDetails {
  /** Set when the person is already known, by their own session or to the staff. */
  readonly known: KnownPerson | undefined;
}

/** Whom the caller books for: details they gave, or a person they name. */
export interface Named {
  readonly person?: PersonDetails;
  /** A person already known; only staff and the system may name one. */
  readonly personId?: string;
  /** A signed-in jobseeker books for somebody of their family, named in `person`. */
  readonly forAnother?: boolean;
}

/**
 * Who comes. A signed-in jobseeker books for themselves: then only contact details are read.
 * @throws {Problem} 422 incomplete; 403 naming a person without being staff
 */
export async function whoComes(call: Call, wanted: Named, service: Service): Promise<Comer> {
  const said = wanted.person;
  const { actor } = call;
  const own = actor.kind === 'jobseeker' && !wanted.forAnother;
  const knownId = own ? actor.personId : wanted.personId;
  if (knownId !== undefined) {
    if (!own && isPublic(actor)) throw forbidden();
    const known = await personById(call.database, knownId);
    if (!known) throw forbidden();
    const phone = said?.phone ?? known.phone;
    const wrong =
      numberFault(call, service, phone) ??
      faultOfChannel(call, { alsoBy: said?.alsoBy, phone }, true);
    if (wrong) throw invalid({ errors: [wrong] });
    return {
      givenName: known.givenName,
      familyName: known.familyName,
      email: said?.email ?? known.email,
      phone,
      alsoBy: said?.alsoBy,
      taxCode: undefined,
      domicile: known.domicile,
      address: said?.address,
      known,
    };
  }
  const errors = [];
  if (!said) errors.push(fault('/person', 'required', call.locale));
  else {
    if (said.email === undefined && !(!isPublic(call.actor) && said.phone !== undefined)) {
      errors.push(fault('/person/email', 'required', call.locale));
    }
    const channel = numberFault(call, service, said.phone) ?? faultOfChannel(call, said, false);
    if (channel) errors.push(channel);
    if (service.taxCodeRequired && said.taxCode === undefined) {
      errors.push(fault('/person/tax_code', 'required', call.locale));
    }
    if (said.domicile !== undefined && !(await comuneByCode(call.database, said.domicile))) {
      errors.push(fault('/person/domicile', 'unknownComune', call.locale));
    }
  }
  if (!said || errors.length > 0) throw invalid({ errors });
  return { ...said, known: undefined };
}

/** Whom the office is to call must say where; of others the staff see to it. */
function numberFault(call: Call, { mode }: Service, phone: string | undefined) {
  if (mode !== 'phone' || phone !== undefined || !isPublic(call.actor)) return undefined;
  return fault('/person/phone', 'required', call.locale);
}

/** Where messages about an appointment go, from when it is made. */
export function reachOf(person: PersonToWrite): Reach {
  return {
    contactEmail: person.email,
    contactPhone: person.phone,
    alsoBy: person.alsoBy,
    person: { id: person.id },
  };
}

/** A person as a claim writes them: sealed, and with the key that finds them again. */
export async function asWritten(call: Call, comer: Comer): Promise<PersonToWrite> {
  const { known } = comer;
  return {
    id: known?.id ?? call.ids(),
    identityKey: known?.identityKey ?? (await identityKey(call.secrets, comer)),
    givenName: comer.givenName,
    familyName: comer.familyName,
    email: comer.email,
    phone: comer.phone,
    alsoBy: comer.alsoBy,
    taxCodeCipher: comer.taxCode && (await call.secrets.seal(comer.taxCode)),
    domicile: comer.domicile,
  };
}

/** @throws {Problem} 403 when the service, or the office, is not for this caller or person */
export async function checkAudience(
  call: Call,
  service: Service,
  office: OfficeSummary,
  { domicile, address }: Pick<PersonDetails, 'domicile' | 'address'>,
): Promise<void> {
  const { actor } = call;
  if (actor.kind === 'operator') {
    if (!actor.officeIds.includes(office.id)) throw forbidden();
    return;
  }
  if (actor.kind === 'administrator' || actor.kind === 'system' || service.audience === 'anyone')
    return;
  if (service.audience !== 'own_cpi') throw notBookedAlone();
  const own =
    domicile === undefined
      ? undefined
      : (await competence(call.database, domicile, address)).office;
  if (own?.id === office.id) return;
  throw ownOfficeOnly(own && { members: { own_office: { id: own.id, name: own.name } } });
}

/** @throws {Problem} 403 when people do not book the service by themselves */
export function checkBookable({ actor }: Call, { audience }: Service): void {
  if (isPublic(actor) && (audience === 'invited' || audience === 'staff')) throw notBookedAlone();
}

/** The operator who follows the caller; undefined when nobody does, or nobody is signed in. */
export async function operatorWhoFollows(call: Call): Promise<string | undefined> {
  const { actor } = call;
  return actor.kind === 'jobseeker' ? operatorOf(call.database, actor.personId) : undefined;
}

/** When the public asks, who do not see what is kept for the staff; undefined for the staff. */
export function publicAt(call: Call): Instant | undefined {
  return isPublic(call.actor) ? call.clock.now() : undefined;
}

/** The service as the caller may book it: notice is for the public, the desk has the person before it. */
export function noticeFor<T extends Pick<Service, 'minNoticeMinutes'>>(
  { actor }: Call,
  service: T,
): T {
  const atDesk = actor.kind === 'operator' || actor.kind === 'administrator';
  return atDesk ? { ...service, minNoticeMinutes: 0 } : service;
}

/**
 * The operator who follows the person, for services that only they may give; undefined for others.
 * @throws {Problem} 401 not signed in; 409 nobody follows the person yet
 */
export async function ownOperatorFor(
  call: Call,
  service: Service,
  personId: string | undefined,
): Promise<string | undefined> {
  if (!service.ownOperator) return undefined;
  if (personId === undefined) {
    if (call.actor.kind === 'anonymous') throw signInRequired();
    throw noOwnOperator();
  }
  const own = await operatorOf(call.database, personId);
  if (own === undefined) throw noOwnOperator();
  return own;
}

/**
 * The same for whoever searches: the signed-in jobseeker's own operator; staff see everybody's time.
 * @throws {Problem} 401 not signed in; 409 nobody follows the person yet
 */
export async function ownOperatorOfCaller(
  call: Call,
  service: Service,
): Promise<string | undefined> {
  if (!service.ownOperator) return undefined;
  const { actor } = call;
  if (actor.kind === 'anonymous') throw signInRequired();
  return actor.kind === 'jobseeker' ? ownOperatorFor(call, service, actor.personId) : undefined;
}

/**
 * The service's own limit of appointments of one person, staff aside. `except` is one that does not
 * count: the one that is moved, or that an earlier try of the same request made.
 * @throws {Problem} 409 when the person has as many within its days already
 */
export async function checkServiceLimit(
  call: Call,
  { id, limit }: Service,
  start: Instant,
  whose: { readonly comer?: Comer; readonly personId?: string; readonly except?: string },
): Promise<void> {
  if (limit === undefined || !isPublic(call.actor)) return;
  const { comer, personId, except } = whose;
  const key = comer && (comer.known?.identityKey ?? (await identityKey(call.secrets, comer)));
  const near = await startsNear(call.database, {
    serviceId: id,
    identityKey: key,
    personId,
    start,
    days: limit.days,
    except,
  });
  if (isTooMany(near, start, limit)) throw serviceLimit({ members: { limit } });
}

/**
 * Against hoarding: how many open appointments one e-mail address may have, staff aside.
 * @throws {Problem} 409 when the address has as many already
 */
export async function checkLimit(call: Call, email: string | undefined): Promise<void> {
  if (email === undefined || !isLimited(call, email)) return;
  refuseTooMany(call, email, await openAppointmentsOf(call.database, email, call.clock.now()));
}

/** The same for whoever knows already how many are `open`. @throws {Problem} 409 */
export function refuseTooMany(call: Call, email: string | undefined, open: number): void {
  if (email === undefined || !isLimited(call, email)) return;
  if (open >= call.config.maxOpenPerEmail) throw tooManyOpen();
}

function isLimited({ actor, config }: Call, email: string): boolean {
  if (!isPublic(actor)) return false;
  const domain = email.slice(email.indexOf('@'));
  return !config.unlimitedEmails.includes(email) && !config.unlimitedEmails.includes(domain);
}
