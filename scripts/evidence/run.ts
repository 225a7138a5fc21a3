import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs commands one after the other, shows what they print, and gives it back. Throws where one fails: a figure of a run that went wrong is none. */
export async function runAll(commands: readonly (readonly [string, ...string[]])[]): Promise<string> {
  let output = '';
  for (const [command, ...args] of commands) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      process.stdout.write(chunk);
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`);
  }
  return output;
}
