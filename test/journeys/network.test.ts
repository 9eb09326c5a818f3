import { expect } from 'vitest';
import { journey } from './visit.ts';

journey(
  'anybody finds the office of their comune and sees where its facts come from',
  async ({ page, open, look }) => {
    await open('/uffici');
    await look('every office');
    await page.getByLabel('Comune o nome dell’ufficio').fill('ustica');
    await page.getByRole('button', { name: 'Cerca' }).click();
    await look('found');
    const main = page.getByRole('main');
    expect(await main.textContent()).toContain('Serve Ustica');
    await main.getByRole('link', { name: 'Centro per l’impiego di Palermo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Palermo' }).waitFor();
    await main.getByText('Fonti').first().click();
    await look('office');
    const told = await main.textContent();
    for (const word of ['Da fonte', 'Calcolato', 'Santa Rosalia', 'Su appuntamento', 'Ustica (PA)'])
      expect(told).toContain(word);
  },
);

journey('a search that finds nothing says what to do next', async ({ page, open, look }) => {
  await open('/uffici?cerca=atlantide');
  await look('nothing found');
  await page.getByRole('link', { name: 'Mostra tutti gli uffici' }).click();
  await page.getByText('64 uffici').waitFor();
});
