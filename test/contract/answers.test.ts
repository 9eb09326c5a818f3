import { describe, expect, test } from 'vitest';
import { isError, named, operations, resolved } from './document.ts';

const EVERY_ANSWER = [
  'Cache-Control',
  'Correlation-Id',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

describe.each(operations.map((operation) => [named(operation), operation] as const))(
  '%s',
  (_, operation) => {
    const answers = Object.entries(operation.responses);

    test('declares a success and the failures that any request may meet', () => {
      const statuses = answers.map(([status]) => status);
      expect(statuses.some((status) => /^2/.test(status))).toBe(true);
      expect(statuses).toEqual(expect.arrayContaining(['400', '429', '500', '503']));
      if (operation.requestBody) expect(statuses).toEqual(expect.arrayContaining(['415', '422']));
      if (operation.path.includes('{')) expect(statuses).toContain('404');
      const open = operation.security?.some((requirement) => Object.keys(requirement).length === 0);
      if (!open) expect(statuses).toEqual(expect.arrayContaining(['401', '403']));
    });

    test.each(answers)('%s says how much is left and what may be kept', (status, answer) => {
      expect(answer.description).toMatch(/\S/);
      expect(Object.keys(answer.headers ?? {})).toEqual(expect.arrayContaining(EVERY_ANSWER));
      for (const [name, header] of Object.entries(answer.headers ?? {})) {
        expect(header.description, name).toMatch(/\S/);
        expect(name).toMatch(/^[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*$/);
        expect(name).not.toMatch(/^X-|^(Accept|Content-Type|Authorization)$/i);
      }
      expect(answer.headers?.['Cache-Control']?.description).toMatch(/no-store|max-age/);
      if (status === '429' || status === '503')
        expect(answer.headers).toHaveProperty('Retry-After');
      if (status === '201' || status === '202') expect(answer.headers).toHaveProperty('Location');
    });

    test.each(answers.filter(([status]) => isError(status)))(
      '%s is a problem',
      (_status, answer) => {
        expect(Object.keys(answer.content ?? {})).toEqual(['application/problem+json']);
        const problem = resolved(answer.content?.['application/problem+json']?.schema ?? {});
        const properties = Object.keys(problem.properties ?? {});
        expect(problem.required).toEqual(expect.arrayContaining(['title', 'status', 'detail']));
        for (const other of ['message', 'msg', 'code', 'error'])
          expect(properties).not.toContain(other);
        expect(problem.properties?.type?.format).toBe('uri');
        expect(problem.properties?.instance?.format).toBe('uri');
      },
    );

    test.each(answers.filter(([status]) => !isError(status)))(
      '%s is an object',
      (status, answer) => {
        if (status === '204' || status === '205') expect(answer.content).toBeUndefined();
        for (const [type, media] of Object.entries(answer.content ?? {})) {
          if (!/json$/.test(type)) continue;
          expect(resolved(media.schema ?? {}).type).toBe('object');
        }
      },
    );
  },
);
