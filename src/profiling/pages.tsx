import { createApi } from '../platform/http.ts';
import { dataFormPages } from './pages/data-form.tsx';
import { interviewPages } from './pages/interview.tsx';
import { modelCardPages } from './pages/model-card.tsx';
import { ownProfilePages } from './pages/own-profile.tsx';
import { percorsoPages } from './pages/percorso.tsx';
import { personPages } from './pages/persons.tsx';
import { profilePages } from './pages/profile.tsx';

export const profilingPages = createApi();

for (const pages of [
  personPages,
  dataFormPages,
  profilePages,
  interviewPages,
  percorsoPages,
  modelCardPages,
  ownProfilePages,
]) {
  profilingPages.route('/', pages);
}
