import type { AppContext } from '../platform/http.ts';
import { asset } from './assets.ts';

/** What solves the challenge against robots, on pages that keep a start; nothing where none is asked. */
export function challengeScript(c: AppContext) {
  const asked = c.get('services').config.challenge !== 'off' && c.get('actor').kind === 'anonymous';
  return asked ? <script src={asset('challenge.js')} type="module" /> : undefined;
}
