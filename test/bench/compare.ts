import { parseArgs } from 'node:util';
import { endChildrenAtExit } from './children.ts';
import { goalsOf } from './goals.ts';
import { operations } from './operations.ts';
import { contenderNames } from './results.ts';
import { measureAll, measureOperations, type Plan } from './run.ts';
import { saveResults } from './saved.ts';
import { goalTable, missesOf, operationTable, tablesOf } from './table.ts';

/**
 * `npm run bench`: ours beside the peers, in one run on one machine. Prints a table for each operation and the goals, and ends with 1 where one is missed. Saves what it found, and draws
 * it. For development: with `--quick` it is two rounds of half the requests, with `--only ours,floor` or `--operations page100` a part of it; neither saves anything, and a part has no goals.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    operations: { type: 'string' },
  },
});

const plan: Plan = {
  ...(values.quick
    ? { extent: { rounds: 2, requestShare: 0.5 }, startCount: 1, scanCount: 1 }
    : { extent: { rounds: 10, requestShare: 1 }, startCount: 3, scanCount: 6 }),
  say: (text) => void process.stdout.write(`${text}\n`),
};

endChildrenAtExit();
if (values.only === undefined && values.operations === undefined) await compareAll();
else await comparePart();

async function compareAll(): Promise<void> {
  const results = await measureAll(plan);
  const goals = goalsOf(results);
  plan.say(['', tablesOf(results), goalTable(goals), missesOf(goals)].join('\n\n'));
  sayOthers(results.machine.othersShare);
  if (!values.quick) saveResults(results);
  process.exitCode = goals.every(({ isHeld }) => isHeld) ? 0 : 1;
}

async function comparePart(): Promise<void> {
  const names = chosenOf(contenderNames, values.only);
  const operationNames = chosenOf(
    operations.map(({ name }) => name),
    values.operations,
  );
  const chosen = operations.filter(({ name }) => operationNames.includes(name));
  const { measured, othersShare } = await measureOperations(names, chosen, plan);
  plan.say(['', ...measured.map(operationTable)].join('\n\n'));
  sayOthers(othersShare);
}

/** Those of some names that are listed, in the names' own order; all where no list is given. */
function chosenOf<Name extends string>(names: readonly Name[], list: string | undefined): readonly Name[] {
  if (list === undefined) return names;
  const listed = list.split(',');
  const stranger = listed.find((name) => !names.some((known) => known === name));
  if (stranger !== undefined) throw new Error(`${stranger} is none of ${names.join(', ')}`);
  return names.filter((name) => listed.includes(name));
}

function sayOthers(share: number): void {
  plan.say(`\nOthers took ${Math.round(share * 100)} % of the machine meanwhile.`);
}
