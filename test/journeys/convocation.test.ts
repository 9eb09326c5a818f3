import { expect } from 'vitest';
import { journey } from './visit.ts';

journey('an operator invites, and whoever is convoked reads what follows', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const button = (name: string | RegExp) => main.getByRole('button', { name });

  await open('/');
  await main.getByRole('button', { name: /operatore/i }).click();
  await open('/operatore/convocazioni');
  await look('campaigns');

  // What is missing is said, and what was typed stays.
  await main.getByRole('link', { name: 'Nuova campagna' }).click();
  await page.getByLabel(/^Nome della campagna/).fill('Campagna di prova');
  await button('Salva la bozza').click();
  await look('campaign, to be put right');
  expect(await page.getByLabel(/^Nome della campagna/).inputValue()).toBe('Campagna di prova');
  await page.getByLabel(/^Servizio/).selectOption({ label: 'Primo colloquio e patto di servizio' });
  await page.getByLabel(/^Come si invita/).selectOption('letter');
  await button('Salva la bozza').click();
  await look('campaign without people');

  const list = page.locator('[name="csv"]');
  await list.fill('codice_fiscale;nome;cognome\nNON-VALIDO;Ada;Rossi');
  await button('Aggiungi l’elenco').click();
  await look('list with faults');
  expect(await main.getByRole('table').textContent()).toContain('codice_fiscale');
  await page.getByLabel(/^Chi cercare/).selectOption('any');
  await page.getByLabel(/^Quante al massimo/).fill('200');
  await main.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  await look('more people than places');
  expect(await main.textContent()).toContain('Mancano');
  await button('Avvia senza posti per tutti').click();
  await look('not launched without a reason');
  await page.getByLabel(/^Avvia lo stesso/).fill('Si apre altro orario');
  await button('Avvia senza posti per tutti').click();
  await look('launched');
  expect(await main.textContent()).toContain('Si apre altro orario');

  await open('/operatore/convocazioni/atti');
  await look('convocations');
  await main.getByRole('table').getByRole('link').first().click();
  await look('convocation at the desk');
  expect(await main.textContent()).toContain('non sanzionabile');
  await main.getByRole('link', { name: 'Stampa la lettera' }).click();
  await look('letter');
  const typed = (await page.locator('.sheet-typed').textContent())!;
  const code = typed.slice(-14);

  await open('/invito');
  await page.getByLabel(/^Codice/).fill('0000-0000-0000');
  await button('Continua').click();
  await look('wrong code');
  await page.getByLabel(/^Codice/).fill(code);
  await button('Continua').click();
  await look('own convocation');
  expect(await main.textContent()).toContain('art. 21 del D.Lgs. 150/2015');
});
