import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { isFailureCode, isRetryable, statusOf } from '../src/errors.ts';
import { reasonsOfSource } from './reasons.ts';

const errors = readFileSync('docs/errors.md', 'utf8');
const limits = readFileSync('docs/limits.md', 'utf8');

/** The rows of every table with these first columns, as the texts of their cells. */
function rowsUnder(text: string, ...columns: readonly string[]): readonly (readonly string[])[] {
  const tables = text.split('\n\n').filter((part) => part.startsWith(`| ${columns.join(' | ')} |`));
  return tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => row.slice(2, -2).split(' | ')),
  );
}

const bare = (cell = '') => cell.replaceAll('`', '');

describe('docs/errors.md', () => {
  const codes = rowsUnder(errors, 'code', 'HTTP', 'retryable');

  test('names every code of the set once, with its status and whether it is retryable, and no other', () => {
    const source = readFileSync('src/errors.ts', 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z_]+): \{ status: /gm)].map(([, code = '']) => code);
    expect(known.length).toBeGreaterThan(10);
    expect(codes.map(([code]) => bare(code))).toEqual(known);
    const told = codes.map(([code, status, retryable]) => [bare(code), Number(status), retryable === 'yes']);
    expect(told).toEqual(known.filter(isFailureCode).map((code) => [code, statusOf(code), isRetryable(code)]));
  });

  test('says of every code when it comes and what to do', () => {
    expect(codes.filter((cells) => cells.length !== 5 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  test('names every reason that src gives, once, and no other', () => {
    const told = rowsUnder(errors, 'reason').map(([reason]) => bare(reason));
    expect(told.toSorted()).toEqual([...reasonsOfSource()].toSorted());
  });

  test('names no code under a reason that is none', () => {
    const named = rowsUnder(errors, 'reason', 'code').map(([, code]) => bare(code));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => !isFailureCode(code))).toEqual([]);
  });
});

describe('docs/limits.md', () => {
  const settings = rowsUnder(limits, 'setting', 'default', 'unit').map(([name, value]) => [bare(name), value]);

  test('gives each setting that it names, each once, the default that it has', () => {
    const given = Object.fromEntries(
      ['KORE_BASE_URL', 'KORE_ACCOUNT_ID', 'KORE_ORG_ID', 'KORE_STREAM_ID', 'KORE_CLIENT_ID', 'KORE_CLIENT_SECRET'].map(
        (name) => [name, 'example'],
      ),
    );
    const result = readConfig({ ...given, AUTH: 'none' });
    const defaults = new Map(Object.entries(result.kind === 'config' ? result.config : {}));
    expect(settings.length).toBeGreaterThan(30);
    expect(new Set(settings.map(([name]) => name)).size).toBe(settings.length);
    const known = settings.map(([name]) => [name, Number(defaults.get(name ?? '')).toLocaleString('en-US')]);
    expect(settings).toEqual(known);
  });

  test('names every bound of .env.example on what an operation may ask, what a request may be, and how much at once', () => {
    const parts = readFileSync('.env.example', 'utf8')
      .split(/^# ── /m)
      .filter((part) => /^(What (one operation may ask|a request may be)|How much at once)/.test(part));
    expect(parts).toHaveLength(3);
    const bounds = parts.flatMap((part) => [...part.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name));
    // How much of the deadline an answer needs, when /ready says no, and how long stopping takes, are the operator's alone.
    const inner = ['OPERATION_ANSWER_RESERVE_MS', 'UNREADY_AFTER_REFUSALS', 'STOP_WAIT_MS', 'STOP_WITHIN_MS'];
    expect(inner.filter((name) => !bounds.includes(name))).toEqual([]);
    expect(bounds.length).toBeGreaterThan(20);
    const named = new Set(settings.map(([name]) => name));
    expect(bounds.filter((name = '') => !named.has(name) && !inner.includes(name))).toEqual([]);
  });

  test('names codes and reasons that there are', () => {
    const words = [...limits.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, each = '']) => each);
    const named = new Set(settings.map(([name]) => name));
    const reasons = reasonsOfSource();
    expect(words.filter((each) => !named.has(each) && !isFailureCode(each) && !reasons.has(each))).toEqual([]);
  });
});

describe('docs/federation.md', () => {
  const federation = readFileSync('docs/federation.md', 'utf8');
  const namesIn = (text: string) =>
    [...(/const name of \[([^\]]+)\]/.exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name);
  const handedOn = namesIn(readFileSync('test/gateways/hive.ts', 'utf8'));

  test('has Hive Gateway hand on the headers that it is tried with', () => {
    expect(handedOn).toContain('authorization');
    expect(namesIn(federation)).toEqual(handedOn);
  });

  test("has Apollo's router hand on the same", () => {
    const propagated = [...federation.matchAll(/propagate: \{ named: (\S+) \}/g)].map(([, name]) => name);
    expect(propagated).toEqual(handedOn);
  });
});

describe('docs/attacks.md', () => {
  const attacks = readFileSync('docs/attacks.md', 'utf8');
  const rows = [...rowsUnder(attacks, 'number', 'attack'), ...rowsUnder(attacks, 'number', 'fault')];

  test('has each number once and in order, with what it is and where it is tried', () => {
    const numbers = (letter: string, count: number) => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
    expect(rows.map(([number]) => number)).toEqual([...numbers('A', 86), ...numbers('F', 79)]);
    expect(rows.filter(([, what = '', where = '']) => what === '' || !/^(`[^`]+`(, |$))+$/.test(where))).toEqual([]);
    const places = rows.flatMap(([, , where = '']) => [...where.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
    expect(places.filter((path) => globSync(path).length === 0)).toEqual([]);
  });

  test('names every file with a test that begins with the number', () => {
    const places = new Map(rows.map(([number = '', , where = '']) => [number, where]));
    const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(
      // What only reads such titles.
      (name) => name.endsWith('.ts') && name !== 'evidence.test.ts',
    );
    const tried = files.flatMap((name) =>
      [...readFileSync(`test/${name}`, 'utf8').matchAll(/['"`]((?:[AF]\d{1,2},? )+)/g)].flatMap(([, title = '']) =>
        [...title.matchAll(/[AF]\d+/g)].map(([number]) => ({ number, file: `test/${name}` })),
      ),
    );
    expect(tried.length).toBeGreaterThan(300);
    expect(tried.filter(({ number, file }) => !(places.get(number) ?? '').includes(`\`${file}\``))).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  test('names a test that there is for each guarantee', () => {
    const [, guarantees = ''] = readFileSync('SECURITY.md', 'utf8').split(/^## (?:Guarantees$|What isn)/m);
    const told = guarantees.split(/^- /m).slice(1);
    expect(told.length).toBeGreaterThan(15);
    const testsOf = (text: string) => [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(told.filter((text) => testsOf(text).length === 0)).toEqual([]);
    expect(told.flatMap(testsOf).filter((path) => globSync(path).length === 0)).toEqual([]);
  });
});

describe('the documents', () => {
  const files = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
    readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
    readdirSync('examples').map((name) => `examples/${name}/README.md`),
  );

  test('link to files, and to headings in them, that there are', () => {
    const broken = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
        .filter(([, path = '', heading]) => !leads(path === '' ? file : join(dirname(file), path), heading))
        .map(([link]) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test('of the folder docs all are in its index', () => {
    const index = readFileSync('docs/README.md', 'utf8');
    const pages = files.filter((file) => /^docs\/[^/]+\.md$/.test(file) && file !== 'docs/README.md');
    expect(pages.filter((file) => !index.includes(`](${file.slice('docs/'.length)})`))).toEqual([]);
  });
});

function leads(path: string, heading: string | undefined): boolean {
  if (!existsSync(path)) return false;
  if (heading === undefined) return true;
  const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => slugOf(text));
  return headings.includes(heading);
}

/** What GitHub calls a heading in an address. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}
