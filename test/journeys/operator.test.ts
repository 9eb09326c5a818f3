import { expect } from 'vitest';
import { journey } from './visit.ts';

/** Family names of the demonstration: each visit begins with somebody whom no other began with. */
const FAMILIES = ['Ferrara', 'Lombardo', 'Romeo', 'Greco'];
let visited = 0;

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

journey('an operator profiles a person and makes the patto', async (visit) => {
  const { page, open, look } = visit;
  const main = page.getByRole('main');
  const button = (name: string | RegExp) => main.getByRole('button', { name });
  const choose = (name: string, value: string) =>
    page.locator(`[name="${name}"][value="${value}"]`).check();

  await open('/');
  await main.getByRole('button', { name: /operatore/i }).click();
  await open('/operatore/persone');
  const turn = visited++;
  await page.getByLabel('Nome o cognome').fill(FAMILIES[turn % FAMILIES.length]!);
  await button('Cerca').click();
  await look('people found');
  await main
    .getByRole('table')
    .getByRole('link')
    .nth(turn + 2)
    .click();
  const file = new URL(page.url()).pathname;

  await main.getByRole('link', { name: 'Registra la Did' }).first().click();
  await button('Registra la Did').click();
  await page.getByLabel(/^Resa il/).fill(daysAgo(100));
  await page.getByLabel('Sostegno al reddito').selectOption('naspi');
  await page.getByLabel(/^Chiesto il/).fill(daysAgo(100));
  await button('Registra la Did').click();

  await main.getByRole('link', { name: 'Compila la scheda dei dati' }).click();
  await page.getByLabel(/^Data di nascita/).fill('1979-05-02');
  await button(/Salva i dati/).click();
  await look('data form, to be put right');
  expect(await page.getByLabel(/^Data di nascita/).inputValue()).toBe('1979-05-02');
  for (const [name, value] of Object.entries({
    education: '20000000',
    status_year_before: 'employed',
    transport: 'public',
    digital_skills: 'basic',
    italian_level: 'c1_or_native',
    foreign_languages: 'none',
    sex: 'F',
    citizenship: 'it',
    presence_in_italy: 'birth',
  })) {
    await page.locator(`[name="${name}"]`).selectOption(value);
  }
  await page.getByLabel(/^Senza lavoro dal/).fill(daysAgo(240));
  await page.getByLabel(/^Mesi lavorati/).fill('10');
  await page.getByLabel(/^Componenti del nucleo/).fill('3');
  await choose('dependent_children', 'yes');
  await choose('driving_licence', 'no');
  await choose('recent_training', 'no');
  await button(/Salva i dati/).click();
  await look('profile');
  const explanation = await main.textContent();
  expect(explanation).toContain('Modello dimostrativo');
  expect(explanation).toContain('Patente di guida');

  await button('Ho letto la spiegazione').click();
  await page.getByLabel('Lavoro cercato').fill('Cuoca in una mensa');
  await button('Salva e continua dopo').click();
  expect(await page.getByLabel('Lavoro cercato').inputValue()).toBe('Cuoca in una mensa');
  await button('Concludi il colloquio').click();
  await look('interview, to be completed');
  for (const [name, value] of Object.entries({
    a_collective_crisis: 'no',
    c_mobility: 'thirty_km',
    c_consent: 'yes',
    c_care: 'no',
    k_coherence: 'yes',
    k_training: 'yes',
    k_mobility: 'partly',
    k_activation: 'yes',
    k_market: 'yes',
    k_internship: 'no',
    k_skills: 'inadequate',
  })) {
    await choose(name, value);
  }
  await button('Concludi il colloquio').click();
  await look('percorso proposed');
  await choose('decided', 'P2');
  await button('Conferma il percorso').click();
  await page
    .getByLabel('Motivo')
    .fill('Un corso breve di cucina basta per il posto che ha in vista.');
  await button('Conferma il percorso').click();

  await open(`${file}/patto`);
  await button('Prepara il patto').click();
  await look('patto as a form');
  await page.getByLabel(/^Atti di ricerca attiva/).fill('');
  await button('Salva il patto').click();
  await page.getByLabel(/^Atti di ricerca attiva/).fill('Due candidature a settimana.');
  await button('Salva il patto').click();
  await button('Firma come operatore').click();
  await button('La persona ha firmato su carta').click();
  await look('patto signed');
  await expect.poll(() => main.textContent()).toContain('Firmato da entrambi');
  await open('/profilazione/modello');
  await look('model card');
});
