import { z } from 'zod';

const key = z.string().regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'must be 32 bytes in base64');
/** What leaves the machine is encrypted; a gateway on the machine itself need not be. */
const gateway = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^(https:|http:\/\/([^/@]*@)?(localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(`${url}/`),
    {
      message: 'must be https',
    },
  );
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
    SMS_URL: gateway.optional(),
    SMS_TOKEN: z.string().min(8).max(2000).optional(),
    SMS_FROM: z
      .string()
      .regex(
        /^(\+[1-9][0-9]{6,14}|[A-Za-z0-9 ]{1,11})$/,
        'a number with its country, or a name of at most 11 characters',
      )
      .default('Sportello'),
    APP_IO_URL: gateway.default('https://api.io.pagopa.it'),
    APP_IO_KEY: z.string().min(8).max(200).optional(),
    PEC_URL: gateway.optional(),
    PEC_TOKEN: z.string().min(8).max(2000).optional(),
    PEC_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    PEC_FROM: z.string().min(3).max(320).default('Sportello <sportello@pec.example.invalid>'),
    DELIVERY_KEY: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{43}=$/, 'must be whsec_ and 32 bytes in base64')
      .optional(),
    JUSTIFICATION_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
    APPOINTMENT_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(730),
    PERSON_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(730),
    NOTE_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(730),
    NOTICE_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(730),
    LOG_LEVEL: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
    TRUST_PROXY: flag.default(false),
    CHALLENGE: z.enum(['off', 'crowded', 'always']).default('off'),
    MAX_HELD_PER_ADDRESS: z.coerce.number().int().min(0).max(100_000).default(60),
    MAX_OPEN_PER_EMAIL: z.coerce.number().int().min(1).max(1000).default(8),
    UNLIMITED_EMAILS: z.string().max(4000).default(''),
    WEBHOOK_INTERNAL: flag.default(false),
    LOGIN_ISSUER: gateway.optional(),
    LOGIN_CLIENT_ID: z.string().min(1).max(500).optional(),
    LOGIN_CLIENT_SECRET: z.string().min(8).max(2000).optional(),
    LOGIN_SCOPES: z
      .string()
      .regex(/^openid( [!-~]+)*$/, 'must begin with openid')
      .max(1000)
      .default('openid profile email'),
    LOGIN_ACR: z.string().max(500).default('https://www.spid.gov.it/SpidL2'),
    LOGIN_TAX_CODE_CLAIM: z.string().min(1).max(200).optional(),
  })
  .superRefine((env, context) => {
    const login = [env.LOGIN_ISSUER, env.LOGIN_CLIENT_ID, env.LOGIN_CLIENT_SECRET];
    if (login.some(Boolean) && !login.every(Boolean)) {
      context.addIssue({
        code: 'custom',
        path: ['LOGIN_ISSUER'],
        message: 'wants LOGIN_CLIENT_ID and LOGIN_CLIENT_SECRET, and they want it',
      });
    }
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
  /** A gateway that takes `{to, from, text}`; user and password may stand in its address. */
  readonly smsUrl: string | undefined;
  readonly smsToken: string | undefined;
  readonly smsFrom: string;
  readonly appIoUrl: string;
  /** Subscription key of the service on App IO; without it nothing goes there. */
  readonly appIoKey: string | undefined;
  /** A gateway to a certified mailbox; `pecSmtpUrl` is the mailbox itself, and wins. */
  readonly pecUrl: string | undefined;
  readonly pecToken: string | undefined;
  readonly pecSmtpUrl: string | undefined;
  readonly pecFrom: string;
  /** Secret of signed delivery reports (Standard Webhooks); without it none is taken. */
  readonly deliveryKey: string | undefined;
  /** Days after which messages that left keep only when and how. Ours. */
  readonly noticeRetentionDays: number;
  /** Days after its decision for which a justification keeps its words and documents. Ours. */
  readonly justificationRetentionDays: number;
  /** Days after an appointment for which what the person wrote with it is kept. Ours. */
  readonly noteRetentionDays: number;
  /** Days after an appointment for which it is known whose it was. Ours. */
  readonly appointmentRetentionDays: number;
  /** Days without anything new about a person after which nobody knows who they were. Ours. */
  readonly personRetentionDays: number;
  readonly logLevel: 'debug' | 'info' | 'warning' | 'error';
  readonly rateLimitPerMinute: number;
  /** Whether `X-Forwarded-For` and `CF-Connecting-IP` come from a proxy of ours. */
  readonly trustProxy: boolean;
  /**
   * When a start is kept only for who solved a challenge: never, once its network keeps several, or
   * always. Of who is not signed in.
   */
  readonly challenge: 'off' | 'crowded' | 'always';
  /** Starts kept at one time from one network address, against hoarding; 0 for no limit. Ours. */
  readonly maxHeldPerAddress: number;
  /** Open appointments that one e-mail address may have, against hoarding. Ours. */
  readonly maxOpenPerEmail: number;
  /** Addresses, and domains written `@example.org`, that the limit does not hold for. */
  readonly unlimitedEmails: readonly string[];
  /** Whether webhooks may go to addresses inside our own network. */
  readonly webhookInternal: boolean;
  /** The OpenID Connect provider through which jobseekers enter; undefined where there is none. */
  readonly login: LoginProvider | undefined;
}

export interface LoginProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  /** The level of assurance that is asked for. */
  readonly acr: string;
  /** The claim that holds the codice fiscale, where it has none of the usual names. */
  readonly taxCodeClaim: string | undefined;
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
    smsUrl: env.SMS_URL,
    smsToken: env.SMS_TOKEN,
    smsFrom: env.SMS_FROM,
    appIoUrl: env.APP_IO_URL.replace(/\/+$/, ''),
    appIoKey: env.APP_IO_KEY,
    pecUrl: env.PEC_URL,
    pecToken: env.PEC_TOKEN,
    pecSmtpUrl: env.PEC_SMTP_URL,
    pecFrom: env.PEC_FROM,
    deliveryKey: env.DELIVERY_KEY,
    noticeRetentionDays: env.NOTICE_RETENTION_DAYS,
    justificationRetentionDays: env.JUSTIFICATION_RETENTION_DAYS,
    noteRetentionDays: env.NOTE_RETENTION_DAYS,
    appointmentRetentionDays: env.APPOINTMENT_RETENTION_DAYS,
    personRetentionDays: env.PERSON_RETENTION_DAYS,
    logLevel: env.LOG_LEVEL,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    trustProxy: env.TRUST_PROXY,
    challenge: env.CHALLENGE,
    maxHeldPerAddress: env.MAX_HELD_PER_ADDRESS,
    maxOpenPerEmail: env.MAX_OPEN_PER_EMAIL,
    unlimitedEmails: env.UNLIMITED_EMAILS.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
    webhookInternal: env.WEBHOOK_INTERNAL,
    login:
      env.LOGIN_ISSUER && env.LOGIN_CLIENT_ID && env.LOGIN_CLIENT_SECRET
        ? {
            issuer: env.LOGIN_ISSUER,
            clientId: env.LOGIN_CLIENT_ID,
            clientSecret: env.LOGIN_CLIENT_SECRET,
            scopes: env.LOGIN_SCOPES,
            acr: env.LOGIN_ACR,
            taxCodeClaim: env.LOGIN_TAX_CODE_CLAIM,
          }
        : undefined,
  };
}
