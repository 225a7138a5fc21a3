import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { rounded } from './measure.ts';
import { machineBusyMs, processorMs } from './processor.ts';
import type { Results } from './results.ts';

/** On what a run was made, and of which commit. */
export function machineOf(): Omit<Results['machine'], 'othersShare'> {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=7']).toString().trim(),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
}

/** Begins to watch how much of the machine is taken by processes that are none of these: the part of its time, from 0 to 1. */
export function watchOthers(pids: readonly number[]): () => number {
  const beganAt = performance.now();
  const othersMs = () => machineBusyMs() - pids.reduce((sum, pid) => sum + processorMs(pid), 0);
  const othersMsBefore = othersMs();
  return () => {
    const availableMs = (performance.now() - beganAt) * availableParallelism();
    return rounded(Math.max(0, (othersMs() - othersMsBefore) / availableMs));
  };
}
