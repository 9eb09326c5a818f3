import { createApi } from '../platform/http.ts';
import type { NetworkChanged } from './actions/change-network.ts';
import { importPages } from './pages/import.tsx';
import { officePages } from './pages/office.tsx';
import { officesPages } from './pages/offices.tsx';

/** The offices for everybody, and the import for the administration. */
export function networkPages(changed: NetworkChanged) {
  const pages = createApi();
  for (const part of [officesPages, officePages, importPages(changed)]) pages.route('/', part);
  return pages;
}
