import { createApi } from '../platform/http.ts';
import { deskPages } from './pages/desk.tsx';
import { editSessionPages } from './pages/edit-session.tsx';
import { myRegistrationPages } from './pages/my-registration.tsx';
import { registerPages } from './pages/register.tsx';
import { sessionPages } from './pages/sessions.tsx';

/** Sessions of a group: for jobseekers, and for the desk that holds them. */
export const workshopPages = createApi();

for (const pages of [
  sessionPages,
  myRegistrationPages,
  registerPages,
  // Before the desk's list, whose addresses end in the session's id.
  editSessionPages,
  deskPages,
]) {
  workshopPages.route('/', pages);
}
