import { makeTemplate } from '../src/embedded-template.ts';

/**
 * After an installation: makes the template that the embedded database starts from, so that the
 * first start need not. Without it the service starts all the same, some seconds later.
 */
try {
  await makeTemplate();
} catch (error) {
  console.error(
    'no template of the embedded database:',
    error instanceof Error ? error.message : error,
  );
}
