import { createApi } from '../platform/http.ts';
import { closurePages } from './pages/closure.tsx';
import { closuresPages } from './pages/closures.tsx';
import { previewPages } from './pages/preview.tsx';

/** Closing, calling off, moving house: for the staff of the office. */
export const disruptionPages = createApi();

for (const pages of [closuresPages, previewPages, closurePages]) disruptionPages.route('/', pages);
