import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import type { Results } from './results.ts';

/** On what a run was made, and of which commit. */
export function machineOf(): Results['machine'] {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=7']).toString().trim(),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
}
