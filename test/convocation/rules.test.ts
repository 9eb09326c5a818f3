import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occupiedTime, startsWithin } from '../../src/booking/rules/starts.ts';
import type { Service } from '../../src/booking/service.ts';
import { readPeople } from '../../src/convocation/people-list.ts';
import { foresee, responseRate, seatsIn } from '../../src/convocation/rules/capacity.ts';
import { evidenceOf, readingOf, USUAL_READING } from '../../src/convocation/rules/channels.ts';
import { codeDigest, codeOf, formatGroups } from '../../src/convocation/rules/code.ts';
import { followUpOf, isConvocable, nextStep } from '../../src/convocation/rules/follow-up.ts';
import { refusalOf, remindsNow, sendTimes } from '../../src/convocation/rules/sending.ts';
import {
  convocationWindow,
  convokesNow,
  judgePostponement,
} from '../../src/convocation/rules/terms.ts';
import { DAY, MINUTE, wall } from '../../src/platform/clock.ts';
import { createSecrets } from '../../src/platform/secrets.ts';

const at = (iso: string) => Date.parse(iso);
const NOW = at('2027-03-04T09:00:00+01:00');
const HOUR = 60 * MINUTE;

describe('who may be invited', () => {
  const candidate = {
    archived: false,
    competentOfficeId: 'here',
    officeIds: ['here'],
    hasOpenAppointment: false,
    format: 'email',
    reachable: true,
    sentInFormat: [],
  } as const;

  it('lets somebody be invited whom nothing forbids', () => {
    expect(refusalOf(candidate, NOW)).toBeUndefined();
  });

  it.each(['email', 'sms', 'app_io', 'pec'] as const)(
    'refuses a second invitation by %s within a day, and allows it a day later',
    (format) => {
      const sentInFormat = [NOW - DAY + 1];
      expect(refusalOf({ ...candidate, format, sentInFormat }, NOW)).toBe(
        'same-format-within-a-day',
      );
      expect(refusalOf({ ...candidate, format, sentInFormat }, NOW + 1)).toBeUndefined();
    },
  );

  it.each(['registered', 'letter'] as const)('always allows another %s', (format) => {
    expect(refusalOf({ ...candidate, format, sentInFormat: [NOW - 1] }, NOW)).toBeUndefined();
  });

  it('refuses whoever has an appointment of that service ahead', () => {
    expect(refusalOf({ ...candidate, hasOpenAppointment: true }, NOW)).toBe('has-appointment');
  });

  it('refuses people of another office’s bacino and archived people', () => {
    expect(refusalOf({ ...candidate, competentOfficeId: 'there' }, NOW)).toBe('other-catchment');
    expect(refusalOf({ ...candidate, archived: true }, NOW)).toBe('archived');
  });

  it('refuses whoever has no address for the format', () => {
    expect(refusalOf({ ...candidate, reachable: false }, NOW)).toBe('unreachable');
  });
});

describe('reminders', () => {
  const invitation = { format: 'email', sentAt: NOW, expiresAt: NOW + 30 * DAY } as const;

  it('leave on the third day exactly', () => {
    expect(remindsNow(invitation, NOW + 3 * DAY - 1)).toBe(false);
    expect(remindsNow(invitation, NOW + 3 * DAY)).toBe(true);
    expect(remindsNow(invitation, at('2027-03-07T23:59:00+01:00'))).toBe(true);
    expect(remindsNow(invitation, at('2027-03-08T00:00:00+01:00'))).toBe(false);
  });

  it('leave at the same hour on the wall across the change of the clock', () => {
    const sentAt = at('2027-03-26T09:00:00+01:00');
    const due = at('2027-03-29T09:00:00+02:00');
    const across = { ...invitation, sentAt, expiresAt: due + 9 * DAY };
    expect(remindsNow(across, due - 1)).toBe(false);
    expect(remindsNow(across, due)).toBe(true);
  });

  it('leave when the code is good for two more days, not when it is not', () => {
    const due = NOW + 3 * DAY;
    expect(remindsNow({ ...invitation, expiresAt: due + 2 * DAY }, due)).toBe(true);
    expect(remindsNow({ ...invitation, expiresAt: due + 2 * DAY - 1 }, due)).toBe(false);
  });

  it('never follow a letter', () => {
    expect(remindsNow({ ...invitation, format: 'letter' }, NOW + 3 * DAY)).toBe(false);
  });
});

describe('where a person stands', () => {
  const sent = { state: 'sent', expiresAt: NOW + DAY } as const;
  const standing = (state: Parameters<typeof followUpOf>[0]['appointment'], now = NOW) =>
    followUpOf({ invitation: sent, appointment: state }, now);

  it('goes from pending to expired, and may then be convoked', () => {
    expect(standing(undefined)).toBe('pending');
    expect(standing(undefined, NOW + DAY)).toBe('expired');
    expect(isConvocable('pending')).toBe(false);
    expect(isConvocable('expired')).toBe(true);
  });

  it('is booked until the hour, then waits for its outcome', () => {
    const startsAt = NOW + HOUR;
    expect(standing({ state: 'confirmed', startsAt })).toBe('booked');
    expect(standing({ state: 'confirmed', startsAt }, startsAt)).toBe('outcome-due');
  });

  it.each([
    ['seen', 'seen', false],
    ['late', 'seen', false],
    ['absent', 'absent', true],
    ['excused', 'excused', true],
    ['revoked', 'revoked', false],
  ] as const)('after an appointment that was %s is %s; convocable: %s', (state, expected, may) => {
    const found = standing({ state, startsAt: NOW - HOUR }, NOW + 5 * DAY);
    expect(found).toBe(expected);
    expect(isConvocable(found)).toBe(may);
  });

  it('asks to be invited again when the office took the appointment back', () => {
    expect(nextStep('revoked')).toBe('invite-again');
    expect(nextStep('seen')).toBe('none');
  });
});

const service: Service = {
  id: 's',
  code: 's',
  name: { it: 's', en: 's' },
  description: { it: 's', en: 's' },
  whatToBring: { it: [], en: [] },
  durationMinutes: 30,
  otherDurations: [],
  bufferBeforeMinutes: 0,
  bufferMinutes: 0,
  gridMinutes: 15,
  gridAnchor: 'clock',
  minNoticeMinutes: 0,
  horizonDays: 90,
  mode: 'desk',
  videoAddress: undefined,
  compactStarts: false,
  limit: undefined,
  skill: 'a',
  minCategory: 'C',
  lep: undefined,
  audience: 'invited',
  taxCodeRequired: false,
  operators: 1,
  ownOperator: false,
  resourceKind: undefined,
  holdMinutes: 10,
  releaseDelayMinutes: 0,
  waitingList: false,
};

describe('the forecast of capacity', () => {
  const window = { start: NOW, end: NOW + 30 * DAY };

  it('counts bookings that fit one after the other, not starts that overlap', () => {
    const morning = [{ start: NOW, end: NOW + 4 * HOUR }];
    expect(startsWithin(service, morning, window)).toHaveLength(15);
    expect(seatsIn(service, [morning], window)).toBe(8);
    expect(seatsIn({ ...service, durationMinutes: 45 }, [morning], window)).toBe(5);
    expect(seatsIn({ ...service, bufferMinutes: 5 }, [morning], window)).toBe(5);
    expect(seatsIn({ ...service, operators: 2 }, [morning, morning], window)).toBe(8);
  });

  it('never promises more than can be seated, and misses nothing that can', () => {
    const stretch = fc
      .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 5, max: 300 }))
      .map(([from, length]) => ({
        start: NOW + from * MINUTE,
        end: NOW + (from + length) * MINUTE,
      }));
    fc.assert(
      fc.property(
        stretch,
        fc.constantFrom(20, 30, 45, 60),
        fc.constantFrom(0, 5, 10),
        (free, durationMinutes, bufferMinutes) => {
          const asked = { ...service, durationMinutes, bufferMinutes };
          const starts = startsWithin(asked, [free], window);
          expect(seatsIn(asked, [[free]], window)).toBe(
            most(starts.map((start) => occupiedTime(asked, start))),
          );
        },
      ),
    );
  });

  const kept = new Map<string, number>();
  /** The largest number of intervals that do not overlap, by trying all. */
  function most(list: readonly { start: number; end: number }[], from = 0): number {
    const key = `${list.map(({ start, end }) => `${start}-${end}`).join()}|${from}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = list
      .filter(({ start }) => start >= from)
      .reduce((best, { end }) => Math.max(best, 1 + most(list, end)), 0);
    kept.set(key, found);
    return found;
  }

  it('finds five hundred people too many for a hundred and twenty free slots', () => {
    const forecast = foresee({ people: 500, seats: 120, pendingElsewhere: 0, rate: 1 });
    expect(forecast).toMatchObject({ enough: false, available: 120, missing: 380 });
  });

  it('sets aside what pending invitations of other campaigns are expected to take', () => {
    const capacity = { people: 60, seats: 120, pendingElsewhere: 100 };
    expect(foresee({ ...capacity, rate: 0.5 })).toMatchObject({ available: 70, enough: true });
    expect(foresee({ ...capacity, rate: 1 })).toMatchObject({ available: 20, missing: 40 });
  });

  it('expects everybody to book until enough invitations have run their course', () => {
    expect(responseRate({ booked: 5, expired: 20 })).toBe(1);
    expect(responseRate({ booked: 30, expired: 70 })).toBe(0.3);
  });
});

describe('waves', () => {
  it('send everybody at once, or so many every so many days, at the same hour', () => {
    expect(sendTimes(3, { size: undefined, days: 7 }, NOW)).toEqual([NOW, NOW, NOW]);
    const from = at('2027-03-25T09:00:00+01:00');
    const waves = sendTimes(5, { size: 2, days: 7 }, from).map((time) =>
      wall(time).toFormat('d/M H'),
    );
    expect(waves).toEqual(['25/3 9', '25/3 9', '1/4 9', '1/4 9', '8/4 9']);
  });
});

describe('codes', () => {
  it('are the same whenever they are written, differ for each invitation, and are typed freely', async () => {
    const secrets = await createSecrets('s'.repeat(43), 'd'.repeat(43));
    const code = await codeOf(secrets, 'invitation', 'a');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(await codeOf(secrets, 'invitation', 'a')).toBe(code);
    expect(await codeOf(secrets, 'invitation', 'b')).not.toBe(code);
    expect(await codeOf(secrets, 'convocation', 'a')).not.toBe(code);
    const typed = formatGroups(code).toLowerCase().replaceAll('-', ' ');
    expect(await codeDigest(secrets, typed)).toBe(await codeDigest(secrets, code));
  });
});

describe('terms', () => {
  it('impose a date early enough for notice and preparation before the fifteenth day', () => {
    const term = { from: '2027-03-01', termDays: 15, noticeDays: 7 };
    expect(convokesNow(term, at('2027-03-06T23:59:00+01:00'))).toBe(false);
    expect(convokesNow(term, at('2027-03-07T00:00:00+01:00'))).toBe(true);
    expect(convokesNow(term, at('2027-04-07T00:00:00+02:00'))).toBe(true);
  });

  it('leave whole days of notice before the date', () => {
    const bookable = { start: NOW, end: NOW + 90 * DAY };
    expect(convocationWindow(bookable, 7, NOW).start).toBe(at('2027-03-12T00:00:00+01:00'));
  });

  it('let a date be put off once, before its hour, while nothing is asked', () => {
    const open = { open: true, startsAt: NOW + HOUR, asked: false, approved: 0 };
    expect(judgePostponement(open, NOW)).toBe('allowed');
    expect(judgePostponement(open, NOW + HOUR)).toBe('too-late');
    expect(judgePostponement({ ...open, asked: true }, NOW)).toBe('already-asked');
    expect(judgePostponement({ ...open, approved: 1 }, NOW)).toBe('too-often');
    expect(judgePostponement({ ...open, open: false }, NOW)).toBe('closed');
  });
});

describe('what a convocation can sustain', () => {
  const startsAt = at('2027-03-18T09:30:00+01:00');

  it.each(['email', 'sms', 'app_io', 'letter'] as const)(
    'nothing, when it went by %s',
    (channel) => {
      expect(evidenceOf(readingOf(channel, []), [], startsAt)).toBe('informal-channel');
    },
  );

  it('something, when a registered letter was received or lay unclaimed before the day', () => {
    const reading = readingOf('registered', []);
    const proof = (kind: 'registered_posted' | 'registered_received', happenedOn: string) =>
      evidenceOf(reading, [{ kind, happenedOn }], startsAt);
    expect(evidenceOf(reading, [], startsAt)).toBe('proof-missing');
    expect(proof('registered_posted', '2027-03-08')).toBe('proof-missing');
    expect(proof('registered_received', '2027-03-17')).toBe('formal');
    expect(proof('registered_received', '2027-03-18')).toBe('proof-too-late');
  });

  it('what the region’s own reading says, and no reading of ours counts as verified', () => {
    const own = { ...readingOf('email', []), formal: true };
    expect(evidenceOf(readingOf('email', [own]), [], startsAt)).toBe('formal');
    expect(USUAL_READING.some(({ verified }) => verified)).toBe(false);
  });
});

describe('a list of people', () => {
  const HEADER = 'codice_fiscale;nome;cognome;email;did';

  it('is read with semicolons, commas or tabs, and Italian days', () => {
    const expected = {
      line: 2,
      taxCode: 'RSSMRA80A01H501U',
      givenName: 'Mario',
      familyName: 'Rossi',
      email: 'mario@example.org',
      termFrom: '2027-03-01',
    };
    for (const sign of [';', ',', '\t']) {
      const text = `\uFEFF${HEADER}\nrssmra80a01h501u;Mario;Rossi;Mario@Example.org;1/3/2027\n`;
      expect(readPeople(text.replaceAll(';', sign))).toEqual({ people: [expected], faults: [] });
    }
  });

  it('gives nobody when one line is wrong, and names line and column of each fault', () => {
    const text = [
      HEADER,
      'RSSMRA80A01H501U;Mario;Rossi;mario@example.org;',
      '',
      'RSSMRA80A01H501X;Ada;Bianchi;ada@example.org;',
      'RSSMRA80A01H501U;Mario;Rossi;altro@example.org;',
      'VRDLGI75C15F205C;Luigi;;non-una-mail;2027-02-30',
    ].join('\n');
    const { people, faults } = readPeople(text);
    expect(people).toEqual([]);
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [4, 'codice_fiscale'],
      [5, 'codice_fiscale'],
      [6, 'cognome'],
      [6, 'email'],
      [6, 'did'],
    ]);
  });

  it('says which columns are missing or not expected', () => {
    const { faults } = readPeople('nome;cognome;colore\na;b;c');
    expect(faults.map(({ column }) => column)).toEqual(['colore', 'codice_fiscale']);
  });
});
