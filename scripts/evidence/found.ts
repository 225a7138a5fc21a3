/** What the runs of the tests have said. */
export type Found = {
  /** Every set of figures of a topic, in the order in which they were said (test/figures.ts). Throws where there is none. */
  figures(topic: string): readonly Figures[];
  readonly passed: number;
  readonly failed: number;
  /** Which of the numbered attacks (A) and faults (F) a test that passed begins with, or the row that it tries: its number, each once. */
  numbered(letter: 'A' | 'F'): readonly number[];
};

export type Figures = Readonly<Record<string, number | string>>;

/** What vitest's reporter for JSON writes, as far as it is needed. */
export type TestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
};

/** Reads the lines of figures out of all that was printed, and the numbers out of the names of tests. */
export function readFound(output: string, { numPassedTests, numFailedTests, testResults }: TestReport): Found {
  const said = [...output.matchAll(/figures of ([^:\n]+): (\{.*\})/g)].map(
    ([, topic = '', json = '']): readonly [string, Figures] => [topic, JSON.parse(json) as Figures],
  );
  const byTopic = Map.groupBy(said, ([topic]) => topic);
  const names = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed')
      .flatMap(({ ancestorTitles, title }) => [...ancestorTitles, title]),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    figures(topic) {
      const found = byTopic.get(topic);
      if (found === undefined) throw new Error(`nothing was said of ${topic}`);
      return found.map(([, figures]) => figures);
    },
    numbered: (letter) => [...new Set(names.flatMap((name) => numbersAt(name, letter)))].toSorted((a, b) => a - b),
  };
}

/** "A12 to A16 are told", "A65, A66 keys", and "A67, F75 a key server" each stand for all that they name. */
function numbersAt(name: string, letter: 'A' | 'F'): readonly number[] {
  const [head = ''] = /(?<=^|: )(?:[AF]\d+(?:, | to | and | ))+/.exec(name) ?? [];
  return head.split(/, | and /).flatMap((part) => {
    const [first, last = first] = [...part.matchAll(new RegExp(`${letter}(\\d+)`, 'g'))].map(([, digits]) =>
      Number(digits),
    );
    if (first === undefined || last === undefined) return [];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
