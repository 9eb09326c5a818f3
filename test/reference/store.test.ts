import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/platform/database.ts';
import { loadComuni, readComuni } from '../../src/reference/load-comuni.ts';
import { comuneByCode, findComuni, nearestComuni } from '../../src/reference/store.ts';
import { type TestServices, testServices } from '../support/app.ts';

let services: TestServices;
beforeAll(async () => {
  services = await testServices();
});
afterAll(() => services.close());

const named = async (typed: string, limit = 5, region?: string) =>
  (await findComuni(services.database, typed, { limit, region })).map(({ name }) => name);

describe('every Italian comune', () => {
  it('is there: 7,904 of them, 390 in Sicily, all of those with a point', async () => {
    const comuni = readComuni();
    expect(comuni).toHaveLength(7904);
    const sicily = comuni.filter(({ region }) => region === 'Sicilia');
    expect(sicily).toHaveLength(390);
    expect(sicily.every(({ latitude }) => latitude !== null)).toBe(true);
    expect(sicily.reduce((sum, { population }) => sum + population, 0)).toBe(5_002_904);
    expect(new Set(comuni.map(({ istat_code }) => istat_code)).size).toBe(7904);
    expect(new Set(comuni.map(({ cadastral_code }) => cadastral_code)).size).toBe(7904);
  });

  it('loading them again changes nothing; a row that was altered is put right', async () => {
    expect(await loadComuni(services.database)).toBe(0);
    await rows(services.database, sql`update comune set name = 'X' where istat_code = '082053'`);
    expect(await loadComuni(services.database)).toBe(1);
    expect((await comuneByCode(services.database, '082053'))?.name).toBe('Palermo');
  });

  it('is found by the beginning of its name, without accents, apostrophes or capitals', async () => {
    expect(await named('cefalu')).toEqual(['Cefalù']);
    expect(await named('CEFALÙ')).toEqual(['Cefalù']);
    expect(await named('santagata')).toEqual([]);
    expect(await named('sant agata li')).toEqual(["Sant'Agata li Battiati"]);
    expect(await named('forza d’agro')).toEqual(["Forza d'Agrò"]);
  });

  it('the exact name comes first, then the most populous, then words further on', async () => {
    expect((await named('roma', 3))[0]).toBe('Roma');
    expect((await named('messina', 1))[0]).toBe('Messina');
    expect(await named('imerese', 5)).toEqual(['Termini Imerese']);
    expect((await named('castel', 3, 'Sicilia'))[0]).toBe('Castelvetrano');
  });

  it('what means something to a search means nothing here: no pattern, no quote gets through', async () => {
    expect(await named('%')).toEqual([]);
    expect(await named("'; drop table comune; --")).toEqual([]);
    expect(await named('_a')).not.toEqual([]);
    expect(await named('   ')).toEqual([]);
  });

  it('has two codes, and both find it', async () => {
    expect(await comuneByCode(services.database, 'G273')).toMatchObject({ istatCode: '082053' });
    expect(await comuneByCode(services.database, 'g273')).toMatchObject({ name: 'Palermo' });
    expect(await comuneByCode(services.database, '000000')).toBeUndefined();
  });

  it('is found by nearness, in the right order and with kilometres', async () => {
    const ustica = { latitude: 38.7, longitude: 13.19 };
    const [first, second] = await nearestComuni(services.database, ustica, 2);
    expect(first?.comune.name).toBe('Ustica');
    expect(first!.km).toBeLessThan(3);
    expect(second!.km).toBeGreaterThan(40);
  });
});
