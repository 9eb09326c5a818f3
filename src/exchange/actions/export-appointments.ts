import { authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import type { Interval } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { appointmentsCsv } from '../csv.ts';
import { exportTooLarge } from '../problems.ts';
import { type ExportedAppointment, exportPage } from '../store/agenda.ts';

const PAGE = 2000;
/** Rows of one file: what a spreadsheet of a few years ago still opens at ease. Ours. */
const MOST = 50_000;

/**
 * The appointments of an office that begin in `window` as a CSV file, read page by page.
 * @throws {Problem} 401, 403 another office, 404; 422 more than 50,000 rows
 */
export async function exportAppointments(
  call: Call,
  wanted: { readonly officeId: string; readonly window: Interval; readonly operatorId?: string },
): Promise<string> {
  authoriseOffice(call.actor, wanted.officeId);
  if (!(await officeById(call.database, wanted.officeId))) throw notFound();
  const all: ExportedAppointment[] = [];
  for (;;) {
    const page = await exportPage(call.database, { ...wanted, after: all.at(-1), limit: PAGE });
    all.push(...page);
    if (all.length > MOST) throw exportTooLarge();
    if (page.length < PAGE) return appointmentsCsv(all, call.locale);
  }
}
