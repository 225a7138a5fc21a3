import { readFileSync } from 'node:fs';

/** Adds up what several runs of the tests reported as JSON: `N passed, N failed` alone on the last line. A run without a test has failed. */
type Report = { readonly numPassedTests: number; readonly numFailedTests: number; readonly numTotalTests: number };

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);
const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0);
const [passed, failed] = [sum((report) => report.numPassedTests), sum((report) => report.numFailedTests)];
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || reports.some(({ numTotalTests }) => numTotalTests === 0) ? 1 : 0;
