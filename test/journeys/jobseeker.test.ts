import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Visit } from './visit.ts';

/** From the home page to the form that asks who comes, for the earliest time near Messina. */
async function chooseTheEarliest({ page, open, look }: Visit): Promise<void> {
  await open('/');
  await look('home');
  await page.getByRole('main').getByRole('link', { name: 'Prenota un appuntamento' }).click();
  await look('services');
  await page.getByRole('link', { name: /Scegli.*Did/ }).click();
  // In a city of several centres the street decides; then they think again.
  await page.getByLabel('Comune di domicilio').fill('Palermo');
  await page.getByText('Vivi a Palermo? Aggiungi la via').click();
  await page.getByLabel('Via o piazza').fill('Via Partanna Mondello');
  await page.getByRole('button', { name: 'Cerca i posti liberi' }).click();
  await look('places by street');
  await expect.poll(() => page.getByRole('main').textContent()).toContain('Il tuo è il');
  expect(page.url()).not.toMatch(/Partanna/i);
  await page.getByLabel('Comune di domicilio').fill('Messina');
  await page.getByRole('button', { name: 'Cerca i posti liberi' }).click();
  await look('places');
  expect(await page.getByRole('group', { name: /Mappa delle sedi/ }).isVisible()).toBe(true);
  const nearest = page.getByRole('region').getByRole('listitem').first();
  await expect.poll(() => nearest.textContent()).toContain('Messina');
  await nearest.getByRole('link', { name: /Vedi tutti gli orari/ }).click();
  await look('times');
  await page
    .getByRole('region', { name: /Orari liberi/ })
    .getByRole('button')
    .first()
    .click();
}

const text = async (part: Locator) => (await part.textContent()) ?? '';

journey('a jobseeker books, sees and cancels', async (visit) => {
  const { page, open, look } = visit;
  await chooseTheEarliest(visit);
  await look('who');

  // What is missing is said field by field, and what was typed stays.
  await page.getByLabel('Nome (obbligatorio)', { exact: true }).fill('Rosa');
  await page.getByLabel('Cognome').fill('Prova');
  await page.getByLabel('Indirizzo e-mail').fill('rosa');
  await page.getByRole('button', { name: 'Continua' }).click();
  await look('who, to be put right');
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('e-mail');
  expect(await page.getByLabel('Nome (obbligatorio)', { exact: true }).inputValue()).toBe('Rosa');

  const email = `rosa.${crypto.randomUUID().slice(0, 8)}@example.org`;
  await page.getByLabel('Indirizzo e-mail').fill(email);
  await page.getByRole('button', { name: 'Continua' }).click();
  await look('summary');
  await page.getByRole('button', { name: 'Conferma' }).click();
  await look('confirmation');

  const main = page.getByRole('main');
  const code = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(await text(main))?.[0] ?? '';
  expect(code).not.toBe('');
  // An address is copied, logged and remembered: nothing in it may open the appointment.
  expect(decodeURIComponent(page.url())).not.toMatch(
    new RegExp(`${code}|${code.replace('-', '')}`),
  );

  const downloading = page.waitForEvent('download');
  await main
    .getByRole('link', { name: /calendario/i })
    .first()
    .click();
  const file = readFileSync(await (await downloading).path(), 'utf8');
  expect(file).toMatch(/^BEGIN:VCALENDAR[\s\S]*BEGIN:VEVENT[\s\S]*END:VCALENDAR\s*$/);

  await page.context().clearCookies();
  await open('/appuntamento');
  await look('code and e-mail');
  await page.getByLabel('Codice di prenotazione').fill(code.toLowerCase());
  await page.getByLabel('E-mail o telefono').fill(email);
  await page.getByRole('button', { name: 'Apri' }).click();
  await look('my appointment');
  expect(await text(main)).toContain('Confermato');
  expect(await text(main)).toContain('Rosa Prova');

  await page.getByRole('link', { name: 'Annulla l’appuntamento' }).click();
  await look('before cancelling');
  await page.getByLabel('Perché annulli?').fill('Ho trovato lavoro.');
  await page.getByRole('button', { name: 'Sì, annulla' }).click();
  await look('cancelled');
  expect(await text(main)).toContain('Annullato');

  await page.getByRole('button', { name: /dimentica su questo dispositivo/ }).click();
  await open('/appuntamento');
  expect(await text(main)).not.toContain(code);
});
