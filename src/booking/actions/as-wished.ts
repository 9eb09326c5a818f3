import { slotNotOffered } from '../problems.ts';
import type { Service } from '../service.ts';

/** What may be asked of a service besides what it usually is. */
export interface ServiceWish {
  /** One of its other lengths, in minutes. */
  readonly minutes?: number;
  /** Only with the operator who follows the person. */
  readonly ownOperator?: boolean;
}

/** The service as somebody asks for it. @throws {Problem} 422 for a length that it does not have */
export function asWished(service: Service, { minutes, ownOperator }: ServiceWish): Service {
  const durationMinutes = minutes ?? service.durationMinutes;
  if (durationMinutes !== service.durationMinutes && !service.otherDurations.includes(minutes!))
    throw slotNotOffered();
  return { ...service, durationMinutes, ownOperator: service.ownOperator || ownOperator === true };
}
