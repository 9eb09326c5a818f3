import { expect } from 'vitest';
import { journey } from './visit.ts';

const someone = () => `anna.${crypto.randomUUID().slice(0, 8)}@example.org`;

journey(
  'a jobseeker registers for a session and comes back to cancel',
  async ({ page, open, look }) => {
    const main = page.getByRole('main');
    await open('/incontri');
    await look('sessions');
    await main
      .getByRole('link', { name: /Dettagli e iscrizione/ })
      .first()
      .click();
    await look('session');
    await main
      .getByRole('link', { name: /^(Iscriviti|Mettiti in lista)$/ })
      .first()
      .click();
    await page.getByLabel('Nome (obbligatorio)', { exact: true }).fill('Anna');
    await main.getByRole('button', { name: /^(Iscriviti|Mettiti in lista)$/ }).click();
    await look('what is missing');
    expect(await page.getByLabel('Nome (obbligatorio)', { exact: true }).inputValue()).toBe('Anna');
    await page.getByLabel('Cognome').fill('Prova');
    await page.getByLabel('Indirizzo e-mail').fill(someone());
    await main.getByRole('button', { name: /^(Iscriviti|Mettiti in lista)$/ }).click();
    await look('registered');
    await main.getByText(/^(Annulla l’iscrizione|Esci dalla lista)$/).click();
    await main.getByRole('button', { name: 'Sì, rinuncio al posto' }).click();
    await look('cancelled');
    await expect.poll(() => main.textContent()).toContain('Annullata');
  },
);

journey(
  'somebody without an appointment waits, changes what suits and leaves',
  async ({ page, open, look }) => {
    const main = page.getByRole('main');
    await open('/attesa?servizio=primo-colloquio&ufficio=pa-palermo');
    await look('joining');
    await page.getByLabel('Nome (obbligatorio)', { exact: true }).fill('Anna');
    await page.getByLabel('Cognome').fill('Prova');
    await page.getByLabel('Indirizzo e-mail').fill(someone());
    await main.getByRole('button', { name: 'Mettiti in lista' }).click();
    await page.waitForLoadState('load');
    const anyway = main.getByRole('button', { name: 'No, mettimi in lista' });
    if ((await anyway.count()) > 0) {
      await look('free already');
      await anyway.click();
    }
    await look('place');
    await expect.poll(() => main.textContent()).toContain('In attesa');
    await main.getByRole('link', { name: 'Cambia che cosa va bene' }).click();
    await look('wishes');
    await page.getByLabel('lunedì').uncheck();
    await main.getByRole('button', { name: 'Salva' }).click();
    await expect.poll(() => main.textContent()).toContain('martedì, mercoledì');
    await main.getByText('Esci dalla lista', { exact: true }).click();
    await look('before leaving');
    await main.getByRole('button', { name: 'Sì, esci dalla lista' }).click();
    await look('left');
    await expect.poll(() => main.textContent()).toContain('Uscito dalla lista');
  },
);

journey('an operator sees who waits and plans a session', async ({ page, open, look }) => {
  await open('/');
  await page.request.post('/accesso-demo', {
    form: { role: 'operator' },
    headers: { Origin: new URL(page.url()).origin },
  });
  await open('/operatore/attesa');
  await look('waiting list');
  await open('/operatore/incontri');
  await look('sessions');
  await page.getByRole('table').first().getByRole('link').first().click();
  await look('attendance list');
  await open('/operatore/incontri/nuovo');
  await page.getByRole('button', { name: 'Crea' }).click();
  await look('new session, to be put right');
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('correggere');
});
