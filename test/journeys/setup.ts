import type { TestProject } from 'vitest/node';
import { CHROMIUM } from '../support/browser.ts';
import { startServer, temporaryFolder } from '../support/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the service runs on demonstration data; null where no browser can visit it. */
    journeys: string | null;
  }
}

/** Starts the service as a newcomer would, on an empty folder, once for all journeys. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!CHROMIUM) {
    const missing = 'no Chromium found: install it, or set CHROMIUM_PATH';
    if (process.env.CI) throw new Error(missing);
    console.error(`\n  !!  ${missing}. The journeys ARE NOT BEING TESTED.\n`);
    project.provide('journeys', null);
    return undefined;
  }

  // To try a journey again and again on a service that is running already.
  const running = process.env.SPORTELLO_JOURNEYS_URL;
  if (running) {
    project.provide('journeys', running);
    return undefined;
  }

  const folder = temporaryFolder();
  const environment = {
    NODE_ENV: 'development',
    DATA_DIR: folder.path,
    DEMO: 'true',
    LOG_LEVEL: 'warning',
    RATE_LIMIT_PER_MINUTE: '1000000',
  };
  const started = performance.now();
  const first = await startServer(environment);
  const ready = performance.now();
  await first.stop();
  const again = performance.now();
  const server = await startServer(environment);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  console.error(
    `demonstration ready in ${seconds(started, ready)} s on an empty folder, ` +
      `in ${seconds(again, performance.now())} s after a restart`,
  );
  project.provide('journeys', server.url);
  return async () => {
    await server.stop();
    folder.remove();
  };
}
