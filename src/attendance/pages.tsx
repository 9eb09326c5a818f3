import { createApi } from '../platform/http.ts';
import type { ReadBenefit } from './actions/read-absence.ts';
import { absencePages } from './pages/absences.tsx';
import { activityPages } from './pages/activity.tsx';
import { justificationDeskPages } from './pages/justifications.tsx';
import { justifyPages } from './pages/justify.tsx';
import { modelPages } from './pages/model.tsx';
import { overbookingPages } from './pages/overbooking.tsx';
import { ratePages } from './pages/rates.tsx';
import { unrecordedPages } from './pages/unrecorded.tsx';

/** @param readBenefit what a person receives, known to a room after this one */
export function attendancePages(readBenefit: ReadBenefit) {
  const pages = createApi();
  for (const group of [
    justifyPages,
    justificationDeskPages,
    unrecordedPages,
    absencePages(readBenefit),
    ratePages,
    activityPages,
    modelPages,
    overbookingPages,
  ]) {
    pages.route('/', group);
  }
  return pages;
}
