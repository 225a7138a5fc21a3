import type { Fetcher } from '@graphiql/toolkit';
import { useState } from 'react';
import { introspectionName } from './introspection.ts';

/** What pressing the button does. */
const modes = ['run', 'trace', 'plan'] as const;
type Mode = (typeof modes)[number];

const labels: Readonly<Record<Mode, string>> = { run: 'Run', trace: 'Run, and tell the cost', plan: 'Only plan' };
const headers: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
  run: {},
  trace: { 'x-upstream-trace': '1' },
  plan: { 'x-upstream-plan': '1' },
};

/** Which mode is chosen. It stays over visits, where the browser keeps anything. */
export type ChosenMode = { get(): Mode; set(mode: Mode): void };

const key = 'graphiql:upstream';

/** The mode that was chosen last; at first, questions are just run. */
export function createChosenMode(storage: Pick<Storage, 'getItem' | 'setItem'>): ChosenMode {
  const kept = storage.getItem(key);
  let chosen: Mode = modes.find((mode) => mode === kept) ?? 'run';
  return {
    get: () => chosen,
    set(mode) {
      chosen = mode;
      storage.setItem(key, mode);
    },
  };
}

/** The same fetcher, which asks in the chosen mode. The schema is asked for as ever: a plan of it would be none. */
export function askingInMode(fetcher: Fetcher, chosen: ChosenMode): Fetcher {
  return (parameters, options) => {
    if (parameters.operationName === introspectionName) return fetcher(parameters, options);
    return fetcher(parameters, { ...options, headers: { ...options?.headers, ...headers[chosen.get()] } });
  };
}

/** Chooses the mode: one click, or the arrow keys. What an operation costs then stands below `extensions` of its answer. */
export function PriceControl({ chosen }: { readonly chosen: ChosenMode }) {
  const [mode, setMode] = useState(chosen.get());
  const choose = (next: Mode) => {
    chosen.set(next);
    setMode(next);
  };
  return (
    <fieldset className="price">
      <legend>Upstream calls</legend>
      {modes.map((each) => (
        <label key={each}>
          <input type="radio" name="price" value={each} checked={mode === each} onChange={() => choose(each)} />
          {labels[each]}
        </label>
      ))}
    </fieldset>
  );
}
