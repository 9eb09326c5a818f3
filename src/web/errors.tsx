import { accepts } from 'hono/accepts';
import type { AppContext } from '../platform/http.ts';
import { problemResponse } from '../platform/http.ts';
import type { Problem } from '../platform/problem.ts';
import { LinkButton } from './components/buttons.tsx';
import { errorStrings } from './error-strings.ts';
import { page } from './layout.tsx';

/**
 * A refusal as whoever asked can use it: a page for people in a browser, the problem document
 * (RFC 9457) for programs and for everything under `/v1`.
 */
export function answerProblem(c: AppContext, problem: Problem): Response | Promise<Response> {
  return forPeople(c) ? errorPage(c, problem) : problemResponse(c, problem);
}

function forPeople(c: AppContext): boolean {
  if (c.req.path.startsWith('/v1/')) return false;
  const best = accepts(c, {
    header: 'Accept',
    supports: ['text/html', 'application/problem+json', 'application/json'],
    default: 'application/problem+json',
  });
  return best === 'text/html';
}

/** Says what happened, what was kept and the next step, in the reader's language. */
function errorPage(c: AppContext, problem: Problem): Response | Promise<Response> {
  const locale = c.get('locale');
  const t = errorStrings(locale);
  const { kind, extra } = problem;
  if (extra.retryAfter !== undefined) c.header('Retry-After', String(extra.retryAfter));
  const ours = kind.status >= 500;
  return page(
    c,
    { title: kind.title[locale], status: kind.status },
    <div class="form-block">
      <p class="lead">{(extra.detail ?? kind.explanation)[locale]}</p>
      {extra.errors && extra.errors.length > 0 && (
        <>
          <h2>{t('faults')}</h2>
          <ul>
            {extra.errors.map(({ detail }) => (
              <li>{detail}</li>
            ))}
          </ul>
        </>
      )}
      <p>{c.req.method === 'GET' ? t('keptEverything') : t('keptNothing')}</p>
      <h2>{t('nextHeading')}</h2>
      <p>{nextStep(t, problem)}</p>
      <div class="actions">
        <LinkButton href="/">{t('home')}</LinkButton>
        <LinkButton href="/prenota" look="outline">
          {t('book')}
        </LinkButton>
        {ours && (
          <LinkButton href="/stato" look="plain">
            {t('status')}
          </LinkButton>
        )}
      </div>
      {ours && c.get('correlationId') && (
        <p class="reference">
          {t('reference')} <code>{c.get('correlationId')}</code>
        </p>
      )}
    </div>,
  );
}

function nextStep(t: ReturnType<typeof errorStrings>, { status, extra }: Problem): string {
  switch (status) {
    case 401:
      return t('nextSignIn');
    case 403:
      return t('nextRole');
    case 404:
    case 405:
    case 410:
      return t('nextFind');
    case 409:
    case 412:
    case 428:
      return t('nextReload');
    case 413:
      return t('nextSmaller');
    case 429:
      return t('nextWait', { count: extra.retryAfter ?? 60 });
    case 500:
    case 503:
      return t('nextLater');
    default:
      return t('nextForm');
  }
}
