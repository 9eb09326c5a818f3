import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm, EARTH_RADIUS_KM } from '../../src/reference/distance.ts';

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('distance as the crow flies', () => {
  it('a quarter of a meridian is a quarter of the circle', () => {
    const pole = { latitude: 90, longitude: 0 };
    const equator = { latitude: 0, longitude: 77 };
    expect(distanceKm(pole, equator)).toBeCloseTo((Math.PI / 2) * EARTH_RADIUS_KM, 9);
  });

  it('Palermo to Messina is about 192 km', () => {
    const palermo = { latitude: 38.1157, longitude: 13.3615 };
    const messina = { latitude: 38.1938, longitude: 15.554 };
    expect(distanceKm(palermo, messina)).toBeCloseTo(191.9, 1);
  });

  it('is the same both ways, never negative, and zero from a point to itself', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, b)).toBeGreaterThanOrEqual(0);
        expect(distanceKm(a, b)).toBeLessThanOrEqual(Math.PI * EARTH_RADIUS_KM + 1e-6);
        expect(distanceKm(a, a)).toBe(0);
      }),
    );
  });

  it('tells apart two doors ten metres from each other', () => {
    const here = { latitude: 38.1157, longitude: 13.3615 };
    expect(distanceKm(here, { ...here, latitude: here.latitude + 0.00009 })).toBeCloseTo(0.01, 4);
  });
});
