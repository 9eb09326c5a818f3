import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { absenceRoutes } from './attendance/absence-routes.ts';
import { figureRoutes } from './attendance/figure-routes.ts';
import { attendancePages } from './attendance/pages.tsx';
import { attendanceRoutes } from './attendance/routes.ts';
import { followNetwork } from './booking/actions/follow-network.ts';
import { listBookableServices } from './booking/actions/list-services.ts';
import { challengeRoutes } from './booking/challenge-routes.ts';
import { holdRoutes } from './booking/hold-routes.ts';
import { bookingPages } from './booking/pages.tsx';
import { replyRoutes } from './booking/reply-routes.ts';
import { bookingRoutes } from './booking/routes.ts';
import { serviceRoutes } from './booking/service-routes.ts';
import { visitRoutes } from './booking/visit-routes.ts';
import { collectReceipts } from './convocation/actions/collect-receipts.ts';
import { convocationPages } from './convocation/pages.tsx';
import { readingRoutes } from './convocation/reading-routes.ts';
import { convocationRoutes } from './convocation/routes.ts';
import { demoSignIn } from './demo/sign-in.ts';
import { changeHoursAtOnce } from './disruption/actions/change-hours.ts';
import { changeOnPage } from './disruption/pages/change.tsx';
import { disruptionPages } from './disruption/pages.tsx';
import { disruptionRoutes } from './disruption/routes.ts';
import { exchangePages } from './exchange/pages.tsx';
import { exchangeRoutes } from './exchange/routes.ts';
import { knownBearer, session } from './identity/session.ts';
import { loginPages } from './login/pages.tsx';
import { networkPages } from './network/pages.tsx';
import { networkRoutes } from './network/routes.ts';
import { noticePages } from './notices/pages.tsx';
import { reportRoutes } from './notices/report-routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { pactPages } from './pact/pages.tsx';
import { pactRoutes } from './pact/routes.ts';
import { openBenefit } from './pact/store.ts';
import { planningPages } from './planning/pages.tsx';
import { planningRoutes } from './planning/routes.ts';
import { allowedMethods } from './platform/allowed-methods.ts';
import type { Database } from './platform/database.ts';
import { noForgery } from './platform/forgery.ts';
import {
  type AppContext,
  type AppEnv,
  accessLog,
  asProblem,
  correlation,
  createApi,
  type Services,
} from './platform/http.ts';
import { idempotent } from './platform/idempotency.ts';
import { negotiatedLocale } from './platform/locale.ts';
import { describedBy, serveOpenApiDocument } from './platform/openapi-document.ts';
import { methodNotAllowed, notFound, tooLarge } from './platform/problem.ts';
import { rateLimit } from './platform/rate-limit.ts';
import { statusRoutes } from './platform/status.ts';
import { privacyPages } from './privacy/pages.tsx';
import { privacyRoutes } from './privacy/routes.ts';
import { profilingPages } from './profiling/pages.tsx';
import { profilingRoutes } from './profiling/routes.ts';
import { receptionPages } from './reception/pages.tsx';
import { receptionRoutes } from './reception/routes.ts';
import { waitlistPages } from './waitlist/pages.tsx';
import { waitlistRoutes } from './waitlist/routes.ts';
import { answerProblem } from './web/errors.tsx';
import { webPages } from './web/pages.tsx';
import { security } from './web/security.ts';
import { workshopPages } from './workshops/pages.tsx';
import { workshopRoutes } from './workshops/routes.ts';

/** Answers are not kept, unless the route says how long they may be. */
const uncached: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
};

const MAX_BODY = 256 * 1024;
/** A document of at most 5 MB, and the form around it. */
const MAX_UPLOAD = 5 * 1024 * 1024 + MAX_BODY;
const UPLOADS = ['/appuntamento/giustifica', '/v1/pec-receipts', '/v1/bounce-messages'];
/** The same document in base64, inside JSON. */
const MAX_UPLOAD_IN_JSON = 7 * 1024 * 1024 + MAX_BODY;
/** A region's whole network as CSV texts. */
const MAX_IMPORT = 16 * 1024 * 1024;

/** A list of people that is pasted or uploaded. */
const PEOPLE = /^\/(v1\/campaigns\/[^/]+\/people-lists|operatore\/convocazioni\/[^/]+\/elenco)$/;

function largestBody(path: string): number {
  if (path.includes('import')) return MAX_IMPORT;
  if (PEOPLE.test(path) || UPLOADS.includes(path)) return MAX_UPLOAD;
  return path.endsWith('/justifications') ? MAX_UPLOAD_IN_JSON : MAX_BODY;
}

/** What is read at the same address without its last slash is there, and nowhere else. */
function withoutSlash(c: AppContext, app: OpenAPIHono<AppEnv>): Response | undefined {
  const { pathname, search } = new URL(c.req.url);
  const bare = pathname.replace(/\/+$/, '');
  if (bare === pathname || !/^\/[^/]/.test(bare)) return undefined;
  const readable = allowedMethods(app, bare).includes('GET');
  return readable && ['GET', 'HEAD'].includes(c.req.method)
    ? c.redirect(`${bare}${search}`, 308)
    : undefined;
}

/**
 * Mounts every room on one application; the only file that knows them all.
 * @param services with one database for all requests, or a way to each request's own
 * @param first what a runtime puts before everything else, such as compression on Node
 */
export function createApp(
  services: Omit<Services, 'database'> & { database: Database | ((c: AppContext) => Database) },
  ...first: readonly MiddlewareHandler[]
): OpenAPIHono<AppEnv> {
  const app = createApi();
  for (const handler of first) app.use(handler);
  // First of ours, so that whatever fails later can be told in the reader's language.
  app.use(security, negotiatedLocale);

  app.use(async (c, next) => {
    const { database } = services;
    c.set('services', {
      ...services,
      database: typeof database === 'function' ? database(c) : database,
    });
    c.set('demo', services.config.demo);
    await next();
  });
  app.use(correlation, accessLog, session);
  app.use((c, next) => {
    const maxSize = largestBody(c.req.path);
    const length = c.req.header('content-length');
    // A length told is a length kept; only a body without one has to be counted.
    if (length !== undefined && c.req.header('transfer-encoding') === undefined) {
      if (Number(length) > maxSize) throw tooLarge();
      return next();
    }
    const onError = () => {
      throw tooLarge();
    };
    return bodyLimit({ maxSize, onError })(c, next);
  });
  app.use(noForgery);

  app.use('/v1/*', describedBy, rateLimit({ scope: 'api' }), uncached, knownBearer, idempotent);
  app.use('/status', describedBy, rateLimit({ scope: 'status' }), uncached);

  app.route('/', statusRoutes);
  app.route('/', webPages);
  app.route('/', loginPages);
  app.route('/', noticePages(listBookableServices));
  app.route('/', noticeRoutes(listBookableServices));
  app.route('/', reportRoutes(collectReceipts));
  app.route('/', networkRoutes(followNetwork, changeHoursAtOnce));
  app.route('/', networkPages(followNetwork, changeOnPage));
  app.route('/', bookingRoutes);
  app.route('/', serviceRoutes);
  app.route('/', challengeRoutes);
  app.route('/', holdRoutes);
  app.route('/', visitRoutes);
  app.route('/', replyRoutes);
  app.route('/', bookingPages);
  app.route('/', waitlistRoutes);
  app.route('/', waitlistPages);
  app.route('/', workshopRoutes);
  app.route('/', workshopPages);
  app.route('/', receptionRoutes);
  app.route('/', receptionPages);
  app.route('/', disruptionRoutes);
  app.route('/', disruptionPages);
  app.route('/', exchangeRoutes);
  app.route('/', exchangePages);
  app.route('/', convocationRoutes);
  app.route('/', readingRoutes);
  app.route('/', convocationPages);
  app.route('/', attendanceRoutes);
  app.route('/', absenceRoutes(openBenefit));
  app.route('/', figureRoutes);
  app.route('/', attendancePages(openBenefit));
  app.route('/', profilingRoutes);
  app.route('/', profilingPages);
  app.route('/', pactRoutes);
  app.route('/', pactPages);
  app.route('/', privacyRoutes);
  app.route('/', privacyPages);
  app.route('/', planningRoutes);
  app.route('/', planningPages);
  if (services.config.demo) app.route('/', demoSignIn);

  serveOpenApiDocument(app);

  app.notFound((c) => {
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0) return withoutSlash(c, app) ?? answerProblem(c, notFound());
    c.header('Allow', allowed.join(', '));
    if (c.req.method === 'OPTIONS') return c.body(null, 204);
    return answerProblem(c, methodNotAllowed());
  });
  app.onError((error, c) => answerProblem(c, asProblem(error, c)));
  return app;
}
