import { defineConfig } from 'vitest/config';

const oneAfterTheOther = [
  'test/race/**/*.test.ts',
  'test/start/**/*.test.ts',
  'test/worker/**/*.test.ts',
];
const journeys = ['test/journeys/**/*.test.ts'];

export default defineConfig({
  test: {
    // What `.ci/run` sums up in its last line.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'dist/test-report.json' }]]
      : ['default'],
    projects: [
      {
        // Rules, actions and the API, on the embedded database: side by side.
        test: {
          name: 'suite',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...oneAfterTheOther, ...journeys],
          globalSetup: 'test/support/global-setup.ts',
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whatever needs the machine for itself: real servers and processes.
        test: {
          name: 'whole',
          include: oneAfterTheOther,
          globalSetup: ['test/support/global-setup.ts', 'test/support/postgres-setup.ts'],
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // People at a browser, in front of the service as it starts for a newcomer.
        test: {
          name: 'journeys',
          include: journeys,
          globalSetup: 'test/journeys/setup.ts',
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
