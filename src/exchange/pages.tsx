import { createApi } from '../platform/http.ts';
import { connectionPages } from './pages/connections.tsx';
import { feedPages } from './pages/feed.ts';
import { webhookPages } from './pages/webhooks.tsx';

/** The operator's calendar and files, the administrator's connections with other systems. */
export const exchangePages = createApi();

for (const pages of [feedPages, connectionPages, webhookPages]) exchangePages.route('/', pages);
