import { describe, expect, test } from 'vitest';
import { document, named, operations } from './document.ts';

const VERBS = /^(get|put|post|delete|patch|head|create|remove|list|update|edit|do|make)$/;
const SECRETS = /pass(word|code)|secret|token|api_?key|credential|session/i;
const PERSONAL = /tax_?code|fiscal|(given|family|first|last)_?name|surname|e?-?mail|phone|birth/i;

describe.each(operations.map((operation) => [named(operation), operation] as const))(
  '%s',
  (_, operation) => {
    const { method, path, requestBody, parameters = [] } = operation;

    test('tells what it does', () => {
      expect(operation.tags?.length).toBeGreaterThan(0);
      expect(operation.summary).toMatch(/\S/);
      expect(operation.description).toMatch(/\S/);
    });

    test('has a name in snake_case that is not an HTTP method', () => {
      expect(operation.operationId).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/);
      expect(operation.operationId).not.toMatch(/^(get|post|put|delete|patch|head)/);
    });

    test('has an address of plural nouns in kebab-case', () => {
      expect(path).toMatch(/^\/status$|^\/v\d+(\/[a-z0-9]+(-[a-z0-9]+)*|\/\{[a-z0-9_]+\})+$/);
      for (const segment of path.split('/')) expect(segment).not.toMatch(VERBS);
      // What is addressed by an identifier is one of many.
      for (const [collection] of path.matchAll(/[a-z0-9-]+(?=\/\{)/g))
        expect(collection).toMatch(/(s|people|data|staff)$/);
    });

    test('says whether one must be signed in, and protects what changes', () => {
      expect(operation.security?.length).toBeGreaterThan(0);
      const names = operation.security?.flatMap((requirement) => Object.keys(requirement)) ?? [];
      for (const name of names) expect(document.components.securitySchemes).toHaveProperty(name);
      if (method !== 'get') expect(names).not.toEqual([]);
    });

    test('takes nothing secret or personal in its address', () => {
      for (const parameter of parameters.filter((p) => p.in === 'query' || p.in === 'path')) {
        expect(parameter.name).not.toMatch(SECRETS);
        expect(parameter.name).not.toMatch(PERSONAL);
      }
    });

    test('declares its path parameters as required, and all of them', () => {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
      for (const parameter of declared) expect(parameter.required, parameter.name).toBe(true);
    });

    test('names its parameters in snake_case and its headers in Pascal-Case', () => {
      for (const parameter of parameters) {
        if (parameter.in !== 'header') expect(parameter.name).toMatch(/^[a-z][a-z0-9_]*$/);
        else {
          expect(parameter.name).toMatch(/^[A-Z][A-Za-z0-9]*(-[A-Z][A-Za-z0-9]*)*$/);
          expect(parameter.name).not.toMatch(/^(Accept|Content-Type|Authorization)$/i);
          expect(parameter.name).not.toMatch(/^X-/i);
        }
      }
    });

    test('takes a body where its method has one, and of the right type', () => {
      if (method === 'get' || method === 'delete' || method === 'head')
        expect(requestBody).toBeUndefined();
      if (requestBody) expect(requestBody.required).toBe(true);
      const types = Object.keys(requestBody?.content ?? {});
      if (method === 'patch') {
        expect(requestBody?.required).toBe(true);
        expect(types).toEqual(['application/merge-patch+json']);
      } else if (requestBody) expect(types).not.toContain('application/merge-patch+json');
    });

    test('answers pages of a list by cursor and limit', () => {
      const names = parameters.map(({ name }) => name);
      for (const other of ['page', 'offset', 'per_page', 'page_size', 'skip', 'search', 'order_by'])
        expect(names).not.toContain(other);
      if (names.includes('cursor')) expect(names).toContain('limit');
    });
  },
);

test('the service tells whether it works, to anybody', () => {
  const status = operations.find(({ path, method }) => path === '/status' && method === 'get');
  expect(status?.security).toEqual([{}]);
  expect(Object.keys(status?.responses[200]?.content ?? {})).toEqual(['application/json']);
  expect(status?.responses[503]).toBeDefined();
});

test('a person is always named by the words of the national ontology', () => {
  const text = JSON.stringify(document.components.schemas);
  for (const other of [
    'first_name',
    'last_name',
    'surname',
    'fiscal_code',
    'nome',
    'cognome',
    'cf',
  ])
    expect(text).not.toContain(`"${other}"`);
});
