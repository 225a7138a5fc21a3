import { AnyOf, Fitting, PageOf, Refused } from './expected.ts';

/** How strict the judge is. `whole`: everything as expected. `honest`: parts that say so and refusals too, but nothing wrong passed off as whole. */
export type Law = 'whole' | 'honest';

export type GraphqlError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly reason?: string };
};

export type Answered = {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GraphqlError[] | undefined;
};

/** The first difference between what was expected and what came; null where there is none. */
export type Difference = { readonly path: string; readonly expected: string; readonly actual: string };

type Court = {
  readonly law: Law;
  /** Inside an answer that says of itself that it is a part. */
  readonly isPart: boolean;
  /** What will be remembered if the answer is right. */
  readonly learned: (() => void)[];
};

/** Judges the answer to an operation: `expected` has each field of the root by its key, a Refused where it must fail. */
export function judge(
  expected: Readonly<Record<string, unknown>>,
  { data, errors = [] }: Answered,
  law: Law,
): Difference | null {
  const court: Court = { law, isPart: false, learned: [] };
  for (const [key, wanted] of Object.entries(expected)) {
    const error = errors.find(({ path }) => path === undefined || path[0] === key);
    const difference = judgeField(court, key, wanted, data?.[key], error);
    if (difference !== null) return difference;
  }
  for (const learn of court.learned) learn();
  return null;
}

/** Refusals that say that the upstream can't be read, or not now. */
const honestRefusals = /^(UPSTREAM_|NOT_LOCATED$|BAD_CURSOR$|DEADLINE)/;

function judgeField(
  court: Court,
  key: string,
  wanted: unknown,
  actual: unknown,
  error: GraphqlError | undefined,
): Difference | null {
  const code = error?.extensions?.code;
  if (wanted instanceof Refused) return code === wanted.code ? null : differ(key, wanted, error ?? actual);
  if (error === undefined) return compare(court, wanted, actual, key);
  return court.law === 'honest' && code !== undefined && honestRefusals.test(code) ? null : differ(key, wanted, error);
}

function compare(court: Court, expected: unknown, actual: unknown, path: string): Difference | null {
  if (expected instanceof Fitting) {
    if (!expected.fits(actual)) return differ(path, expected.saying, actual);
    court.learned.push(() => expected.learn(actual));
    return null;
  }
  if (expected instanceof AnyOf) return compareChoices(court, expected.choices, actual, path);
  if (expected instanceof PageOf) return comparePage(court, expected, actual, path);
  if (Array.isArray(expected)) return compareList(court, expected, actual, path);
  if (typeof expected === 'object' && expected !== null) return compareObject(court, expected, actual, path);
  if (typeof expected === 'number' && typeof actual === 'number' && isNear(expected, actual)) return null;
  return expected === actual ? null : differ(path, expected, actual);
}

function compareObject(court: Court, expected: object, actual: unknown, path: string): Difference | null {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return differ(path, expected, actual);
  const came = new Map<string, unknown>(Object.entries(actual));
  const [keys, cameKeys] = [Object.keys(expected).toSorted(), [...came.keys()].toSorted()];
  if (keys.join() !== cameKeys.join()) return differ(path, keys, cameKeys);
  if (court.law === 'honest' && isPart(came.get('coverage'))) {
    return compareParts({ ...court, isPart: true }, expected, came, path);
  }
  for (const [key, wanted] of Object.entries(expected)) {
    const difference = compare({ ...court, isPart: false }, wanted, came.get(key), `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

/** A part of an answer: what it counts is not more than there is, what it lists is there, and it says that there is more. */
function compareParts(court: Court, expected: object, came: ReadonlyMap<string, unknown>, path: string) {
  for (const [key, wanted] of Object.entries(expected)) {
    const actual = came.get(key);
    const at = `${path}.${key}`;
    if (wanted instanceof PageOf) {
      const difference = comparePage(court, wanted, actual, at);
      if (difference !== null) return difference;
    } else if (/count$/i.test(key) && typeof wanted === 'number') {
      if (actual !== null && (typeof actual !== 'number' || actual > wanted))
        return differ(at, `at most ${wanted}`, actual);
    }
  }
  return null;
}

function comparePage(court: Court, page: PageOf, actual: unknown, path: string): Difference | null {
  if (!Array.isArray(actual)) return differ(path, 'a list', actual);
  const count = page.until - page.from;
  if (court.isPart || !page.isSized ? actual.length > page.size : actual.length !== count)
    return differ(path, `${count} rows of ${page.size}`, `${actual.length} rows: ${show(actual)}`);
  if (page.isOrdered && !court.isPart) {
    return compareList(
      court,
      actual.map((_, index) => page.item(page.from + index)),
      actual,
      path,
    );
  }
  const left = new Set(Array.from({ length: page.size }, (_, index) => index));
  for (const [place, item] of actual.entries()) {
    const name = nameOf(item);
    const found = [...left].find(
      (index) => (name === null || name === page.nameAt(index)) && isRight(court, page.item(index), item, path),
    );
    if (found === undefined) return differ(`${path}[${place}]`, 'a row of the list, each once', item);
    left.delete(found);
  }
  return null;
}

/** The own id of a row, or of an edge's: it spares most comparisons. */
function nameOf(item: unknown): string | null {
  const row = Object(Object(item).node ?? item);
  const name: unknown = row.conversationId ?? row.agentId ?? row.queueId ?? row.metricId;
  return typeof name === 'string' ? name : null;
}

/** Whether an item is as expected. Nothing is learned from it: of two rows that look alike it may be either. */
function isRight(court: Court, expected: unknown, actual: unknown, path: string): boolean {
  return compare({ ...court, isPart: false, learned: [] }, expected, actual, path) === null;
}

function compareList(court: Court, expected: readonly unknown[], actual: unknown, path: string): Difference | null {
  if (!Array.isArray(actual)) return differ(path, expected, actual);
  if (actual.length !== expected.length)
    return differ(path, `${expected.length} items: ${show(expected)}`, `${actual.length} items: ${show(actual)}`);
  for (const [index, wanted] of expected.entries()) {
    const difference = compare(court, wanted, actual[index], `${path}[${index}]`);
    if (difference !== null) return difference;
  }
  return null;
}

function compareChoices(court: Court, choices: readonly unknown[], actual: unknown, path: string): Difference | null {
  if (choices.length === 1) return compare(court, choices[0], actual, path);
  return choices.some((choice) => isRight(court, choice, actual, path))
    ? null
    : differ(path, `one of ${show(choices)}`, actual);
}

function isPart(coverage: unknown): boolean {
  return typeof coverage === 'object' && coverage !== null && 'complete' in coverage && coverage.complete === false;
}

function isNear(one: number, other: number): boolean {
  return one === other || Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other), 1e-3);
}

function differ(path: string, expected: unknown, actual: unknown): Difference {
  return { path, expected: show(expected), actual: show(actual) };
}

const shownLengthMax = 1_500;

function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : JSON.stringify(value, (_, each) => (each instanceof Fitting ? `<${each.saying}>` : each));
  return (text ?? 'nothing').slice(0, shownLengthMax);
}
