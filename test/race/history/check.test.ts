import { describe, expect, test } from 'vitest';
import { faultsOf } from './check.ts';
import { freeTimeFaults, type OperatorDay } from './free-time.ts';
import { idOf } from './plan.ts';
import type { Operation, Records, Seen, Sent, Setting, Verb, Wanted } from './record.ts';

const MINUTE = 60_000;
const NINE = Date.parse('2027-03-25T09:00:00+01:00');
const TEN = NINE + 60 * MINUTE;
const NOON = NINE + 180 * MINUTE;

const setting: Setting = {
  services: [
    {
      id: 'talk',
      skill: 'talk',
      before: 0,
      duration: 30 * MINUTE,
      after: 0,
      releaseDelay: 0,
      operators: 1,
    },
  ],
  operators: [
    { id: 'ada', officeId: 'here', skills: ['talk'] },
    { id: 'eva', officeId: 'here', skills: ['talk'] },
  ],
  speed: 1,
  givingBackMs: 0,
  epoch: NINE - 86_400_000,
  began: 0,
};

type Kept = Records['appointments'][number];
type Audited = Records['audit'][number];
type Change = Partial<{ -readonly [K in keyof Records]: Records[K] }>;

/** Ten milliseconds each, one after the other unless told otherwise. */
let clock = 0;
const asked = (
  verb: Verb,
  subjectId: string,
  wanted: Operation['wanted'],
  seen?: Seen,
  id = idOf(1, ++made),
): Operation => {
  const began = clock;
  clock += 20;
  return { id, verb, subjectId, wanted, began, ended: began + 10, answer: { kind: 'done', seen } };
};
let made = 0;
const at = (
  state: string,
  startsAt: number,
  operatorId: string,
  version: number,
): Required<Seen> => ({ state, startsAt, officeId: 'here', operatorId, version });
const wish = (startsAt: number, email: string): Wanted => ({
  serviceId: 'talk',
  officeId: 'here',
  startsAt,
  email,
});
const row = ({ id }: Operation, action: string, subjectId: string, detail = {}): Audited => ({
  correlationId: id,
  action,
  subjectId,
  detail,
});
const kept = (id: string, seen: Required<Seen>, more: Partial<Kept> = {}): Kept => ({
  id,
  ...seen,
  serviceId: 'talk',
  endsAt: seen.startsAt + 30 * MINUTE,
  personId: `person ${id}`,
  expiresAt: null,
  updatedAt: 0,
  ...more,
});
const taken = (appointmentId: string, resourceId: string, from: number, releasesAt?: number) => ({
  appointmentId,
  resourceId,
  during: [from, from + 30 * MINUTE] as const,
  releasesAt: releasesAt ?? null,
});
let written = 0;
const told = (subjectId: string, kind: string, startsAt: number, state = 'sent') => ({
  id: `notice ${++written}`,
  subjectId,
  kind,
  state,
  startsAt,
});

// Rosa has nine with Ada; Lina had nine with Eva, moved to ten and cancelled. Pia kept ten with Ada
// and confirmed it. Gina waits, was offered noon and took it. Ida had noon with Eva, lost it when Eva
// was away, and got it back.
const [rosa, lina, pia, gina, ida] = [1, 2, 3, 4, 5].map((n) => idOf(0, n)) as [
  string,
  string,
  string,
  string,
  string,
];
const offer = idOf(9, 1);
const noon = idOf(9, 1, 1);
const away = idOf(9, 2);

const bookRosa = asked('book', rosa, wish(NINE, 'rosa@'), at('confirmed', NINE, 'ada', 1), rosa);
const bookLina = asked('book', lina, wish(NINE, 'lina@'), at('confirmed', NINE, 'eva', 1), lina);
const moveLina = asked(
  'move',
  lina,
  { startsAt: TEN, officeId: 'here' },
  at('confirmed', TEN, 'eva', 2),
);
const cancelLina = asked('cancel', lina, {}, at('cancelled', TEN, 'eva', 3));
const holdPia = asked('hold', pia, wish(TEN, ''), undefined, pia);
const confirmPia = asked('confirm', pia, { email: 'pia@' }, at('confirmed', TEN, 'ada', 1));
const joinGina = asked('join', gina, {}, undefined, gina);
const offerGina = asked('tick', 'settleWaiting', {}, undefined, offer);
const acceptGina = asked('accept', offer, {});
const bookIda = asked('book', ida, wish(NOON, 'ida@'), at('confirmed', NOON, 'eva', 1), ida);
const closeEva = asked('close', away, {}, undefined, away);
const openEva = asked('reopen', away, {});

const operations: Operation[] = [
  bookRosa,
  bookLina,
  moveLina,
  cancelLina,
  holdPia,
  confirmPia,
  joinGina,
  offerGina,
  acceptGina,
  bookIda,
  closeEva,
  openEva,
];

const records: Records = {
  now: NINE - 86_400_000,
  appointments: [
    kept(rosa, at('confirmed', NINE, 'ada', 1)),
    kept(lina, at('cancelled', TEN, 'eva', 3)),
    kept(pia, at('confirmed', TEN, 'ada', 1)),
    kept(noon, at('confirmed', NOON, 'ada', 1)),
    kept(ida, at('confirmed', NOON, 'eva', 3)),
  ],
  occupied: [
    taken(rosa, 'ada', NINE),
    taken(pia, 'ada', TEN),
    taken(noon, 'ada', NOON),
    taken(ida, 'eva', NOON),
  ],
  audit: [
    row(bookRosa, 'book-appointment', rosa),
    row(bookLina, 'book-appointment', lina),
    row(moveLina, 'move-appointment', lina),
    row(cancelLina, 'cancel-appointment', lina),
    row(confirmPia, 'book-appointment', pia, { held: true }),
    row(joinGina, 'join-waiting-list', gina),
    row(offerGina, 'offer-time', gina, { offer }),
    row(acceptGina, 'accept-offer', gina, { offer, appointment: noon, moved: false }),
    row(bookIda, 'book-appointment', ida),
    row(closeEva, 'make-closure', away),
    row(closeEva, 'displace-appointment', ida),
    row(openEva, 'withdraw-closure', away),
    row(openEva, 'restore-appointment', ida),
  ],
  notices: [
    told(rosa, 'appointment-confirmed', NINE),
    told(rosa, 'appointment-reminder', NINE, 'waiting'),
    told(lina, 'appointment-confirmed', NINE),
    told(lina, 'appointment-moved', TEN),
    told(lina, 'appointment-cancelled', TEN),
    told(lina, 'appointment-reminder', TEN, 'dropped'),
    told(pia, 'appointment-confirmed', TEN),
    told(gina, 'waiting-joined', 0),
    told(gina, 'waiting-offer', NOON),
    told(noon, 'appointment-confirmed', NOON),
    told(ida, 'appointment-confirmed', NOON),
    told(ida, 'appointment-displaced', NOON),
    told(ida, 'appointment-restored', NOON),
  ],
  entries: [{ id: gina, state: 'served' }],
  offers: [
    {
      id: offer,
      entryId: gina,
      freedId: 'freed',
      heldBy: noon,
      officeId: 'here',
      startsAt: NOON,
      state: 'accepted',
    },
  ],
  closures: [
    {
      id: away,
      kind: 'closure',
      state: 'withdrawn',
      officeId: 'here',
      operatorId: 'eva',
      during: [NOON, NOON + 60 * MINUTE],
      createdAt: NINE - 86_400_000,
      items: [{ appointmentId: ida, outcome: 'displace', settledAt: 0 }],
    },
  ],
};

const sent: Sent[] = [{ id: records.notices[0]!.id, leased: 0, at: 5 }];

/** What is found when the end, or what was asked, was otherwise. */
const found = (change: Change = {}, more: readonly Operation[] = operations) =>
  faultsOf(more, { ...records, ...change }, setting).join('\n');
const changed = <T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  change: Partial<T>,
) => list.map((one) => (one.id === id ? { ...one, ...change } : one));
const appointment = (id: string, change: Partial<Kept>) => ({
  appointments: changed(records.appointments, id, change),
});
const withoutAudit = (action: string) => ({
  audit: records.audit.filter((one) => one.action !== action),
});
const later = (operation: Operation, answer: Operation['answer']): Operation => ({
  ...operation,
  id: idOf(2, ++made),
  began: clock,
  ended: answer.kind === 'lost' ? Number.POSITIVE_INFINITY : clock + 10,
  answer,
});

describe('the checker of histories', () => {
  test('finds nothing in a history that is right', () => {
    expect(faultsOf(operations, records, setting)).toEqual([]);
  });

  test('finds two appointments at one time with one operator', () => {
    const nora = idOf(0, 9);
    const quarter = NINE + 15 * MINUTE;
    const second = asked(
      'book',
      nora,
      wish(quarter, 'nora@'),
      at('confirmed', quarter, 'ada', 1),
      nora,
    );
    const faults = found(
      {
        appointments: [...records.appointments, kept(nora, at('confirmed', quarter, 'ada', 1))],
        occupied: [...records.occupied, taken(nora, 'ada', quarter)],
        audit: [...records.audit, row(second, 'book-appointment', nora)],
        notices: [...records.notices, told(nora, 'appointment-confirmed', quarter)],
      },
      [...operations, second],
    );
    expect(faults).toContain('booked twice: ');
    expect(faults).toContain('booked twice for a while: ');
  });

  test('finds one that was double for a while, though cancelled before the end', () => {
    const withAda = operations.map((operation) =>
      operation.subjectId === lina && operation.answer.kind === 'done'
        ? {
            ...operation,
            answer: {
              kind: 'done' as const,
              seen: { ...operation.answer.seen!, operatorId: 'ada' },
            },
          }
        : operation,
    );
    expect(found(appointment(lina, { operatorId: 'ada' }), withAda)).toContain(
      'booked twice for a while',
    );
  });

  test('finds an acknowledged appointment that the database lost', () => {
    const without = <T extends { appointmentId?: string; subjectId?: string; id?: string }>(
      list: readonly T[],
    ) => list.filter((one) => ![one.appointmentId, one.subjectId, one.id].includes(rosa));
    const lost = {
      appointments: without(records.appointments),
      occupied: without(records.occupied),
      audit: without(records.audit),
      notices: without(records.notices),
    };
    expect(found(lost)).toContain(`no order explains ${rosa}`);
  });

  test('finds an acknowledged move, confirmation or restoration that the database forgot', () => {
    expect(found(appointment(lina, { startsAt: NINE }))).toContain(`no order explains ${lina}`);
    expect(found(appointment(pia, { state: 'held' }))).toContain(`no order explains ${pia}`);
    expect(found(appointment(ida, { state: 'displaced', version: 2 }))).toContain(
      `no order explains ${ida}`,
    );
  });

  test('finds an appointment that nobody asked for, and a hold that was refused', () => {
    const without = operations.filter(({ subjectId }) => subjectId !== rosa);
    const faults = found({}, without);
    expect(faults).toContain(`nobody asked for ${rosa}`);
    expect(faults).toContain(`made by nobody: ${rosa}`);
    expect(faults).toContain('audited, but asked by nobody');
    const refused = operations.map((one) =>
      one === holdPia
        ? { ...one, answer: { kind: 'refused' as const, problem: 'slot-taken' } }
        : one,
    );
    expect(found({}, refused)).toContain(`no order explains ${pia}`);
  });

  test('finds what was refused, but done', () => {
    const refused = operations.map((one) =>
      one === cancelLina
        ? { ...one, answer: { kind: 'refused' as const, problem: 'too-late-to-cancel' } }
        : one,
    );
    expect(found({}, refused)).toContain('refused, but done');
  });

  test('finds time that is held for what was cancelled, and a state without its time', () => {
    const swapped = records.occupied.map((one) =>
      one.appointmentId === rosa ? { ...one, appointmentId: lina } : one,
    );
    const faults = faultsOf(operations, { ...records, occupied: swapped }, setting);
    expect(faults.filter((fault) => fault.startsWith('state and time disagree'))).toHaveLength(2);
    const lapsing = records.occupied.map((one) => ({ ...one, releasesAt: NOON }));
    expect(found({ occupied: lapsing })).toContain('state and time disagree');
  });

  test('finds a change without its audit row, and one written twice', () => {
    const [first, ...rest] = records.audit;
    expect(found({ audit: rest })).not.toBe('');
    expect(found({ audit: [first!, ...records.audit] })).toContain('audited twice');
    expect(found(withoutAudit('displace-appointment'))).toContain(`no order explains ${ida}`);
  });

  test('finds a confirmation sent twice, one never sent, and one of nothing', () => {
    const [first, ...rest] = records.notices;
    expect(found({ notices: [first!, ...records.notices] })).toContain(
      `${rosa}: 2 of appointment-confirmed, not 1`,
    );
    const faults = found({ notices: rest });
    expect(faults).toContain(`${rosa}: 0 of appointment-confirmed, not 1`);
    expect(faults).toContain(`${rosa} is confirmed and nobody was told`);
    const dropped = changed(records.notices, first!.id, { state: 'dropped' });
    expect(found({ notices: dropped })).toContain(`${rosa} is confirmed and nobody was told`);
    const ghost = { ...first!, subjectId: 'ghost' };
    expect(found({ notices: [...records.notices, ghost] })).toContain(
      'told of an appointment that does not exist: ghost',
    );
  });

  test('finds a message that names another time than the one that is off', () => {
    const notices = records.notices.map((notice) =>
      notice.kind === 'appointment-cancelled' ? { ...notice, startsAt: NINE } : notice,
    );
    expect(found({ notices })).toContain('appointment-cancelled names another time');
  });

  test('finds a reminder of what was cancelled', () => {
    const notices = records.notices.map((notice) =>
      notice.state === 'dropped' ? { ...notice, state: 'waiting' } : notice,
    );
    expect(found({ notices })).toContain(`${lina} will be called to mind wrongly`);
  });

  test('finds a message sent unpromised, twice while in hand, and one said to be sent', () => {
    const sending = (list: readonly Sent[]) =>
      faultsOf(operations, records, setting, list).join('\n');
    const sentAll = records.notices.map(({ id }) => ({ id, leased: 0, at: 5 }));
    expect(sending(sentAll)).toBe('');
    expect(sending(sent)).toContain('recorded as sent, but never sent');
    expect(sending([...sentAll, { ...sent[0]!, id: 'ghost' }])).toContain('never promised: ghost');
    expect(sending([...sentAll, { ...sent[0]!, leased: 50, at: 60 }])).toContain('sent again');
    const leaseOver = { ...sent[0]!, leased: 120_001, at: 120_002 };
    expect(sending([...sentAll, leaseOver])).toBe('');
  });

  test('finds somebody refused while an operator was free, but not while time was shut', () => {
    const refusal = { kind: 'refused', problem: 'slot-taken' } as const;
    const refused = later(
      { ...bookRosa, subjectId: idOf(0, 8), wanted: wish(NINE, 'nora@') },
      refusal,
    );
    expect(found({}, [...operations, refused])).toContain('refused although eva was free');
    const meanwhile = { ...refused, began: bookLina.began, ended: bookLina.ended };
    expect(found({}, [...operations, meanwhile])).toBe('');
    const shut = { ...refused, began: closeEva.began, ended: openEva.ended };
    const closures = changed(records.closures, away, { during: [NINE, TEN] });
    expect(found({ closures }, [...operations, shut])).toBe('');
  });

  test('finds one person with two open appointments for one service', () => {
    expect(found(appointment(pia, { personId: `person ${rosa}` }))).toContain(
      'open twice for one person',
    );
  });

  test('finds offers that keep no time, that several have, and that end in two ways', () => {
    const offers = changed(records.offers, offer, { state: 'open' });
    const faults = found({ offers });
    expect(faults).toContain('an open offer whose time nobody keeps');
    expect(faults).toContain('an open offer to one who served');
    expect(faults).toContain('an accepted offer is not');
    const twice = [...records.offers, { ...records.offers[0]!, id: 'other' }];
    expect(found({ offers: twice })).toContain('one time for several');
    expect(found({ offers: twice })).toContain('offered twice at once');
    const declined = later({ ...acceptGina, verb: 'decline' }, { kind: 'done' });
    expect(found({}, [...operations, declined])).toContain('a declined offer is not');
    expect(found({ entries: [] })).toContain('a place in line is gone');
    expect(found({ entries: [{ id: gina, state: 'waiting' }] })).toContain('accepted, but waiting');
    const notices = records.notices.filter(({ kind }) => kind !== 'waiting-offer');
    expect(found({ notices })).toContain('1 offers, told of 0');
  });

  test('finds somebody inside a closure, somebody forgotten, and a closure that came back', () => {
    const standing = {
      closures: changed(records.closures, away, { state: 'done', items: [] }),
      ...withoutAudit('withdraw-closure'),
    };
    const faults = found(standing);
    expect(faults).toContain('inside a closure');
    expect(faults).toContain('taken back, but still shut');
    const items = [{ appointmentId: ida, outcome: null, settledAt: null }];
    expect(found({ closures: changed(records.closures, away, { items }) })).toContain(
      'not seen to',
    );
    const keeping = [{ appointmentId: ida, outcome: 'keep', settledAt: 0 }];
    expect(
      found({
        ...standing,
        closures: changed(records.closures, away, { state: 'done', items: keeping }),
      }),
    ).not.toContain('inside a closure');
  });

  test('finds a visit of which only a part was booked', () => {
    const parts = [wish(NINE, 'rosa@'), wish(TEN, 'rosa@')];
    const visit = operations.map(
      (one): Operation => (one === bookRosa ? { ...one, verb: 'visit', wanted: { parts } } : one),
    );
    expect(found({}, visit)).toContain('a visit in part');
  });

  test('a swap of operators is followed, and found when it was for nothing', () => {
    const swap = row(bookIda, 're-seat-appointment', rosa, { from: 'ada', to: 'eva' });
    const swapped = {
      ...appointment(rosa, { operatorId: 'eva' }),
      occupied: records.occupied.map((one) =>
        one.appointmentId === rosa ? { ...one, resourceId: 'eva' } : one,
      ),
    };
    expect(found({ ...swapped, audit: [...records.audit, swap] })).toBe('');
    expect(found(swapped)).toContain(`no order explains ${rosa}`);
    const nothing = { ...swap, correlationId: joinGina.id };
    expect(found({ ...swapped, audit: [...records.audit, nothing] })).toContain(
      'audited as something else',
    );
  });

  test('an answer that never came may have happened, wholly or not at all', () => {
    const lost = later(
      { ...moveLina, subjectId: rosa, wanted: { startsAt: TEN, officeId: 'here' } },
      { kind: 'lost', why: 'killed' },
    );
    expect(found({}, [...operations, lost])).toBe('');
    const half = { audit: [...records.audit, row(lost, 'move-appointment', rosa)] };
    expect(found(half, [...operations, lost])).toContain(`no order explains ${rosa}`);
  });

  test('what was kept and not confirmed may lapse, but is not booked by itself', () => {
    const without = {
      audit: records.audit.filter(({ subjectId }) => subjectId !== pia),
      notices: records.notices.filter(({ subjectId }) => subjectId !== pia),
    };
    const asked = operations.filter((one) => one !== confirmPia);
    const lapsed = {
      ...without,
      ...appointment(pia, { state: 'expired', version: 2, personId: null }),
      occupied: records.occupied.filter(({ appointmentId }) => appointmentId !== pia),
    };
    expect(found(lapsed, asked)).toBe('');
    expect(found(without, asked)).toContain(`no order explains ${pia}`);
  });
});

describe('free time reckoned minute by minute', () => {
  const day: OperatorDay = {
    operatorId: 'ada',
    day: '2027-03-25',
    open: [[NINE, NINE + 240 * MINUTE]],
    closed: [[TEN, TEN + 30 * MINUTE]],
    occupied: [[NINE, NINE + 30 * MINUTE]],
    free: [
      [NINE + 30 * MINUTE, TEN],
      [TEN + 30 * MINUTE, NINE + 240 * MINUTE],
    ],
  };

  test('agrees with what is right', () => {
    expect(freeTimeFaults([day])).toEqual([]);
  });

  test('finds a minute too much, a minute too little, and a day forgotten', () => {
    const [morning, later] = day.free as [[number, number], [number, number]];
    const more = [[morning[0] - MINUTE, morning[1]], later] as const;
    const less = [[morning[0] + MINUTE, morning[1]], later] as const;
    expect(freeTimeFaults([{ ...day, free: more }])).toHaveLength(1);
    expect(freeTimeFaults([{ ...day, free: less }])).toHaveLength(1);
    expect(freeTimeFaults([{ ...day, free: [] }])).toHaveLength(1);
  });
});
