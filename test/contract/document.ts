import { createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/platform/config.ts';
import type { Services } from '../../src/platform/http.ts';
import { openApiDocument } from '../../src/platform/openapi-document.ts';

export interface Schema {
  readonly [key: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
}

interface Header {
  readonly description?: string;
  readonly schema?: Schema;
}

interface Media {
  readonly schema?: Schema;
}

export interface Answer {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content?: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: string;
  readonly bearerFormat?: string;
  readonly description?: string;
  readonly flows?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Document {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string; readonly description?: string }[];
  readonly security: readonly unknown[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  };
}

const PUBLIC_URL = 'https://sportello.example.org';

const config = parseConfig({ PUBLIC_URL });

/** The document of the whole application, as `npm run openapi` prints it. */
export const document = openApiDocument(
  createApp({ config } as Services),
  config.publicUrl,
) as unknown as Document;

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']);

export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ ...operation, method, path })),
);

/** `get /v1/services`, for the titles of tests. */
export function named(operation: Operation): string {
  return `${operation.method} ${operation.path}`;
}

export function isError(status: string): boolean {
  return /^[45]/.test(status) || status === 'default';
}

/** A schema with its reference, if it is one, followed. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/components/schemas/', '');
  const found = document.components.schemas[name];
  if (!found) throw new Error(`${schema.$ref} leads nowhere`);
  return found;
}

/** Every schema of the document with the place it stands at. */
export const schemas: readonly (readonly [place: string, schema: Schema])[] = [
  ...Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    within(schema, `components.${name}`),
  ),
  ...operations.flatMap((operation) => [
    ...(operation.parameters ?? []).flatMap((parameter) =>
      parameter.schema ? within(parameter.schema, `${named(operation)} ${parameter.name}`) : [],
    ),
    ...inContent(operation.requestBody?.content, `${named(operation)} body`),
    ...Object.entries(operation.responses).flatMap(([status, answer]) => [
      ...inContent(answer.content, `${named(operation)} ${status}`),
      ...Object.entries(answer.headers ?? {}).flatMap(([name, header]) =>
        header.schema ? within(header.schema, `${named(operation)} ${status} ${name}`) : [],
      ),
    ]),
  ]),
];

function inContent(content: Operation['responses'][string]['content'], place: string) {
  return Object.values(content ?? {}).flatMap((media) =>
    media.schema ? within(media.schema, place) : [],
  );
}

function within(schema: Schema, place: string): [string, Schema][] {
  const parts: [string, Schema][] = [[place, schema]];
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    parts.push(...within(property, `${place}.${name}`));
  if (schema.items) parts.push(...within(schema.items, `${place}[]`));
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    for (const [index, part] of ((schema[key] ?? []) as Schema[]).entries())
      parts.push(...within(part, `${place}.${key}${index}`));
  for (const key of ['additionalProperties', 'propertyNames', 'not'])
    if (typeof schema[key] === 'object' && schema[key] !== null)
      parts.push(...within(schema[key] as Schema, `${place}.${key}`));
  return parts;
}

export function hasType(schema: Schema, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}
