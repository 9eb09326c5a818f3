import { deriveDays } from '../../booking/actions/rebuild-free-time.ts';
import { lastFreeDay } from '../../booking/store/free-time.ts';
import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import type { ClosureKind } from '../../network/rules/absence.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import {
  DAY,
  dayOf,
  type Interval,
  type IsoDate,
  midnight,
  toRfc3339,
} from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { planChanged, scopeRefused } from '../problems.ts';
import { judgeScope } from '../rules/scope.ts';
import {
  type Disruption,
  disruptionById,
  insertClosure,
  insertDisruption,
  lockOffice,
  sameDisruption,
} from '../store/disruptions.ts';
import { operatorsOf, type Scope } from '../store/hits.ts';
import type { Fate } from '../table.ts';
import { carryOut } from './carry-out.ts';
import { type Intent, type PlannedItem, planned } from './preview-disruption.ts';

/** What whoever looked at the preview decided about one appointment. */
export const CHOICES = ['proposal', 'keep', 'displace', 'revoke'] as const;
export type Choice = (typeof CHOICES)[number];

export interface Applying extends Intent {
  /** Told to the people it concerns. */
  readonly reason: string;
  /** Why somebody is away, for the office alone; `closure` when nothing is said. */
  readonly absence?: ClosureKind;
  /** Of the preview that was confirmed. */
  readonly token: string;
  /** By appointment; the proposal where nothing is said. */
  readonly choices?: Readonly<Record<string, Choice>>;
  /** For those of whom nothing is said; the proposal when absent. */
  readonly otherwise?: Choice | undefined;
}

/** Milliseconds of a request that go into seeing to people; the rest is done by the minute's task. */
export const WITHIN_REQUEST_MS = 2000;

/**
 * Shuts the time, or calls off what was made in it, exactly as previewed. The closure, and what is
 * to be done about each appointment, are written in one transaction that first waits for bookings
 * under way: nobody can slip in between. People are then seen to one by one, and whoever goes on
 * after a crash finds what is left. Applying the same again changes nothing and tells nobody.
 * @throws {Problem} 401, 403, 404; 409 the preview is out of date; 422 the period
 */
export async function applyDisruption(call: Call, wanted: Applying): Promise<Disruption> {
  authoriseOffice(call.actor, wanted.officeId);
  if (judgeScope(wanted.during, call.clock.now())) throw scopeRefused();
  const id = await transactionWithRetry(call.database, (transaction) =>
    write(call, transaction, wanted),
  );
  await carryOut(call, id, call.clock.now() + WITHIN_REQUEST_MS);
  return (await disruptionById(call.database, id))!;
}

async function write(call: Call, transaction: Database, wanted: Applying): Promise<string> {
  const now = call.clock.now();
  const inside = { ...call, database: transaction };
  await lockOffice(transaction, wanted.officeId);
  const same = await sameDisruption(transaction, wanted.kind, wanted);
  if (same && wanted.kind === 'closure') return same.id;

  const closureId = wanted.kind === 'closure' ? call.ids() : undefined;
  if (closureId !== undefined) {
    await insertClosure(transaction, {
      ...wanted,
      id: closureId,
      kind: wanted.absence ?? 'closure',
    });
    await rebuildScope(inside, wanted);
  }
  const preview = await planned(inside, wanted);
  const nobody = preview.items.length === 0 && preview.holds.length === 0;
  if (same && nobody) return same.id;
  if (preview.token !== wanted.token) throw planChanged();

  const id = call.ids();
  await insertDisruption(transaction, {
    id,
    kind: wanted.kind,
    officeId: wanted.officeId,
    operatorId: wanted.operatorId,
    during: wanted.during,
    reason: wanted.reason,
    closureId,
    madeBy: actorId(call.actor),
    now,
    items: [
      ...preview.items.map((item) =>
        decided(item, wanted.choices?.[item.hit.id] ?? wanted.otherwise),
      ),
      ...preview.holds.map((hold) => ({
        appointmentId: hold.id,
        // For whoever confirms it before it is let go.
        fate: wanted.kind === 'closure' ? ('displace' as const) : ('revoke' as const),
        seat: undefined,
      })),
    ],
  });
  await audit(transaction, call, {
    action: wanted.kind === 'closure' ? 'make-closure' : 'revoke-appointments',
    subjectKind: 'disruption',
    subjectId: id,
    detail: {
      office: preview.office.code,
      operator: wanted.operatorId,
      from: toRfc3339(wanted.during.start),
      to: toRfc3339(wanted.during.end),
      appointments: preview.items.length,
      holds: preview.holds.length,
      sessions: preview.sessions.length,
    },
  });
  return id;
}

function decided({ hit, fate, seat }: PlannedItem, choice: Choice = 'proposal') {
  const final: Fate = choice === 'proposal' ? fate : choice;
  return { appointmentId: hit.id, fate: final, seat: final === 'reseat' ? seat : undefined };
}

/** Derives anew the days that a closure touches, as far as free time is kept at all. */
export async function rebuildScope(call: Call, scope: Scope): Promise<void> {
  const last = await lastFreeDay(call.database);
  const today = dayOf(call.clock.now());
  const days = daysOf(scope.during).filter((day) => day >= today && day <= (last ?? ''));
  const operatorIds =
    scope.operatorId === undefined
      ? (await operatorsOf(call.database, scope.officeId)).map(({ id }) => id)
      : [scope.operatorId];
  if (operatorIds.length > 0) await deriveDays(call, { days, operatorIds });
}

function daysOf({ start, end }: Interval): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = dayOf(start); midnight(day) < end; day = dayOf(midnight(day) + 1.5 * DAY))
    days.push(day);
  return days;
}
