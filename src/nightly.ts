import { fitAttendanceModel } from './attendance/actions/fit-attendance.ts';
import { forgetOldPapers } from './attendance/actions/forget-old.ts';
import { extendFreeTime } from './booking/actions/extend-free-time.ts';
import { tidyWebhooks } from './exchange/actions/tidy-webhooks.ts';
import { anonymiseOldNotices } from './notices/actions/anonymise-old-notices.ts';
import type { Call } from './platform/call.ts';
import { forgetPassingRows } from './platform/housekeeping.ts';
import { forgetOldRecords } from './privacy/actions/forget-old-records.ts';
import { recomputeDueProfiles } from './profiling/actions/recompute-due-profiles.ts';

/**
 * What the mere passing of days asks for: days enter the calendar, profiles grow ninety days old,
 * keys of answered requests are no longer needed. Safe to repeat and to run in several processes.
 */
export async function nightly(call: Call): Promise<void> {
  await extendFreeTime(call);
  await recomputeDueProfiles(call);
  await fitAttendanceModel(call);
  await forgetOldPapers(call);
  await forgetOldRecords(call);
  await tidyWebhooks(call);
  await anonymiseOldNotices(call);
  await forgetPassingRows(call);
}
