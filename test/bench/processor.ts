import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of processor time that a process has used, all its threads together. Linux tells them to the nanosecond. */
export function processorMs(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const ns = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ns.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** Resident memory of a process in megabytes: now, and the most that it ever was. */
export function memoryOf(pid: number): { readonly residentMb: number; readonly residentMostMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) =>
    Math.round((Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / 1e6);
  return { residentMb: megabytes('VmRSS'), residentMostMb: megabytes('VmHWM') };
}

const msPerTick = 10;

/** Milliseconds of processor time that the whole machine has spent on anything, other machines on the same processor included, as far as it is told of them. */
export function machineBusyMs(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
    /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? ''
  )
    .split(' ')
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * msPerTick;
}
