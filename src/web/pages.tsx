import { Hono } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { administrationPage } from './administration.tsx';
import { apiPage, problemPage, problemsPage } from './api-page.tsx';
import { homePage } from './home.tsx';
import { accessibilityPage, privacyPage } from './information.tsx';
import { statusPage } from './status-page.tsx';

/** The pages that belong to no room. */
export const webPages = new Hono<AppEnv>();

webPages.get('/', homePage);
webPages.get('/amministrazione', administrationPage);
webPages.get('/stato', statusPage);
webPages.get('/accessibilita', accessibilityPage);
webPages.get('/privacy', privacyPage);
webPages.get('/documentazione-api', apiPage);
webPages.get('/problems', problemsPage);
webPages.get('/problems/:slug', problemPage);
