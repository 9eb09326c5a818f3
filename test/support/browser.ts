import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe, expect } from 'vitest';

/** The browser at hand, or undefined where there is none. */
export const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));

/** The screens every page is looked at on: a cheap phone and a desk. */
export const SCREENS = [
  { name: 'a phone', width: 360, height: 740 },
  { name: 'a desk', width: 1280, height: 900 },
] as const;

/**
 * `describe` for journeys in a browser. Where no Chromium is installed they are skipped with a
 * word about it; in CI that is a failure.
 */
export const describeInBrowser = CHROMIUM || process.env.CI ? describe : describe.skip;
if (!CHROMIUM) {
  console.warn('No Chromium found (set CHROMIUM_PATH): journeys in the browser do not run.');
}

export async function launchBrowser(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No Chromium found: install it or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh visitor who reads Italian. `faults` collects what the browser complains about. */
export async function visitor(
  browser: Browser,
  options: { width?: number; height?: number; javaScriptEnabled?: boolean; locale?: string } = {},
): Promise<{ page: Page; faults: string[] }> {
  const { width = 1280, height = 900, javaScriptEnabled = true, locale = 'it-IT' } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled,
    locale,
    timezoneId: 'Europe/Rome',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return { page, faults };
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No obstacle that axe knows of, and nothing wider than the screen. Needs JavaScript on. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  expect(found, `obstacles on ${page.url()}`).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide, `pixels beyond the screen on ${page.url()}`).toBe(0);
}
