import { slotNotOffered } from '../problems.ts';
import type { Service } from '../service.ts';

/** The service with another of its lengths. @throws {Problem} 422 for one that it does not have */
export function ofLength(service: Service, minutes: number | undefined): Service {
  if (minutes === undefined || minutes === service.durationMinutes) return service;
  if (!service.otherDurations.includes(minutes)) throw slotNotOffered();
  return { ...service, durationMinutes: minutes };
}
