// Prints what became of the tests, as one line: `node closing-line.mjs report.json failed-steps`.
import { readFileSync } from 'node:fs';

const [path, failedSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
  skipped = report.numPendingTests + report.numTodoTests;
} catch {
  console.log('the tests did not come to an end');
}
// A suite that could not be loaded, a check, the build or the start: no test, but a failure.
if (failedSteps !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
