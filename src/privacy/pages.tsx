import { createApi } from '../platform/http.ts';
import { erasureDeskPages } from './pages/erasures.tsx';
import { ownDataPages } from './pages/own-data.tsx';

export const privacyPages = createApi();

privacyPages.route('/', ownDataPages);
privacyPages.route('/', erasureDeskPages);
