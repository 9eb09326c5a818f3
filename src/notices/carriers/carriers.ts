import { taxCodeCipher } from '../../identity/store.ts';
import type { Services } from '../../platform/http.ts';
import { type Carrier, type Carriers, demoCarrier } from '../carrier.ts';
import type { Channel } from '../channel.ts';
import { type AppIoAccount, appIoCarrier } from './app-io.ts';
import { pecGateway } from './pec-gateway.ts';
import { smsCarrier } from './sms.ts';
import { smtpCarrier } from './smtp.ts';

type World = Pick<Services, 'config' | 'database' | 'secrets'>;

/**
 * Who carries each channel, as configured. Messages of a channel without carrier wait, and /status
 * tells; in a demonstration they go nowhere.
 */
export function carriersOf(world: World): Carriers {
  const { config } = world;
  const account = appIoAccount(world);
  const configured: Partial<Record<Channel, Carrier | undefined>> = {
    email: config.smtpUrl === undefined ? undefined : smtpCarrier(config.smtpUrl, config.mailFrom),
    sms:
      config.smsUrl === undefined
        ? undefined
        : smsCarrier({ url: config.smsUrl, token: config.smsToken, from: config.smsFrom }),
    app_io: account && appIoCarrier(account),
    pec: pecCarrier(world),
  };
  const carried = Object.entries(configured).map(([channel, carrier]) => [
    channel,
    carrier ?? (config.demo ? demoCarrier : undefined),
  ]);
  return Object.fromEntries(carried.filter(([, carrier]) => carrier !== undefined));
}

/** Whether messages of a channel leave at all, as configured. */
export function isCarried({ config }: Pick<World, 'config'>, channel: Channel): boolean {
  const configured = {
    email: config.smtpUrl,
    sms: config.smsUrl,
    app_io: config.appIoKey,
    pec: config.pecSmtpUrl ?? config.pecUrl,
  };
  return config.demo || configured[channel] !== undefined;
}

/** How App IO is reached; undefined where no key is configured. */
export function appIoAccount({ config, database, secrets }: World): AppIoAccount | undefined {
  if (config.appIoKey === undefined) return undefined;
  return {
    url: config.appIoUrl,
    key: config.appIoKey,
    async taxCodeOf(personId) {
      const sealed = await taxCodeCipher(database, personId);
      return sealed && secrets.open(sealed);
    },
  };
}

function pecCarrier({ config }: World): Carrier | undefined {
  if (config.pecSmtpUrl !== undefined)
    return smtpCarrier(config.pecSmtpUrl, config.pecFrom, 'certified');
  if (config.pecUrl === undefined) return undefined;
  return pecGateway({ url: config.pecUrl, token: config.pecToken, from: config.pecFrom });
}
