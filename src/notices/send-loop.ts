import { systemCall } from '../platform/call.ts';
import { describeError } from '../platform/database.ts';
import type { Services } from '../platform/http.ts';
import { sendDue } from './actions/send-due.ts';
import type { Carriers } from './carrier.ts';

/**
 * Sends what is due every few seconds for as long as the process lives. The returned function stops
 * it and resolves once the letters under way are settled.
 */
export function startSending(
  services: Services,
  carriers: Carriers,
  everyMs = 3000,
): () => Promise<void> {
  let stopping = false;
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!stopping) {
      let more = false;
      try {
        ({ more } = await sendDue(systemCall(services, 'send-notices'), carriers));
      } catch (error) {
        services.log.error('notices could not be sent', { error: describeError(error) });
      }
      if (!stopping && !more) await pause();
    }
  })();

  return async () => {
    stopping = true;
    wake();
    await running;
  };
}
