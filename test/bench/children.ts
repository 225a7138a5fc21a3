import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

const living = new Set<ChildProcess>();

/** From now on nothing that was started outlives this process, whatever ends it. */
export function endChildrenAtExit(): void {
  process.once('exit', () => {
    for (const child of living) child.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

/** Starts a program with this process' Node. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Ends a program, and waits until it is gone. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (isGone(child)) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Whether a program has ended. */
export function isGone({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
