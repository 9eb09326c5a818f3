import { createApi } from '../platform/http.ts';
import { importPages } from './pages/import.tsx';
import { officePages } from './pages/office.tsx';
import { officesPages } from './pages/offices.tsx';
import type { NetworkChanged } from './routes.ts';

/** The offices for everybody, and the import for the administration. */
export function networkPages(changed: NetworkChanged) {
  const pages = createApi();
  for (const part of [officesPages, officePages, importPages(changed)]) pages.route('/', part);
  return pages;
}
