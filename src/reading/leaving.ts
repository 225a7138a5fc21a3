/** How somebody leaves all that he waits for at once. */
export type Leaving = {
  /** At the signal's abort `leave` is called, at once if it has been. */
  add(leave: () => void): void;
  delete(leave: () => void): void;
};

/**
 * Leaves by one listener, as long as there is something to leave: a signal looks through all its listeners whenever one comes or goes, and an operation may wait for thousands of
 * spans.
 */
export function createLeaving(signal: AbortSignal): Leaving {
  const leaves = new Set<() => void>();
  const leaveAll = () => {
    for (const leave of leaves) leave();
  };
  return {
    add(leave) {
      if (leaves.size === 0) signal.addEventListener('abort', leaveAll, { once: true });
      leaves.add(leave);
      if (signal.aborted) leave();
    },
    delete(leave) {
      leaves.delete(leave);
      if (leaves.size === 0) signal.removeEventListener('abort', leaveAll);
    },
  };
}
