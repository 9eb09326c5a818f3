import { describe, expect, test } from 'vitest';
import { faultsOf } from './check.ts';
import { freeTimeFaults, type OperatorDay } from './free-time.ts';
import type { Operation, Records, Setting } from './record.ts';

const MINUTE = 60_000;
const NINE = Date.parse('2027-03-25T09:00:00+01:00');
const TEN = NINE + 60 * MINUTE;

const setting: Setting = {
  services: [
    { id: 'talk', skill: 'talk', before: 0, duration: 30 * MINUTE, after: 0, releaseDelay: 0 },
  ],
  operators: [
    { id: 'ada', officeId: 'here', skills: ['talk'] },
    { id: 'eva', officeId: 'here', skills: ['talk'] },
  ],
  epoch: 0,
  began: 0,
  speed: 1,
};

const booked = (id: string, email: string, startsAt: number, operatorId: string, began: number) =>
  ({
    id: `book-${id}`,
    verb: 'book',
    appointmentId: id,
    wanted: { serviceId: 'talk', officeId: 'here', startsAt, email },
    began,
    ended: began + 10,
    answer: {
      kind: 'done',
      seen: { state: 'confirmed', startsAt, officeId: 'here', operatorId, version: 1 },
    },
  }) satisfies Operation;

/** Rosa has nine with Ada; Lina had nine with Eva, moved to ten and cancelled. */
const operations: Operation[] = [
  booked('rosa', 'rosa@', NINE, 'ada', 0),
  booked('lina', 'lina@', NINE, 'eva', 5),
  {
    id: 'move-lina',
    verb: 'move',
    appointmentId: 'lina',
    wanted: { startsAt: TEN, officeId: 'here' },
    began: 20,
    ended: 30,
    answer: {
      kind: 'done',
      seen: {
        state: 'confirmed',
        startsAt: TEN,
        officeId: 'here',
        operatorId: 'eva',
        version: 2,
      },
    },
  },
  {
    id: 'cancel-lina',
    verb: 'cancel',
    appointmentId: 'lina',
    wanted: {},
    began: 40,
    ended: 50,
    answer: {
      kind: 'done',
      seen: {
        state: 'cancelled',
        startsAt: TEN,
        officeId: 'here',
        operatorId: 'eva',
        version: 3,
      },
    },
  },
];

const appointment = {
  officeId: 'here',
  serviceId: 'talk',
  endsAt: 0,
  personId: null,
} as const;
const records: Records = {
  appointments: [
    {
      ...appointment,
      id: 'rosa',
      state: 'confirmed',
      startsAt: NINE,
      operatorId: 'ada',
      version: 1,
    },
    {
      ...appointment,
      id: 'lina',
      state: 'cancelled',
      startsAt: TEN,
      operatorId: 'eva',
      version: 3,
    },
  ],
  occupied: [
    {
      appointmentId: 'rosa',
      resourceId: 'ada',
      during: [NINE, NINE + 30 * MINUTE],
      releasesAt: null,
    },
  ],
  audit: [
    { correlationId: 'book-rosa', action: 'book-appointment', subjectId: 'rosa' },
    { correlationId: 'book-lina', action: 'book-appointment', subjectId: 'lina' },
    { correlationId: 'move-lina', action: 'move-appointment', subjectId: 'lina' },
    { correlationId: 'cancel-lina', action: 'cancel-appointment', subjectId: 'lina' },
  ],
  notices: [
    { subjectId: 'rosa', kind: 'appointment-confirmed', state: 'sent', startsAt: NINE },
    { subjectId: 'rosa', kind: 'appointment-reminder', state: 'waiting', startsAt: NINE },
    { subjectId: 'lina', kind: 'appointment-confirmed', state: 'sent', startsAt: NINE },
    { subjectId: 'lina', kind: 'appointment-moved', state: 'sent', startsAt: TEN },
    { subjectId: 'lina', kind: 'appointment-cancelled', state: 'sent', startsAt: TEN },
    { subjectId: 'lina', kind: 'appointment-reminder', state: 'dropped', startsAt: TEN },
  ],
};

const found = (operations: readonly Operation[], records: Records) =>
  faultsOf(operations, records, setting).join('\n');

describe('the checker of histories', () => {
  test('finds nothing in a history that is right', () => {
    expect(faultsOf(operations, records, setting)).toEqual([]);
  });

  test('finds two appointments at one time with one operator', () => {
    const second = booked('nora', 'nora@', NINE + 15 * MINUTE, 'ada', 60);
    const wrong: Records = {
      appointments: [
        ...records.appointments,
        { ...appointment, id: 'nora', ...second.answer.seen },
      ],
      occupied: [
        ...records.occupied,
        {
          appointmentId: 'nora',
          resourceId: 'ada',
          during: [NINE + 15 * MINUTE, NINE + 45 * MINUTE],
          releasesAt: null,
        },
      ],
      audit: [
        ...records.audit,
        { correlationId: 'book-nora', action: 'book-appointment', subjectId: 'nora' },
      ],
      notices: [
        ...records.notices,
        {
          subjectId: 'nora',
          kind: 'appointment-confirmed',
          state: 'sent',
          startsAt: second.wanted.startsAt,
        },
      ],
    };
    const faults = found([...operations, second], wrong);
    expect(faults).toContain('booked twice: ');
    expect(faults).toContain('booked twice for a while: ');
  });

  test('finds one that was double for a while, though cancelled before the end', () => {
    const withAda = operations.map((operation) =>
      operation.appointmentId === 'lina' && operation.answer.kind === 'done'
        ? {
            ...operation,
            answer: {
              ...operation.answer,
              seen: { ...operation.answer.seen, operatorId: 'ada' },
            },
          }
        : operation,
    );
    const last = records.appointments.map((one) => ({ ...one, operatorId: 'ada' }));
    expect(found(withAda, { ...records, appointments: last })).toContain(
      'booked twice for a while',
    );
  });

  test('finds an acknowledged appointment that the database lost', () => {
    const lost = {
      appointments: records.appointments.filter(({ id }) => id !== 'rosa'),
      occupied: [],
      audit: records.audit.filter(({ subjectId }) => subjectId !== 'rosa'),
      notices: records.notices.filter(({ subjectId }) => subjectId !== 'rosa'),
    };
    expect(found(operations, lost)).toContain('no order explains rosa');
  });

  test('finds an acknowledged move that the database forgot', () => {
    const forgotten = records.appointments.map((one) =>
      one.id === 'lina' ? { ...one, startsAt: NINE } : one,
    );
    expect(found(operations, { ...records, appointments: forgotten })).toContain(
      'no order explains lina',
    );
  });

  test('finds an appointment that nobody asked for', () => {
    const without = operations.filter(({ appointmentId }) => appointmentId !== 'rosa');
    const faults = found(without, records);
    expect(faults).toContain('nobody asked for rosa');
    expect(faults).toContain('audited, but asked by nobody');
  });

  test('finds time that is held for what was cancelled, and a state without its time', () => {
    const swapped = records.occupied.map((row) => ({ ...row, appointmentId: 'lina' }));
    const faults = faultsOf(operations, { ...records, occupied: swapped }, setting);
    expect(faults.filter((fault) => fault.startsWith('state and time disagree'))).toHaveLength(2);
  });

  test('finds a change without its audit row, and one written twice', () => {
    const [first, ...rest] = records.audit;
    expect(found(operations, { ...records, audit: rest })).not.toBe('');
    expect(found(operations, { ...records, audit: [first!, ...records.audit] })).toContain(
      'audited twice',
    );
  });

  test('finds a confirmation sent twice, one never sent, and one of nothing', () => {
    const [first, ...rest] = records.notices;
    const twice = { ...records, notices: [first!, ...records.notices] };
    expect(found(operations, twice)).toContain('rosa: 2 of appointment-confirmed, not 1');
    expect(found(operations, { ...records, notices: rest })).toContain(
      'rosa: 0 of appointment-confirmed, not 1',
    );
    const ghost = { ...first!, subjectId: 'ghost' };
    expect(found(operations, { ...records, notices: [...records.notices, ghost] })).toContain(
      'told of an appointment that does not exist: ghost',
    );
  });

  test('finds a reminder of what was cancelled', () => {
    const waiting = records.notices.map((notice) => ({ ...notice, state: 'waiting' }));
    expect(found(operations, { ...records, notices: waiting })).toContain(
      'lina will be called to mind wrongly',
    );
  });

  test('finds somebody refused while an operator was free', () => {
    const refused: Operation = {
      ...booked('nora', 'nora@', NINE, '', 60),
      answer: { kind: 'refused', problem: 'slot-taken' },
    };
    expect(found([...operations, refused], records)).toContain('refused although eva was free');
    const meanwhile = { ...refused, began: 6, ended: 12 };
    expect(found([...operations, meanwhile], records)).toBe('');
  });

  test('finds one person with two open appointments for one service', () => {
    const same = operations.map((operation) =>
      operation.verb === 'book'
        ? { ...operation, wanted: { ...operation.wanted, email: 'rosa@' } }
        : operation,
    );
    expect(found(same, records)).toContain('open twice for one person');
  });

  test('an answer that never came may have happened, wholly or not at all', () => {
    const lost: Operation = {
      id: 'move-rosa',
      verb: 'move',
      appointmentId: 'rosa',
      wanted: { startsAt: TEN, officeId: 'here' },
      began: 60,
      ended: 70,
      answer: { kind: 'lost', why: 'connection reset' },
    };
    expect(found([...operations, lost], records)).toBe('');
    const half = [
      ...records.audit,
      { correlationId: 'move-rosa', action: 'move-appointment', subjectId: 'rosa' },
    ];
    expect(found([...operations, lost], { ...records, audit: half })).toContain(
      'no order explains rosa',
    );
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
