import { expect, test } from 'vitest';
import { document, operations } from './document.ts';

test('the document says what it is, who answers for it and on which terms', () => {
  const { info } = document;
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  for (const key of ['title', 'summary', 'x-summary', 'description'])
    expect(info[key], key).toEqual(expect.stringMatching(/\S/));
  expect(info.version).toMatch(/^\d+\.\d+\.\d+(-[a-z0-9.+-]+)?$/);
  expect(info.contact).toEqual({
    name: expect.stringMatching(/\S/),
    url: expect.stringMatching(/^https:/),
  });
  expect(info.termsOfService).toMatch(/^https:/);
  expect(info['x-api-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(info.license).toEqual({ name: 'EUPL-1.2', identifier: 'EUPL-1.2' });
});

test('servers are reached over https and say what they are', () => {
  expect(document.servers.length).toBeGreaterThan(0);
  for (const server of document.servers) {
    expect(server.url).toMatch(/^https:\/\/.*[^/]$/);
    expect(server.description).toMatch(/\S/);
  }
});

test('every tag that an operation carries is declared and described, and none is left over', () => {
  const used = new Set(operations.flatMap(({ tags }) => tags ?? []));
  expect(document.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
  for (const tag of document.tags) expect(tag.description, tag.name).toMatch(/\S/);
});

test('operations have names of their own', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('credentials travel encrypted, never in an address, never by a flow that is no longer safe', () => {
  for (const [name, scheme] of Object.entries(document.components.securitySchemes)) {
    expect(scheme.in, name).not.toBe('query');
    expect(['negotiate', 'oauth'], name).not.toContain(scheme.scheme);
    for (const [flow, parts] of Object.entries(scheme.flows ?? {})) {
      expect(['implicit', 'password'], name).not.toContain(flow);
      for (const [key, url] of Object.entries(parts))
        if (/Url$/.test(key)) expect(url).toMatch(/^https:/);
    }
    if (scheme.bearerFormat) expect(scheme.description).toContain('RFC8725');
  }
});

test('whoever does not say otherwise must be signed in', () => {
  expect(document.security).toEqual([{ bearer: [] }]);
});
