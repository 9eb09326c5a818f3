// Registers the kinds about appointments.
import '../../src/booking/notices.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import { smsCarrier } from '../../src/notices/carriers/sms.ts';
import { systemCall } from '../../src/platform/call.ts';
import { parseConfig } from '../../src/platform/config.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { createSecrets } from '../../src/platform/secrets.ts';

/** Hands its messages to the gateway and then waits to be killed, before it can write that down. */
const [database, gateway, now] = process.argv.slice(2);
const services = {
  config: parseConfig({ NODE_ENV: 'test' }),
  database: connectPostgres(database!, 2).database,
  clock: { now: () => Number(now) },
  ids: newId,
  secrets: await createSecrets('s'.repeat(43), 'd'.repeat(43)),
  log: createLog('error'),
};
const carrier = smsCarrier({ url: gateway!, token: undefined, from: 'Sportello' });
await sendDue(systemCall(services, 'dying'), {
  sms: {
    async send(message) {
      await carrier.send(message);
      return new Promise((resolve) => setTimeout(() => resolve({}), 600_000));
    },
  },
});
