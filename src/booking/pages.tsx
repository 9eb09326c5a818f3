import { createApi } from '../platform/http.ts';
import { agendaPages } from './pages/agenda.tsx';
import { choosePlacePages } from './pages/choose-place.tsx';
import { chooseServicePages } from './pages/choose-service.tsx';
import { chooseTimePages } from './pages/choose-time.tsx';
import { confirmPages } from './pages/confirm.tsx';
import { movePages } from './pages/move.tsx';
import { myAppointmentPages } from './pages/my-appointment.tsx';
import { servicesPages } from './pages/services.tsx';
import { staffMovePages } from './pages/staff-move.tsx';
import { visitPages } from './pages/visit.tsx';

/** The jobseeker's booking journey and the operator's agenda. */
export const bookingPages = createApi();

for (const pages of [
  chooseServicePages,
  choosePlacePages,
  chooseTimePages,
  confirmPages,
  myAppointmentPages,
  movePages,
  agendaPages,
  staffMovePages,
  servicesPages,
  visitPages,
]) {
  bookingPages.route('/', pages);
}
