import { expect } from 'vitest';
import { journey } from './visit.ts';

journey(
  'a day at the office: arriving, the screen of the hall, the queue at the desk',
  async (visit) => {
    const { page, open, look } = visit;
    const main = page.getByRole('main');

    await open('/arrivo/pa-palermo');
    await look('arrival');
    await open('/biglietto');
    await look('no number yet');
    await open('/sala/pa-palermo');
    await look('screen of the hall');
    expect(await main.textContent()).toContain('Sportello 2');

    await open('/');
    await main.getByRole('button', { name: /operatore/i }).click();
    await open('/operatore/coda');
    await look('queue');
    await page.getByLabel(/^Sportello/).fill('Sportello 5');
    await main.getByRole('button', { name: 'Salva' }).click();
    expect(await page.getByLabel(/^Sportello/).inputValue()).toBe('Sportello 5');
    // Somebody of the waiting ones is called by force, passed over, and the passing taken back.
    await main
      .getByRole('button', { name: /^Chiama A/ })
      .first()
      .click();
    await look('somebody called');
    const number = await main.locator('.queue-number').textContent();
    await main.getByRole('button', { name: 'Non si presenta' }).click();
    await main.getByRole('button', { name: 'Annulla l’ultima azione' }).click();
    expect(await main.locator('.queue-number').textContent()).toBe(number);
    await main.getByRole('button', { name: 'È arrivato allo sportello' }).click();
    await look('somebody received');
    await main.getByRole('button', { name: 'Concludi' }).click();
    await open('/operatore/coda/cartello');
    await look('poster');
  },
);
