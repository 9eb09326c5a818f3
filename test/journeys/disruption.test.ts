import { expect } from 'vitest';
import { journey } from './visit.ts';

const DAY = 86_400_000;
/**
 * Days ahead, each visit on a day of its own: they share one office. Far ahead, since a closure taken
 * back leaves time free, and the planner's journey finds that office full for months.
 */
let visits = 0;

/** The first working day at least `days` days ahead. */
function workingDay(days: number): string {
  for (let ahead = days; ; ahead++) {
    const day = new Date(Date.now() + ahead * DAY);
    if (day.getUTCDay() % 6 !== 0) return day.toISOString().slice(0, 10);
  }
}

journey('an operator closes a morning and opens it again', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const button = (name: string | RegExp) => main.getByRole('button', { name });
  const day = workingDay(105 + 3 * visits++);

  await open('/');
  await main.getByRole('button', { name: /operatore/i }).click();
  await open('/operatore/chiusure');
  await look('closures');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Chiusure e assenze');

  const fill = async (last: string) => {
    await page.locator('[name="dal"]').fill(day);
    await page.locator('[name="dalle"]').fill('08:00');
    await page.locator('[name="al"]').fill(last);
    await page.locator('[name="alle"]').fill('14:00');
    await page.locator('[name="motivo"]').fill('Guasto all’impianto');
  };
  await fill(workingDay(1));
  await button('Guarda chi è colpito').click();
  await look('closure, to be put right');
  expect(await page.locator('[name="motivo"]').inputValue()).toBe('Guasto all’impianto');

  await fill(day);
  await button('Guarda chi è colpito').click();
  await look('whom it hits');
  const rows = await main.getByRole('table').getByRole('row').count();
  if (rows > 1) await main.getByRole('combobox').first().selectOption('displace');
  await button(/^Chiudi/).click();
  await look('closed');
  expect(await main.textContent()).toContain('Guasto all’impianto');

  await open('/operatore/chiusure');
  await look('closures, one of them made');
  await main.getByRole('table').last().getByRole('link').first().click();
  await main.getByText('Ritira la chiusura').click();
  await look('closure, asked again');
  await button('Sì, procedi').click();
  await look('closure withdrawn');
  expect(await main.textContent()).toContain('ritirata');
});

journey('an operator connects a calendar and takes data along', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const name = `telefono ${visit.device.name}`;

  await open('/');
  await main.getByRole('button', { name: /operatore/i }).click();
  await open('/operatore/collegamenti');
  await look('connections');
  await page.getByLabel('Dove la userai').fill(name);
  await main.getByRole('button', { name: 'Crea la password' }).click();
  await look('password made');
  const [username, password] = await main.locator('dd code').allTextContents();
  const feed = await page.request.get('/calendari/operatore.ics', {
    headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}` },
  });
  expect(await feed.text()).toContain('BEGIN:VCALENDAR');

  const download = page.waitForEvent('download');
  await main.getByRole('button', { name: 'Scarica gli appuntamenti' }).click();
  expect((await download).suggestedFilename()).toMatch(/^appuntamenti-.*\.csv$/);

  await open('/operatore/collegamenti');
  await main.getByText(new RegExp(`^Revoca.*${name}$`)).click();
  await main.getByRole('button', { name: new RegExp(`^Sì, procedi.*${name}$`) }).click();
  await look('password revoked');
  expect(await main.textContent()).toContain('La password è stata revocata');
});

journey('an administrator tells another system of events', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const url = `https://regione.example.org/eventi-${visit.device.name.replaceAll(' ', '-')}`;

  await open('/');
  await page.locator('form:has(input[value="administrator"]) button').click();
  await open('/amministrazione/collegamenti');
  await look('addresses');
  await page.getByLabel('Indirizzo https').fill('https://10.0.0.1/');
  await page.getByLabel('E-mail di chi se ne occupa').fill('it@example.org');
  await page.getByLabel('appointment.booked').check();
  await main.getByRole('button', { name: 'Registra' }).click();
  await look('address refused');
  await page.getByLabel('Indirizzo https').fill(url);
  await main.getByRole('button', { name: 'Registra' }).click();
  await look('address registered');
  expect(await main.textContent()).toMatch(/whsec_/);
  await main.getByRole('link', { name: url }).click();
  await look('log');
  await main.getByText('Elimina', { exact: true }).click();
  await main.getByRole('button', { name: 'Sì, procedi' }).click();
});
