import type { KnownNames } from '../../directory.ts';

/** What agents, queues and metrics are called in one answer: whatever was said of an id first is said of it everywhere. */
export type Names = {
  /** `seen` is the name that the row at hand has. */
  agentName(agentId: string, seen: string | null): string | null;
  queueName(queueId: string, seen: string | null): string | null;
  metricName(metricId: string, seen: string | null): string | null;
};

/** The names of one operation: the directory's, else those of the row that was met first. `onSaid` is told that one was said: it may be another as soon as anything else is read. */
export function createNames({ agentName, queueName, metricName }: KnownNames, onSaid: () => void): Names {
  const say = (learned: (id: string) => string | null) => sayAlike(learned, onSaid);
  return { agentName: say(agentName), queueName: say(queueName), metricName: say(metricName) };
}

function sayAlike(
  learned: (id: string) => string | null,
  onSaid: () => void,
): (id: string, seen: string | null) => string | null {
  const said = new Map<string, string | null>();
  return (id, seen) => {
    const known = said.get(id);
    if (known !== undefined) return known;
    const name = learned(id) ?? seen;
    said.set(id, name);
    onSaid();
    return name;
  };
}
