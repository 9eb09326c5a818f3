import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './http.ts';
import { VERSION } from './status.ts';

/** Whatever JSON an OpenAPI document is made of. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };

/** Names this API whatever its title or its address become (a catalogue tracks it by this). */
const API_ID = '0193a6c4-7d1e-7c1b-9a55-3f6e2f0b8d21';

const SUMMARY = 'Appuntamenti, profilazione e organico dei centri per l’impiego';

const DESCRIPTION = `Sportello serves the public employment centres (Cpi) of Italy: whoever looks for work books an
appointment at the office that can receive them first, operators profile the person and write the patto di
servizio, planners compare what each bacino asks for with the staff it has.

Where to begin. \`search_comuni\` and \`list_services\` give codes and ids; \`find_earliest_starts\` says where the
first free time is, \`list_office_starts\` what an office has on its days; \`keep_start\` and \`confirm_hold\` take a
time in two steps, \`book_appointment\` in one, \`book_visit\` several together. Whoever has no account changes an
appointment, a registration or a place in the list with its \`pass\`: the code and the e-mail it was sent to. An
office is set up with \`import_network\` or piece by piece: \`add_operator\`, \`add_resource\`, \`add_service\`,
\`add_opening_series\` (recurring hours; with \`kind: pause\` a recurring absence, of an office or of one operator),
\`add_hours_period\` (hours of one summer or one year), \`set_patron_feast\`; national holidays are known. Closing
once is \`preview_closure\`, then \`apply_closure\`.

Errors are problem documents (RFC 9457) whose \`type\` is a page that explains them; \`errors\` points at
the fields. Instants are RFC 3339 with their offset; a request may leave it out and means the clock of Rome. Long lists are paged by \`cursor\` and \`limit\`. A write repeated with the same \`Idempotency-Key\` is carried
out once. Every answer says how many requests are left (\`RateLimit-*\`) and how long it may be kept
(\`Cache-Control\`: \`no-store\` unless declared otherwise). \`Correlation-Id\` is taken over from the request, or made.`;

/** What each group of operations is about. A room adds the tag of its routes here. */
const TAGS: Readonly<Record<string, string>> = {
  status: 'Whether the service works.',
  offices: 'Offices (Cpi), the comuni they serve, their opening hours and operators.',
  network: 'The network of offices as a whole, and its import from files.',
  notices: 'Messages to people: what became of each, their texts, how far ahead they remind.',
  booking: 'What one may come for, times that are really free, appointments.',
  waitlist: 'Waiting for time that comes free, and answering its offers.',
  workshops: 'Sessions of a group: seats, registrations, attendance.',
  reception: 'The day at the office: arrivals, numbers, who is called where.',
  convocation: 'Campaigns, invitations and convocations.',
  attendance: 'Absences and their justification, who is expected to come.',
  people: 'Jobseekers and the data the offices hold of them.',
  profiling: 'The automatic profile with its reasons, the interview, the decided percorso.',
  pact: 'The patto di servizio and what was agreed in it.',
  privacy: 'What people may ask about the data held of them: a copy, erasure.',
  planning: 'What each office needs against what it has, and what would change it.',
  disruption: 'Closures, absences, calls-off: whom they hit and what each is offered.',
  exchange: 'Events told to other systems, and tables to take along.',
  monitoring: 'Indicators and open data.',
};

/**
 * The OpenAPI 3.1 document of every route that the application declares, completed with what the
 * binding does not write: formats of numbers, closed objects, bounds.
 * @param publicUrl where the API is reached, without a trailing slash
 */
export function openApiDocument(app: OpenAPIHono<AppEnv>, publicUrl: string): Node {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Sportello', version: VERSION },
  }) as unknown as Node;
  const components = (document.components ?? {}) as Node;
  // The binding writes this empty part always.
  delete document.webhooks;
  declareRefusedTokens(document);
  return complete({
    ...document,
    info: {
      title: 'Sportello',
      version: VERSION,
      summary: SUMMARY,
      'x-summary': SUMMARY,
      description: DESCRIPTION,
      termsOfService: `${publicUrl}/privacy`,
      contact: { name: 'Sportello', url: `${publicUrl}/documentazione-api` },
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      'x-api-id': API_ID,
    },
    servers: [server(publicUrl)],
    security: [{ bearer: [] }],
    tags: tagsOf(document),
    components: {
      schemas: components.schemas ?? {},
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'An encrypted token (JWE) handled as RFC8725 asks, valid for eight hours. The pages of the service carry the same one in the cookie `__Host-sportello`, which requests from a browser may use instead. Where the service runs as a demonstration, `POST /accesso-demo` with the form field `role` (`jobseeker`, `operator`, `planner` or `administrator`) sets that cookie: its value is a token. One that is expired or altered is refused with 401.',
        },
      },
    },
  }) as Node;
}

/** Where a token may be shown, one that is no good is refused, also where none is asked for. */
function declareRefusedTokens(document: Node): void {
  const operations = Object.values((document.paths ?? {}) as Record<string, Node>)
    .flatMap((item) => Object.values(item))
    .filter((part): part is Node => part !== null && typeof part === 'object');
  for (const { responses, security } of operations) {
    const answers = responses as Node | undefined;
    const takesOne = Array.isArray(security) && security.some((one) => 'bearer' in (one as Node));
    if (!answers?.[400] || answers[401] || !takesOne) continue;
    answers[401] = { ...(answers[400] as Node), description: 'The token is not good any more.' };
  }
}

const PATH = '/openapi.json';

/** Serves the document at `/openapi.json`. Call it once every route is mounted. */
export function serveOpenApiDocument(app: OpenAPIHono<AppEnv>): void {
  let text: string | undefined;
  app.get(PATH, describedBy, (c) => {
    text ??= JSON.stringify(openApiDocument(app, c.get('services').config.publicUrl));
    return c.body(text, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
    });
  });
}

/** Tells programs, with every answer, where the document is (RFC 8631). */
export const describedBy: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { publicUrl } = c.get('services').config;
  c.res.headers.append('Link', `<${publicUrl}${PATH}>; rel="service-desc"`);
};

function server(url: string): Node {
  return url.startsWith('https:')
    ? { url, description: 'The service.' }
    : { url, description: 'A service on this machine, for trying out.', 'x-sandbox': true };
}

function tagsOf(document: Node): Node[] {
  const used = new Set(
    Object.values((document.paths ?? {}) as Record<string, Node>)
      .flatMap((item) => Object.values(item) as { tags?: string[] }[])
      .flatMap((operation) => operation.tags ?? []),
  );
  const declared = Object.keys(TAGS).filter((name) => used.has(name));
  return declared.map((name) => ({ name, description: TAGS[name]! }));
}

/** Keys whose values are data of the reader's own, not parts of the document. */
const OPAQUE = new Set(['example', 'examples', 'default', 'enum', 'const']);

function complete(node: Json): Json {
  if (Array.isArray(node)) return node.map(complete);
  if (node === null || typeof node !== 'object') return node;
  const completed: Node = {};
  for (const [key, value] of Object.entries(node))
    completed[key] = OPAQUE.has(key) ? value : complete(value);
  // Some schemas are declared with a coercion, for which the binding cannot tell that they must be there.
  if (completed.in === 'path') completed.required = true;
  // Hono reads header names in lower case.
  if (completed.in === 'header') completed.name = headerName(String(completed.name));
  if (typeof completed.pattern === 'string') {
    completed.pattern = bare(completed.pattern);
    // Checkers that read patterns without the Unicode flag would call these examples wrong.
    if (completed.pattern.includes('\\p{')) delete completed.example;
  }
  return { ...missing(completed), ...completed };
}

function headerName(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/**
 * The binding writes `/…/u` with its closing slash and flags, which are no part of a pattern: JSON
 * Schema patterns are read as Unicode anyway, and no other flag can be said in one.
 */
function bare(pattern: string): string {
  const [, source, flags = ''] = pattern.match(/^(.*[^\\])\/([a-z]+)$/s) ?? [];
  if (source === undefined) return pattern;
  if (flags !== 'u') throw new Error(`pattern ${pattern} cannot be written without its flags`);
  return source;
}

/** What a schema of each type says at least. */
function missing(schema: Node): Node {
  if (ofType(schema, 'integer')) return { format: isInt32(schema) ? 'int32' : 'int64' };
  if (ofType(schema, 'number')) return { format: 'double' };
  if (ofType(schema, 'array')) return { minItems: 0 };
  if (ofType(schema, 'object') && typeof schema.properties === 'object')
    return { additionalProperties: false };
  return {};
}

function ofType(schema: Node, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

function isInt32({ minimum, maximum }: Node): boolean {
  return (
    typeof minimum === 'number' &&
    typeof maximum === 'number' &&
    minimum >= -(2 ** 31) &&
    maximum < 2 ** 31
  );
}
