import { expect } from 'vitest';
import { journey } from './visit.ts';

journey('hours change only once it is seen whom it hits', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const button = (name: string | RegExp) => main.getByRole('button', { name });

  await open('/');
  await main.locator('form:has(input[value="operator"]) button').click();
  await open('/operatore?periodo=settimana');
  await look('the week');
  await main
    .locator('.week-title a')
    .or(button(/^Vai a/))
    .first()
    .click();
  const next = main.getByRole('link', { name: /^Vai a/ });
  if ((await next.count()) > 0) await next.click();
  await look('the day');
  const [given, family] = ((await page.locator('.site-viewer span').textContent()) ?? '').split(
    ' ',
  );
  await open('/operatore/presenze/attivita?per=week');
  await look('what the office did');
  expect(await main.textContent()).toContain('Non venuti');

  await open('/');
  await main.locator('form:has(input[value="administrator"]) button').click();
  await open('/uffici/pa-palermo/mezzi');
  await main.getByRole('link', { name: new RegExp(`^Orari ?: ${family} ${given}$`) }).click();
  await look('hours of an operator');
  await main.locator('a[href*="/orari/serie/"]').first().click();
  await look('one series');
  await button('Togli solo questo giorno').click();
  await look('whom it hits');
  expect(await main.textContent()).toContain('Non è ancora stato salvato nulla');
  await main.getByRole('link', { name: 'Torna indietro senza cambiare nulla' }).click();
  await main.locator('a[href*="/orari/serie/"]').first().waitFor();
});
