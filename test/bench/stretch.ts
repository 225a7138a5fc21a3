import { writeFileSync } from 'node:fs';

/**
 * Loaded beside a program (`--import`), measures its longest stretch of work without a turn of the event loop, in processor time of its thread: what other processes take
 * away on a busy machine doesn't count. The first seconds are the program's own loading. Writes milliseconds to the file that STRETCH_FILE names, every second.
 */
const loadingMs = 5_000;
const writeEveryMs = 1_000;
const path = process.env['STRETCH_FILE'];
let longestMs = 0;
let last = process.threadCpuUsage();

const turn = (): void => {
  const { user, system } = process.threadCpuUsage();
  const stretchMs = (user + system - last.user - last.system) / 1000;
  last = { user, system };
  if (loadingMs < performance.now()) longestMs = Math.max(longestMs, stretchMs);
  setImmediate(turn);
};
setImmediate(turn);
if (path !== undefined) setInterval(() => writeFileSync(path, String(Math.round(longestMs))), writeEveryMs).unref();
