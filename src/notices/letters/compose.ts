import type { Config } from '../../platform/config.ts';
import type { StoredNotice } from '../store.ts';
import { appointmentLetter } from './appointment.ts';
import type { Letter } from './letter.ts';

/** The letter of a notice, in its recipient's language. */
export function composeLetter(config: Config, notice: StoredNotice): Letter {
  switch (notice.kind) {
    case 'appointment-confirmed':
    case 'appointment-moved':
    case 'appointment-reminder':
    case 'appointment-cancelled':
      return appointmentLetter(config, {
        kind: notice.kind,
        appointmentId: notice.subjectId,
        facts: notice.facts,
        locale: notice.locale,
        writtenAt: notice.createdAt,
      });
  }
}
