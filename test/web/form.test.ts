import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AppEnv } from '../../src/platform/http.ts';
import { errorsByField, formValues, zodErrors } from '../../src/web/form.ts';

async function submit(body: string): Promise<unknown> {
  const app = new Hono<AppEnv>();
  app.post('/', async (c) => c.json(await formValues(c)));
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return (await app.request('/', { method: 'POST', headers, body })).json();
}

describe('a submitted form', () => {
  it('is read without the blanks around what was typed', async () => {
    expect(await submit('name=+Anna+&note=')).toEqual({ name: 'Anna', note: '' });
  });

  it('keeps several ticks of one group', async () => {
    expect(await submit('day=mon&day=tue&one=1')).toEqual({ day: ['mon', 'tue'], one: '1' });
  });
});

describe('what is wrong with a form', () => {
  it('is one sentence a field, the first', () => {
    const faults = [
      { pointer: '/email', detail: 'manca' },
      { pointer: '/email', detail: 'non è un indirizzo' },
      { pointer: '/contact/phone', detail: 'troppo corto' },
    ];
    expect(errorsByField(faults)).toEqual({ email: 'manca', 'contact.phone': 'troppo corto' });
  });

  it('is said in the reader’s language', () => {
    const { error } = z.object({ email: z.email() }).safeParse({ email: 'anna@' });
    expect(zodErrors(error!, 'it').email).not.toBe(zodErrors(error!, 'en').email);
  });
});
