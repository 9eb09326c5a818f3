import { createApi } from '../platform/http.ts';
import { deskPages } from './pages/desk.tsx';
import { joinPages } from './pages/join.tsx';
import { myPlacePages } from './pages/my-place.tsx';

/** The waiting list: for those who wait, and for the desk that sees them. */
export const waitlistPages = createApi();

for (const pages of [joinPages, myPlacePages, deskPages]) waitlistPages.route('/', pages);
