import type { TestProject } from 'vitest/node';
import { makeTemplate } from '../../src/embedded-template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the embedded database that every test file starts from. */
    snapshot: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('snapshot', await makeTemplate());
}
