import { createApi } from '../platform/http.ts';
import type { NetworkChanged } from './actions/change-network.ts';
import { accessibilityPages } from './pages/accessibility.tsx';
import type { CarryOnPage } from './pages/carry.ts';
import { hoursPages } from './pages/hours.tsx';
import { importPages } from './pages/import.tsx';
import { meansPages } from './pages/means.tsx';
import { memberPages } from './pages/member.tsx';
import { newMemberPages } from './pages/new-member.tsx';
import { officePages } from './pages/office.tsx';
import { officesPages } from './pages/offices.tsx';
import { zonesPages } from './pages/zones.tsx';

/** The offices for everybody, and the import for the administration. */
export function networkPages(changed: NetworkChanged, carry: CarryOnPage) {
  const pages = createApi();
  const parts = [
    officesPages,
    officePages,
    accessibilityPages,
    zonesPages,
    importPages(changed),
    hoursPages(carry),
    meansPages(),
    newMemberPages(changed),
    memberPages(carry),
  ];
  for (const part of parts) pages.route('/', part);
  return pages;
}
