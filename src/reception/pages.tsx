import { createApi } from '../platform/http.ts';
import { arrivalPages } from './pages/arrival.tsx';
import { deskPages } from './pages/desk.tsx';
import { hallPages } from './pages/hall.tsx';
import { ticketPages } from './pages/ticket.tsx';

/** The day at the office: arriving, waiting, being called. */
export const receptionPages = createApi();

for (const pages of [arrivalPages, ticketPages, hallPages, deskPages]) {
  receptionPages.route('/', pages);
}
