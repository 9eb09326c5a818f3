// Registers the kinds about appointments.
import '../../src/booking/notices.ts';
import { type Notice, noticeKind } from '../../src/notices/kind.ts';

export const APPOINTMENT = '01890a5d-ac96-774b-bcce-b302099a8057';

/** A confirmation for 8 March 2027, 9:30 in Rome. */
export function aNotice(given: Partial<Notice> = {}): Notice {
  const kind = noticeKind(given.kind ?? 'appointment-confirmed')!;
  const notice = kind.to({
    recipient: 'rosa@example.org',
    locale: 'it',
    subjectId: APPOINTMENT,
    facts: {
      code: 'K7M2P9QXTD',
      service: 'Primo colloquio',
      office: 'Cpi di Palermo',
      address: 'Viale Praga 29, Palermo',
      phone: '+39 091 1234567',
      startsAt: Date.parse('2027-03-08T08:30:00Z'),
      endsAt: Date.parse('2027-03-08T09:00:00Z'),
      whatToBring: ['Documento di identità', 'Tessera sanitaria'],
      sequence: 0,
    },
  });
  return { ...notice, ...given };
}
