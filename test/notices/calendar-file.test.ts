import { expect, test } from 'vitest';
import { type CalendarEntry, calendarFile } from '../../src/notices/calendar-file.ts';

const entry: CalendarEntry = {
  uid: '01890a5d-ac96-774b-bcce-b302099a8057',
  sequence: 0,
  status: 'confirmed',
  startsAt: Date.parse('2027-07-08T07:30:00Z'),
  endsAt: Date.parse('2027-07-08T08:00:00Z'),
  stamp: Date.parse('2027-07-01T10:00:00Z'),
  summary: 'Primo colloquio – Cpi di Palermo',
  location: 'Cpi di Palermo, Viale Praga 29; Palermo',
  description: 'Codice di prenotazione: K7M2P9QXTD\nChe cosa portare: documento',
  organizer: { name: 'Sportello', email: 'sportello@example.org' },
};

/** Unfolded content lines (RFC 5545 §3.1). */
function lines(file: string): string[] {
  return file.replace(/\r\n[ \t]/g, '').split('\r\n');
}

test('a calendar shows the appointment at the wall-clock time of Rome', () => {
  const file = lines(calendarFile(entry));
  expect(file).toContain('DTSTART;TZID=Europe/Rome:20270708T093000');
  expect(file).toContain('DTEND;TZID=Europe/Rome:20270708T100000');
  expect(file).toContain('TZID:Europe/Rome');
});

test('the time stamp is in UTC, as the standard asks', () => {
  expect(lines(calendarFile(entry))).toContain('DTSTAMP:20270701T100000Z');
});

test('a cancellation replaces the entry of the same appointment', () => {
  const booked = lines(calendarFile(entry));
  const cancelled = lines(calendarFile({ ...entry, status: 'cancelled', sequence: 1 }));
  const uid = 'UID:01890a5d-ac96-774b-bcce-b302099a8057';
  expect(booked).toEqual(expect.arrayContaining([uid, 'SEQUENCE:0', 'STATUS:CONFIRMED']));
  expect(cancelled).toEqual(
    expect.arrayContaining([uid, 'SEQUENCE:1', 'STATUS:CANCELLED', 'METHOD:CANCEL']),
  );
});

test.each([
  ['shown to anybody', 'confirmed', undefined, 'PUBLISH'],
  ['sent to a reader', 'confirmed', 'rosa@example.org', 'REQUEST'],
  ['sent to a reader once cancelled', 'cancelled', 'rosa@example.org', 'CANCEL'],
] as const)('a file %s', (_, status, attendee, method) => {
  const file = lines(calendarFile({ ...entry, status }, attendee));
  expect(file).toContain(`METHOD:${method}`);
  expect(file.filter((line) => line.startsWith('ORGANIZER'))).toEqual([
    'ORGANIZER;CN="Sportello":mailto:sportello@example.org',
  ]);
  // RFC 5546: a request names whom it is for, what is published must not.
  const people = file.filter((line) => line.startsWith('ATTENDEE'));
  expect(people).toHaveLength(attendee === undefined ? 0 : 1);
  if (attendee) expect(people[0]).toMatch(/;PARTSTAT=ACCEPTED;RSVP=FALSE;.*:mailto:rosa@/i);
});

test.each([
  ['2027-03-26T08:00:00Z', '20270326T090000'],
  ['2027-03-30T07:00:00Z', '20270330T090000'],
  ['2027-10-31T00:30:00Z', '20271031T023000'],
])('%s is %s in Rome, whatever the clocks do', (startsAt, local) => {
  const start = Date.parse(startsAt);
  const file = lines(calendarFile({ ...entry, startsAt: start, endsAt: start + 1_800_000 }));
  expect(file).toContain(`DTSTART;TZID=Europe/Rome:${local}`);
  expect(file.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1);
});

test('lines are folded at 75 bytes, end in CRLF, and commas and semicolons are escaped', () => {
  const summary = 'È così, però; C:\\cartella\nBEGIN:VEVENT '.repeat(20);
  const file = calendarFile({ ...entry, summary, description: '🙂'.repeat(40) });
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  for (const line of file.split('\r\n'))
    expect(Buffer.byteLength(line, 'utf8')).toBeLessThanOrEqual(75);
  // Nothing that somebody typed becomes a line of its own, and no sign is torn in two.
  expect(lines(file).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  expect(file).not.toContain('\ufffd');
  expect(lines(file)).toContain(`DESCRIPTION:${'🙂'.repeat(40)}`);
  expect(lines(file)).toContain('LOCATION:Cpi di Palermo\\, Viale Praga 29\\; Palermo');
});
