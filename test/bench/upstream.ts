import { createInterface } from 'node:readline';
import { endChild, startNode } from './children.ts';

/** The simulator in a process of its own. */
export type Upstream = {
  readonly pid: number;
  /** The settings by which it is asked. */
  readonly settings: Readonly<Record<string, string>>;
  /** Forgets the calls that it counted. */
  resetCalls(): Promise<void>;
  /** Calls since. */
  callCount(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Starts a simulator without a quota. Its rows are clean (`quirks` off): where one agent has two names, the contenders would differ in which they show, and every answer has to be the
 * same.
 */
export async function startUpstream(conversationsPerDay: number): Promise<Upstream> {
  const child = startNode(
    [
      'test/simulator/main.ts',
      ...['--port', '0', '--quota', '0', '--quiet', '--epoch', '2022-01-01'],
      ...['--conversations-per-day', String(conversationsPerDay), '--switches', '{"quirks":false}'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '' } },
  );
  const settings: Record<string, string> = { AUTH: 'none' };
  if (child.stdout === null) throw new Error('the simulator has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^(KORE_\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) settings[name] = value;
    if (name === 'KORE_CLIENT_SECRET') break;
  }
  const control = async (order: object): Promise<number> => {
    const response = await fetch(`${settings['KORE_BASE_URL']}/control`, {
      method: 'POST',
      body: JSON.stringify(order),
    });
    return ((await response.json()) as { callCount: number }).callCount;
  };
  return {
    pid: child.pid ?? 0,
    settings,
    resetCalls: async () => void (await control({ resetCalls: true })),
    callCount: () => control({}),
    [Symbol.asyncDispose]: () => endChild(child),
  };
}
