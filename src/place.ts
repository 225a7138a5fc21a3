import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A word for where this gateway listens that no other can have at the same time: the machine since it was started, its network as containers see it, the address.
 * Whoever listens there later has taken its place. Empty where that can't be told.
 */
export function placeOf(host: string, port: number): string {
  if (port === 0) return '';
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return JSON.stringify([boot, readlinkSync('/proc/self/ns/net'), hostname(), host, port]);
  } catch {
    return ''; // No Linux, or one that keeps this to itself.
  }
}
