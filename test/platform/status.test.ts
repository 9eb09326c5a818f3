import { expect, it } from 'vitest';
import { testApp, testServices } from '../support/app.ts';

const app = testApp(await testServices());

it('anybody can ask whether the service works, and which version it is', async () => {
  const answer = await app.request('/status');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ status: 'ok', demo: false, notices_waiting: 0 });
});
