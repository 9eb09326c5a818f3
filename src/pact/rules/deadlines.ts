import { DateTime } from 'luxon';
import type { IsoDate } from '../../platform/clock.ts';
import type { Words } from '../../profiling/rules/model.ts';

/** What happened to a person, as far as it is known. */
export interface Milestones {
  readonly declaredOn: IsoDate | undefined;
  readonly benefit: 'none' | 'naspi' | 'dis_coll' | 'adi' | 'sfl';
  readonly benefitClaimedOn: IsoDate | undefined;
  /** Days on which the person and the Cpi met, in any order: contact, profile, signature. */
  readonly metOn: readonly IsoDate[];
  readonly lastProfiledOn: IsoDate | undefined;
}

export interface DeadlineRule {
  readonly code:
    | 'contact-after-did'
    | 'contact-after-claim'
    | 'telematic-profiling'
    | 'profile-update';
  readonly days: number;
  readonly name: Words;
  /** What follows when it passes. */
  readonly otherwise: Words;
  readonly source: string;
  readonly verified: boolean;
}

const DEADLINE_RULES: Record<DeadlineRule['code'], DeadlineRule> = {
  'contact-after-claim': {
    code: 'contact-after-claim',
    days: 15,
    name: {
      it: 'Chi ha chiesto Naspi o Dis-Coll si presenta al Cpi',
      en: 'Whoever claimed Naspi or Dis-Coll contacts the Cpi',
    },
    otherwise: { it: 'il Cpi convoca la persona', en: 'the Cpi summons the person' },
    source: 'D.Lgs. 150/2015 art. 21 c. 2',
    verified: false,
  },
  'contact-after-did': {
    code: 'contact-after-did',
    days: 30,
    name: {
      it: 'Dopo la Did la persona si presenta al Cpi per il patto',
      en: 'After the Did the person contacts the Cpi for the patto',
    },
    otherwise: { it: 'il Cpi convoca la persona', en: 'the Cpi summons the person' },
    source: 'D.Lgs. 150/2015 art. 20',
    verified: false,
  },
  'telematic-profiling': {
    code: 'telematic-profiling',
    days: 60,
    name: {
      it: 'Il Cpi convoca la persona dopo la registrazione',
      en: 'The Cpi summons the person after the registration',
    },
    otherwise: {
      it: 'la persona può chiedere la profilazione telematica',
      en: 'the person may ask for profiling online',
    },
    source: 'D.Lgs. 150/2015 art. 20',
    verified: false,
  },
  'profile-update': {
    code: 'profile-update',
    days: 90,
    name: { it: 'La classe di profilazione si aggiorna', en: 'The profiling class is updated' },
    otherwise: {
      it: 'il profilo va ricalcolato anche se i dati non sono cambiati',
      en: 'the profile is computed again even if the data did not change',
    },
    source: 'D.Lgs. 150/2015 art. 19 c. 6',
    verified: false,
  },
};

export interface Deadline {
  readonly rule: DeadlineRule;
  readonly startedOn: IsoDate;
  readonly dueOn: IsoDate;
  /** The day it was met, if it was. */
  readonly metOn: IsoDate | undefined;
  readonly state: 'met' | 'met_late' | 'running' | 'overdue';
  /** Days from `today` to `dueOn`; negative when past. */
  readonly daysLeft: number;
}

/** The clocks of the law that run or ran for a person: overdue first, then the next to expire. */
export function deadlinesOf(milestones: Milestones, today: IsoDate): Deadline[] {
  const { declaredOn, benefit, benefitClaimedOn, lastProfiledOn } = milestones;
  const meetings = [...milestones.metOn].sort();
  const claim = benefit === 'naspi' || benefit === 'dis_coll' ? benefitClaimedOn : undefined;
  const list: Deadline[] = [];
  const run = (code: DeadlineRule['code'], from: IsoDate | undefined, metOn?: IsoDate) => {
    if (from) list.push(deadline(DEADLINE_RULES[code], from, metOn, today));
  };
  // What happened before the clock started belongs to an earlier spell.
  const firstSince = (from: IsoDate | undefined) => from && meetings.find((day) => day >= from);
  // The claim counts as the Did and has the shorter clock: only one of the two runs.
  if (claim) run('contact-after-claim', claim, firstSince(claim));
  else run('contact-after-did', declaredOn, firstSince(declaredOn));
  const registered = declaredOn ?? claim;
  run('telematic-profiling', registered, firstSince(registered));
  run('profile-update', lastProfiledOn);
  const urgency = { overdue: 0, running: 1, met_late: 2, met: 3 };
  return list.sort((a, b) => urgency[a.state] - urgency[b.state] || a.daysLeft - b.daysLeft);
}

function deadline(
  rule: DeadlineRule,
  startedOn: IsoDate,
  metOn: IsoDate | undefined,
  today: IsoDate,
): Deadline {
  const due = day(startedOn).plus({ days: rule.days });
  const dueOn = due.toISODate() as IsoDate;
  const daysLeft = Math.round(due.diff(day(today), 'days').days);
  const state = metOn
    ? metOn <= dueOn
      ? 'met'
      : 'met_late'
    : daysLeft < 0
      ? 'overdue'
      : 'running';
  return { rule, startedOn, dueOn, metOn, state, daysLeft };
}

function day(date: IsoDate): DateTime {
  return DateTime.fromISO(date, { zone: 'utc' });
}
