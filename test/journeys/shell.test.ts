import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppEnv } from '../../src/platform/http.ts';
import { useAssets } from '../../src/web/assets.ts';
import { readAssetManifest, serveAssets } from '../../src/web/serve-assets.ts';
import {
  describeInBrowser,
  expectAccessible,
  launchBrowser,
  SCREENS,
  visitor,
} from '../support/browser.ts';
import { gallery } from '../web/gallery.tsx';

describeInBrowser('the pieces of pages', () => {
  let browser: Browser;
  let server: ServerType;
  let url: string;

  beforeAll(async () => {
    useAssets(readAssetManifest('dist'));
    const app = new Hono<AppEnv>().use(serveAssets('dist')).route('/', gallery);
    await new Promise<void>((ready) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (at) => {
        url = `http://127.0.0.1:${(at as AddressInfo).port}`;
        ready();
      });
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each(SCREENS)('are free of obstacles on $name', async ({ width, height }) => {
    for (const path of ['/form', '/content']) {
      const { page, faults } = await visitor(browser, { width, height });
      await page.goto(url + path);
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });

  it('take the reader from an error to the field it is about', async () => {
    const { page } = await visitor(browser);
    await page.goto(`${url}/form`);
    const summary = page.getByRole('alert');
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await summary.getByRole('link', { name: 'Scegli un servizio' }).click();
    expect(
      await page
        .getByLabel('Servizio (obbligatorio)')
        .evaluate((e) => e === document.activeElement),
    ).toBe(true);
    expect(await page.getByRole('textbox', { name: 'E-mail' }).getAttribute('aria-invalid')).toBe(
      'true',
    );
  });

  it('show the keyboard where it is, first of all on the way to the content', async () => {
    const { page } = await visitor(browser);
    await page.goto(`${url}/content`);
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).toBe('Vai al contenuto');
    expect(await focused.evaluate((e) => getComputedStyle(e).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenuto');
  });

  it('print without what only serves the screen', async () => {
    const { page } = await visitor(browser);
    await page.goto(`${url}/content`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Principale' }).isVisible()).toBe(false);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  });

  it('do not show a print button to whom it could not serve', async () => {
    const { page } = await visitor(browser, { javaScriptEnabled: false });
    await page.goto(`${url}/content`);
    expect(await page.getByText('Stampa').isVisible()).toBe(false);
  });
});
