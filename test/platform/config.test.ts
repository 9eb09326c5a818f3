import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../src/platform/config.ts';

const key = 'k'.repeat(43);
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://cpi.example.it/',
  DATABASE_URL: 'postgres://u:p@db/x',
  SESSION_KEY: key,
  DATA_KEY: key,
};

function refusal(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('accepted');
}

describe('the configuration', () => {
  it('needs nothing on a newcomer’s machine, and is a demonstration there', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({ port: 3000, dataDir: 'data', demo: true, host: '127.0.0.1' });
    expect(config.publicUrl).toBe('http://localhost:3000');
  });

  it('takes a key set to nothing as not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('drops the slash at the end of the public address', () => {
    expect(parseConfig(production).publicUrl).toBe('https://cpi.example.it');
  });

  it.each([
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
    ['DATABASE_POOL', '0'],
    ['DEMO', 'yes-please'],
    ['SESSION_KEY', 'hunter2-too-short'],
    ['DATA_KEY', 'hunter2-too-short'],
    ['SMTP_URL', 'hunter2'],
    ['LOG_LEVEL', 'loud-hunter2'],
    ['NODE_ENV', 'staging'],
    ['TRUST_PROXY', '1'],
    ['RATE_LIMIT_PER_MINUTE', '-5'],
  ])('stops the start on a bad %s, and says its name but never its value', (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toContain(name);
    expect(message).not.toContain(value);
  });

  it('names every bad key at once', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'y' })).toMatch(/PORT.*LOG_LEVEL/s);
  });
});

describe('in production', () => {
  it('demo logins cannot exist', () => {
    expect(refusal({ ...production, DEMO: 'true' })).toContain('DEMO');
    expect(parseConfig(production).demo).toBe(false);
    const { DATABASE_URL: _, ...embedded } = production;
    expect(parseConfig(embedded).demo).toBe(false);
  });

  it.each(['PUBLIC_URL', 'SESSION_KEY', 'DATA_KEY'])('%s is required', (name) => {
    expect(refusal({ ...production, [name]: '' })).toContain(name);
  });
});

it('a database of one’s own is not filled with demonstration data unasked', () => {
  expect(parseConfig({ DATABASE_URL: 'postgres://u:p@db/x' }).demo).toBe(false);
  expect(parseConfig({ DATABASE_URL: 'postgres://u:p@db/x', DEMO: 'true' }).demo).toBe(true);
});
