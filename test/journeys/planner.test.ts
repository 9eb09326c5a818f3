import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from './visit.ts';

/** The numbers of a column of the offices' table, as they stand on the page. */
async function column(page: Page, heading: string): Promise<number[]> {
  const table = page.getByRole('table', { name: /sedi, ordinate/ });
  const headings = await table.getByRole('columnheader').allTextContents();
  const at = headings.findIndex((text) => text.trim().startsWith(heading));
  expect(at, headings.join(' | ')).toBeGreaterThanOrEqual(0);
  const rows = await table.locator('tbody tr').all();
  const texts = await Promise.all(rows.map((row) => row.locator('th, td').nth(at).textContent()));
  return texts.map((text) =>
    Number(
      /[\d.,]+/
        .exec(text ?? '')?.[0]
        .replaceAll('.', '')
        .replace(',', '.'),
    ),
  );
}

journey('a planner compares the offices, sorts them and tries a what-if', async (visit) => {
  const { page, device, open, look } = visit;
  const main = page.getByRole('main');
  await open('/');
  await page.getByRole('button', { name: 'Prova come pianificatore' }).click();
  await look('network');
  expect(await main.textContent()).toContain('64 sedi');

  // Longest wait first: Palermo, about four months; then the other way of looking at it.
  const waits = await column(page, 'Attesa');
  expect(waits).toHaveLength(64);
  expect(waits[0]).toBeGreaterThan(100);
  await page
    .getByRole('table', { name: /sedi, ordinate/ })
    .getByRole('link', { name: /^Abitanti/ })
    .click();
  await look('by inhabitants');
  const inhabitants = await column(page, 'Abitanti');
  const sorted = [...inhabitants].sort((a, b) => a - b);
  expect([sorted, [...sorted].reverse()]).toContainEqual(inhabitants);

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Scarica la tabella/ }).click();
  const csv = readFileSync(await (await downloading).path(), 'utf8');
  expect(csv.trim().split('\n')).toHaveLength(65);

  // With JavaScript a choice is followed at once; without it, by the button.
  const choose = async (label: string, choice: string, then: RegExp) => {
    await page.getByLabel(label).selectOption({ label: choice });
    if (!device.javaScript) await page.getByRole('button', { name: 'Mostra' }).click();
    await page.waitForURL(then);
  };
  await choose('Provincia', 'Messina', /provincia=ME/);
  await choose('Colora la cartina per', 'carenza qualificata', /misura=qualified_shortage/);
  await look('province of Messina');
  expect((await column(page, 'Attesa')).length).toBeLessThan(20);

  await open('/pianificazione');
  await page
    .getByRole('table', { name: /sedi, ordinate/ })
    .getByRole('link', { name: /Palermo/ })
    .first()
    .click();
  await look('office');
  expect(await main.textContent()).toContain('Perché si aspetta');

  await open('/pianificazione/ipotesi');
  await look('what if');
  const first = page.getByRole('group', { name: 'Cambiamento 1' });
  await first.getByLabel('A', { exact: true }).selectOption('Palermo');
  await first.getByLabel('Quante persone').fill('dieci');
  await page.getByRole('button', { name: 'Calcola' }).click();
  await look('what if, to be put right');
  expect(await page.getByRole('alert').count()).toBe(1);

  await first.getByLabel('Categoria').selectOption('C');
  await first.getByLabel('Quante persone').fill('10');
  await page.getByRole('button', { name: 'Calcola' }).click();
  await look('what if, computed');
  const result = page.getByRole('table').filter({ hasText: 'Palermo' }).first();
  expect(await result.textContent()).toMatch(/\d/);

  await page.getByLabel(/Nome/).fill('Dieci assunzioni a Palermo');
  await page.getByRole('button', { name: /Salva/ }).click();
  await look('what if, saved');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Dieci assunzioni');
});
