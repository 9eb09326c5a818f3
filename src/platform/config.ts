import { z } from 'zod';

const key = z.string().regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'must be 32 bytes in base64');
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    HOST: z.string().min(1).max(255).default('127.0.0.1'),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
    DATA_DIR: z.string().min(1).default('data'),
    DEMO: flag.optional(),
    DEMO_SEED: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(20261122),
    SESSION_KEY: key.optional(),
    DATA_KEY: key.optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).max(320).default('Sportello <sportello@example.invalid>'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
    TRUST_PROXY: flag.default(false),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV !== 'production') return;
    if (env.DEMO) {
      context.addIssue({
        code: 'custom',
        path: ['DEMO'],
        message: 'demo logins cannot exist in production',
      });
    }
    for (const name of ['PUBLIC_URL', 'SESSION_KEY', 'DATA_KEY'] as const) {
      if (!env[name]) {
        context.addIssue({ code: 'custom', path: [name], message: 'required in production' });
      }
    }
  });

/** The whole configuration, parsed once at the entry. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  /** Absolute, without a trailing slash: links in answers and messages start with it. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly dataDir: string;
  /** Demo data and demo logins. Never in production. */
  readonly demo: boolean;
  readonly demoSeed: number;
  /** 32 bytes in base64; undefined where the entry makes its own (embedded database only). */
  readonly sessionKey: string | undefined;
  readonly dataKey: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly logLevel: 'debug' | 'info' | 'warning' | 'error';
  readonly rateLimitPerMinute: number;
  /** Whether `X-Forwarded-For` and `CF-Connecting-IP` come from a proxy of ours. */
  readonly trustProxy: boolean;
}

/** Thrown with the names of the keys that are wrong, never with their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment, failing closed: an unusable key stops the start and is named.
 * @throws {ConfigError}
 */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  // A key set to nothing is a key not set: shells and CI systems cannot always unset one.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`bad configuration: ${faults.join('; ')}`);
  }
  const env = result.data;
  return {
    environment: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    dataDir: env.DATA_DIR,
    demo: env.DEMO ?? (env.NODE_ENV !== 'production' && env.DATABASE_URL === undefined),
    demoSeed: env.DEMO_SEED,
    sessionKey: env.SESSION_KEY,
    dataKey: env.DATA_KEY,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    trustProxy: env.TRUST_PROXY,
  };
}
