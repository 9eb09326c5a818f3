import { createApp } from '../src/app.ts';
import { parseConfig } from '../src/platform/config.ts';
import type { Services } from '../src/platform/http.ts';
import { openApiDocument } from '../src/platform/openapi-document.ts';

// Prints the OpenAPI document and nothing else. No request is served, so no service is needed.
const config = parseConfig({
  PUBLIC_URL: process.env.PUBLIC_URL || 'https://sportello.example.org',
});
const document = openApiDocument(createApp({ config } as Services), config.publicUrl);
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
