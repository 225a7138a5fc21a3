import { z } from 'zod';

/** The kinds of settings that there are. What is wrong is said without the value. */

/** A whole number within bounds. */
export const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => min <= value && value <= max, `must be from ${min} to ${max}`);

/** The same, with one that it is when left out. */
export const whole = (min: number, max: number, fallback: number) => number(min, max).default(fallback);

export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((value) => value === 'true');

export const required = z.string('is missing').min(1, 'is missing');

/** Items between commas. */
export const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

export const choice = <const T extends readonly [string, ...string[]]>(...choices: T) =>
  z.enum(choices, `must be one of ${choices.join(', ')}`);

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether a host is this very machine, as a URL spells it or by itself. */
export function isLoopback(host: string): boolean {
  return loopbackHosts.test(host);
}
