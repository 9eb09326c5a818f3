import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';

interface Device {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly javaScript: boolean;
}

/** A cheap phone and a desk, each with and without JavaScript. */
const DEVICES: readonly Device[] = [
  { name: 'on a phone', width: 360, height: 780, javaScript: true },
  { name: 'on a phone without JavaScript', width: 360, height: 780, javaScript: false },
  { name: 'on a desk', width: 1280, height: 900, javaScript: true },
  { name: 'on a desk without JavaScript', width: 1280, height: 900, javaScript: false },
];

/** Somebody at the browser, in Italian unless they choose otherwise. */
export interface Visit {
  readonly page: Page;
  readonly device: Device;
  open(path: string): Promise<void>;
  /** Looks at the page as it is now: fits the screen, accessible, nothing refused or broken. */
  look(name: string): Promise<void>;
}

/** Declares a journey, made once on each device against the service that runs for all of them. */
export function journey(title: string, travel: (visit: Visit) => Promise<void>): void {
  const url = inject('journeys');
  describe.skipIf(url === null)(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it.each(DEVICES.map((device) => [device.name, device] as const))('%s', async (_, device) => {
      const context = await browser.newContext({
        baseURL: url!,
        viewport: { width: device.width, height: device.height },
        javaScriptEnabled: device.javaScript,
        locale: 'it-IT',
        acceptDownloads: true,
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const faults = watched(page);
      try {
        await travel({
          page,
          device,
          open: async (path) => {
            await page.goto(path);
          },
          look: (name) => look(page, device, faults, `${title} ${device.name} ${name}`),
        });
      } catch (error) {
        if (!page.isClosed()) await screenshot(page, `${title} ${device.name} FAILED`);
        throw error;
      } finally {
        await context.close();
      }
    });
  });
}

/** Everything that goes wrong behind the page: errors, refused scripts, failed requests. */
function watched(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A form shown again with its faults is no fault of the page.
    if (message.type() === 'error' && !message.text().includes('422')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.status() !== 422) {
      faults.push(`${response.status()} ${response.url()}`);
    }
  });
  page.on('request', (request) => {
    if (!/^(data:|http:\/\/(127\.0\.0\.1|localhost):)/.test(request.url())) {
      faults.push(`third party: ${request.url()}`);
    }
  });
  return faults;
}

async function look(page: Page, device: Device, faults: string[], name: string): Promise<void> {
  await page.waitForLoadState('load');
  await screenshot(page, name);
  expect.soft(faults.splice(0), name).toEqual([]);
  expect.soft(await page.locator('h1').count(), `${name}: one main heading`).toBe(1);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${name}: wider than the screen`).toBeLessThanOrEqual(device.width);
  if (!device.javaScript) return;
  const { violations } = await new AxeBuilder({ page })
    // What passes need not be described.
    .options({ resultTypes: ['violations'], preload: false })
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target }) => target.join(' ')),
  }));
  expect.soft(found, `${name}: accessibility`).toEqual([]);
}

/** Kept when `SPORTELLO_SCREENSHOTS` names a folder, for people to look at. */
async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SPORTELLO_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
}
