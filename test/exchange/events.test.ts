import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_KINDS, kindsOf, subscriptionsTo } from '../../src/exchange/rules/events.ts';

/** All that is written in `src`, but for the list of events itself. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('rules/events.ts'))
  .map((path) => readFileSync(`src/${path}`, 'utf8'))
  .join('\n');

it('every kind of event comes from something that is really done', () => {
  for (const action of Object.keys(subscriptionsTo(EVENT_KINDS)))
    expect(sources, action).toContain(`'${action}'`);
});

it('kinds are found again from what is kept of them', () => {
  expect(kindsOf(subscriptionsTo(EVENT_KINDS))).toEqual(EVENT_KINDS);
  expect(kindsOf(subscriptionsTo(['appointment.moved']))).toEqual(['appointment.moved']);
});
