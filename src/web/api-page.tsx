import { accepts } from 'hono/accepts';
import type { AppContext } from '../platform/http.ts';
import { notFound, problemKind, problemKinds } from '../platform/problem.ts';
import { asset } from './assets.ts';
import { DefinitionList } from './components/content.tsx';
import { page } from './layout.tsx';
import { defineStrings } from './strings.ts';

const apiStrings = defineStrings('api', {
  it: {
    title: 'Documentazione API',
    lead: 'Tutto quello che fanno le pagine si può fare anche da programma.',
    document: 'Documento OpenAPI 3.1',
    problems: 'Tipi di problema',
    withoutScript: 'La pagina interattiva ha bisogno di JavaScript; il documento qui sopra no.',
    problemsLead:
      'I motivi per cui una richiesta può essere rifiutata: l’indirizzo di ciascuno è il «type» della risposta.',
    problemStatus: 'Stato HTTP',
    problemType: 'Tipo',
    problemMeaning: 'Che cosa significa e che cosa fare',
  },
  en: {
    title: 'API documentation',
    lead: 'Whatever pages do can be done by programs too.',
    document: 'OpenAPI 3.1 document',
    problems: 'Kinds of problem',
    withoutScript: 'The interactive page needs JavaScript; the document above does not.',
    problemsLead:
      'The reasons why a request may be refused: the address of each is the “type” of the answer.',
    problemStatus: 'HTTP status',
    problemType: 'Type',
    problemMeaning: 'What it means and what to do',
  },
});

/** `/documentazione-api`: the OpenAPI document made browsable, from this host alone. */
export function apiPage(c: AppContext): Response | Promise<Response> {
  const t = apiStrings(c.get('locale'));
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      wide: true,
      head: (
        <>
          <link rel="stylesheet" href={asset('swagger-ui.css')} />
          <script src={asset('swagger-ui.js')} defer />
          <script src={asset('api-page.js')} defer />
        </>
      ),
    },
    <>
      <p>
        <a href="/openapi.json">{t('document')}</a> · <a href="/problems">{t('problems')}</a>
      </p>
      <noscript>
        <p>{t('withoutScript')}</p>
      </noscript>
      <div id="api" data-document="/openapi.json" />
    </>,
  );
}

/** `/problems`: every kind of problem there is. */
export function problemsPage(c: AppContext): Response | Promise<Response> {
  const locale = c.get('locale');
  const t = apiStrings(locale);
  return page(
    c,
    {
      title: t('problems'),
      lead: t('problemsLead'),
      breadcrumbs: [{ label: t('title'), href: '/documentazione-api' }, { label: t('problems') }],
    },
    <DefinitionList
      items={problemKinds().map((kind) => [
        String(kind.status),
        <>
          <a href={`/problems/${kind.slug}`}>{kind.title[locale]}</a>
          <br />
          {kind.explanation[locale]}
        </>,
      ])}
    />,
  );
}

/**
 * `/problems/:slug`: what the `type` of a problem document means (RFC 9457 §3.1.1), as a page or,
 * for who asks for it, as JSON.
 * @throws {Problem} 404 for a kind that does not exist
 */
export function problemPage(c: AppContext): Response | Promise<Response> {
  const locale = c.get('locale');
  const t = apiStrings(locale);
  const kind = problemKind(c.req.param('slug') ?? '');
  if (!kind) throw notFound();
  const { publicUrl } = c.get('services').config;
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['text/html', 'application/json'],
    default: 'text/html',
  });
  c.header('Vary', 'Accept', { append: true });
  if (wanted === 'application/json') {
    return c.json({
      type: `${publicUrl}/problems/${kind.slug}`,
      title: kind.title[locale],
      status: kind.status,
      detail: kind.explanation[locale],
    });
  }
  return page(
    c,
    {
      title: kind.title[locale],
      breadcrumbs: [
        { label: t('title'), href: '/documentazione-api' },
        { label: t('problems'), href: '/problems' },
        { label: kind.title[locale] },
      ],
    },
    <div class="form-block">
      <DefinitionList
        items={[
          [t('problemStatus'), String(kind.status)],
          [t('problemType'), <code>{kind.slug}</code>],
          [t('problemMeaning'), kind.explanation[locale]],
        ]}
      />
    </div>,
  );
}
