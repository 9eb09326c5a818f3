import {
  configureSync,
  getConsoleSink,
  getJsonLinesFormatter,
  getLogger,
  type Logger,
  type Sink,
} from '@logtape/logtape';
import { redactByField } from '@logtape/redaction';
import type { Config } from './config.ts';

export type Log = Logger;

/** Fields that may carry a person or a secret, whatever they are nested in. */
const PRIVATE_FIELDS = [
  /pass(word|code)|secret|token|cookie|authorization|session/i,
  /tax_?code|codice_?fiscale/i,
  /e-?mail|phone|(given|family)_?name|recipient|address$/i,
];

function standardOutput(): Sink {
  return getConsoleSink({ formatter: getJsonLinesFormatter({ properties: 'flatten' }) });
}

/** One JSON object a line on standard output, with the fields that name a person taken out. */
export function createLog(level: Config['logLevel'], sink: Sink = standardOutput()): Log {
  configureSync({
    reset: true,
    sinks: {
      lines: redactByField(sink, { fieldPatterns: PRIVATE_FIELDS, action: () => '[redacted]' }),
    },
    loggers: [
      { category: 'sportello', lowestLevel: level, sinks: ['lines'] },
      { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['lines'] },
    ],
  });
  return getLogger('sportello');
}
