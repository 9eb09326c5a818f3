import type { Config } from '../platform/config.ts';
import type { DestinationPolicy } from './rules/destination.ts';

/** Where this installation lets webhooks go. */
export function destinationPolicy(config: Config): DestinationPolicy {
  return { plain: config.environment === 'test', internal: config.webhookInternal };
}
