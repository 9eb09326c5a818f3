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

test('lines are folded at 75 bytes, end in CRLF, and commas and semicolons are escaped', () => {
  const file = calendarFile({ ...entry, summary: 'È così '.repeat(30) });
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  for (const line of file.split('\r\n'))
    expect(Buffer.byteLength(line, 'utf8')).toBeLessThanOrEqual(75);
  expect(lines(file)).toContain('LOCATION:Cpi di Palermo\\, Viale Praga 29\\; Palermo');
});
