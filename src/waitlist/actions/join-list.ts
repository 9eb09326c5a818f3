import { bookingCode } from '../../booking/rules/code.ts';
import type { Service } from '../../booking/service.ts';
import { serviceById } from '../../booking/store/services.ts';
import { meetPerson } from '../../identity/actions/meet-person.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { PersonDetails } from '../../identity/person.ts';
import { personById } from '../../identity/store.ts';
import { competentOffice, listOffices, type OfficeSummary } from '../../network/store.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { fault, unknownAmong } from '../../platform/faults.ts';
import { forbidden, invalid } from '../../platform/problem.ts';
import { distanceKm } from '../../reference/distance.ts';
import { comuneByCode } from '../../reference/store.ts';
import type { Deadline, Wish } from '../entry.ts';
import { joinedNotices } from '../notices.ts';
import { alreadyWaiting, noWaitingList } from '../problems.ts';
import { hasSuchDay } from '../rules/fit.ts';
import { entryById, writeEntry } from '../store/entries.ts';
import { entryToChange, type OpenedEntry } from './look-up-entry.ts';

/** Offices named one by one, or those around a comune, its competent Cpi always among them. */
export type Where =
  | { readonly officeIds: readonly string[] }
  | { readonly comune: string; readonly withinKm: number };

export interface Joining {
  readonly serviceId: string;
  readonly where: Where;
  readonly when: Omit<Wish, 'officeIds'>;
  /** Who waits. A signed-in jobseeker is themselves: then only contact details are read. */
  readonly person?: PersonDetails;
  /** By when the meeting is due; only staff may say so. */
  readonly deadline?: Deadline;
}

/** Offices that one entry may name. */
const MAX_OFFICES = 100;

const NO_SUCH_DAY = {
  it: 'Nessun giorno del periodo cade in questi giorni della settimana.',
  en: 'No day of the period falls on these weekdays.',
};

/**
 * Puts a person on the waiting list of a service, whether they have an appointment or not.
 * @throws {Problem} 401, 403; 404; 409 already waiting, or the service keeps no list; 422
 */
export async function joinList(call: Call, wanted: Joining): Promise<OpenedEntry> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const service = await serviceById(call.database, wanted.serviceId);
  if (!service) throw unknownAmong(call.locale, { '/service_id': service });
  if (!service.waitingList) throw noWaitingList();
  const staff = call.actor.kind !== 'anonymous' && call.actor.kind !== 'jobseeker';
  if (wanted.deadline && !staff) throw forbidden();
  const now = call.clock.now();
  if (wanted.when.toDay < dayOf(now)) {
    throw invalid({ errors: [fault('/to', 'past', call.locale)] });
  }
  if (!hasSuchDay(wanted.when, dayOf(now)))
    throw invalid({ errors: [{ pointer: '/weekdays', detail: NO_SUCH_DAY[call.locale] }] });
  const offices = await officesFor(call, service, wanted);
  const id = call.ids();
  await transactionWithRetry(call.database, async (transaction) => {
    const person = await meetPerson(transaction, call, wanted.person, {
      taxCode: service.taxCodeRequired,
    });
    const { fromDay, toDay, weekdays, parts } = wanted.when;
    const written = await writeEntry(transaction, {
      id,
      code: bookingCode(crypto.getRandomValues(new Uint8Array(10))),
      personId: person.id,
      serviceId: service.id,
      contactEmail: person.email ?? null,
      contactPhone: person.phone ?? null,
      alsoBy: person.alsoBy ?? null,
      locale: call.locale,
      officeIds: offices.map((office) => office.id),
      fromDay,
      toDay,
      weekdays: [...weekdays],
      parts: [...parts],
      deadline: wanted.deadline?.day ?? null,
      deadlineKind: wanted.deadline?.kind ?? null,
      joinedAt: now,
      state: 'waiting',
      updatedAt: now,
    });
    if (!written) throw alreadyWaiting();
    const entry = (await entryById(transaction, id))!;
    await enqueue(transaction, call, ...joinedNotices(entry));
    await audit(transaction, call, {
      action: 'join-waiting-list',
      subjectKind: 'waiting-entry',
      subjectId: id,
      detail: { service: service.code, offices: offices.map((office) => office.code) },
    });
  });
  const entry = (await entryById(call.database, id))!;
  return entryToChange({ ...call, actor: { kind: 'system', task: 'join-list' } }, { id: entry.id });
}

/**
 * The offices that a wish means, the nearest first.
 * @throws {Problem} 403 not for this person or office; 422 none
 */
export async function officesFor(
  call: Call,
  service: Service,
  wanted: Pick<Joining, 'where' | 'person'>,
): Promise<OfficeSummary[]> {
  const { where } = wanted;
  const all = await listOffices(call.database);
  const own = await ownOffice(call, wanted);
  const found =
    'officeIds' in where
      ? all.filter(({ id }) => where.officeIds.includes(id))
      : await around(call, all, where, own);
  if (found.length === 0 || ('officeIds' in where && found.length < new Set(where.officeIds).size))
    throw invalid({ errors: [fault('/where/office_ids', 'unknown', call.locale)] });
  const { actor } = call;
  const allowed = found.filter((office) => {
    if (actor.kind === 'operator') return actor.officeIds.includes(office.id);
    if (actor.kind === 'administrator' || actor.kind === 'system') return true;
    return (
      service.audience === 'anyone' || (service.audience === 'own_cpi' && office.id === own?.id)
    );
  });
  if (allowed.length === 0) throw forbidden();
  return allowed.slice(0, MAX_OFFICES);
}

/** The competent Cpi of the person, by what is known of their domicile or what they say of it. */
async function ownOffice(
  call: Call,
  wanted: Pick<Joining, 'where' | 'person'>,
): Promise<OfficeSummary | undefined> {
  const { actor } = call;
  const known =
    actor.kind === 'jobseeker'
      ? (await personById(call.database, actor.personId))?.domicile
      : undefined;
  const said = 'comune' in wanted.where ? wanted.where.comune : undefined;
  const domicile = known ?? wanted.person?.domicile ?? said;
  return domicile === undefined ? undefined : competentOffice(call.database, domicile);
}

async function around(
  call: Call,
  all: readonly OfficeSummary[],
  where: { readonly comune: string; readonly withinKm: number },
  own: OfficeSummary | undefined,
): Promise<OfficeSummary[]> {
  const comune = await comuneByCode(call.database, where.comune);
  const centre = comune?.point;
  if (!centre) throw invalid({ errors: [fault('/where/comune', 'unknownComune', call.locale)] });
  const km = (office: OfficeSummary) => distanceKm(centre, office.point);
  const near = all.filter((office) => km(office) <= where.withinKm || office.id === own?.id);
  return near.sort((a, b) => km(a) - km(b));
}
