import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { describe, expect, test } from 'vitest';

/** The laws of the house, as programs with readable messages. ARCHITECTURE.md says why. */
const fileLinesMax = 250;
const functionLinesMax = 50;

/** Which rooms a room may import, type imports included. The rooms of `main` join everything. */
const allowedRooms: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  telemetry: ['model/ports.ts', 'tracing'],
  tracing: ['model/ports.ts', 'errors'],
  config: ['redis/address.ts', 'model/access.ts', 'errors'],
  directory: ['model'],
  paging: ['model', 'errors'],
  redis: ['model', 'errors'],
  store: ['redis/link.ts', 'model', 'errors'],
  selection: ['model'],
  reading: ['selection', 'model', 'errors'],
  kore: ['reading/source.ts', 'model', 'errors'],
  graphql: ['reading', 'paging', 'selection', 'directory', 'model', 'errors'],
  server: ['graphql', 'model', 'errors'],
};
const mainRooms =
  'main gateway doors upstream place readers names-by-sight stores exchange masking reports settings turns stopping waiting patience'.split(
    ' ',
  );

/** Which files or rooms may import a package. */
const allowedPackages: Readonly<Record<string, readonly string[]>> = {
  undici: ['kore/client.ts'],
  ioredis: ['redis/connect.ts'],
  jose: ['kore/credential.ts', 'server/caller'],
  '@apollo/server': ['server'],
  '@apollo/subgraph': ['graphql/schema.ts'],
  '@opentelemetry/api': ['tracing.ts'],
  '@graphql-tools/schema': ['graphql/schema.ts'],
  '@fastify/cors': ['server'],
  '@fastify/helmet': ['server'],
  '@fastify/static': ['server'],
  'close-with-grace': ['main.ts'],
  dataloader: ['reading'],
  fastify: ['server'],
  graphql: ['graphql', 'server'],
  'lru-cache':
    'store directory.ts names-by-sight.ts reading/located.ts reading/ages.ts server/caller.ts graphql/executing'.split(
      ' ',
    ),
  pino: ['telemetry.ts'],
  'prom-client': ['telemetry.ts'],
  zod: ['config'],
};

type SourceFile = { readonly path: string; readonly text: string; readonly imports: readonly string[] };

const sourceFiles = readFolder('src').filter(({ path }) => !path.startsWith('src/server/graphiql/'));
const testFiles = readFolder('test');
const exampleFiles = readFolder('examples/frontend/src').filter(({ path }) => !path.includes('/src/graphql/'));

describe('the house', () => {
  test('rooms import only what stands below them', () => {
    const strays = sourceFiles.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => normalize(join(dirname(path), specifier)).replace(/^src\//, ''))
        .filter((target) => !mayImport(path.replace(/^src\//, ''), target))
        .map((target) => `${path} imports ${target}: room ${roomOf(path.replace(/^src\//, ''))} may not`),
    );
    expect(strays).toEqual([]);
  });

  test('packages are used in their rooms alone', () => {
    const strays = sourceFiles.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .map(packageOf)
        .filter((name) => !(allowedPackages[name] ?? []).some((place) => isWithin(path.replace(/^src\//, ''), place)))
        .map((name) => `${path} imports ${name}: say in allowedPackages why it may`),
    );
    expect(strays).toEqual([]);
  });

  test('every file of src is reached from main', () => {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      const file = sourceFiles.find((each) => each.path === path);
      if (file === undefined || reached.has(path)) return;
      reached.add(path);
      for (const specifier of file.imports)
        if (specifier.startsWith('.')) visit(normalize(join(dirname(path), specifier)));
    };
    visit('src/main.ts');
    expect(sourceFiles.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  test('the simulator shares nothing with src', () => {
    const simulator = testFiles.filter(({ path }) => path.startsWith('test/simulator/'));
    expect(simulator.length).toBeGreaterThan(0);
    expect(
      simulator.filter(({ imports }) => imports.some((specifier) => /\/src\//.test(specifier))).map(({ path }) => path),
    ).toEqual([]);
  });

  test('the oracle shares nothing with src either: it would agree with its mistakes', () => {
    const oracle = testFiles.filter(({ path }) => path.startsWith('test/oracle/'));
    expect(oracle.length).toBeGreaterThan(0);
    expect(
      oracle.filter(({ imports }) => imports.some((specifier) => /\/src\//.test(specifier))).map(({ path }) => path),
    ).toEqual([]);
  });

  test('the clock, chance, the console and the environment are handed down from main', () => {
    const reaching = /\b(process\.|Date\.now|new Date\(\)|performance\.|Math\.random|console\.|globalThis)/;
    const strays = sourceFiles.filter(
      ({ path, text }) => path !== 'src/main.ts' && reaching.test(withoutComments(text)),
    );
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  test('the spelling of the wire is known to kore alone', () => {
    const wireWords = /koreEvalutionScore|"?(Queue|Agent|Metric) ID|duration_status|scorereporting/;
    const strays = sourceFiles.filter(
      ({ path, text }) => !path.startsWith('src/kore/') && wireWords.test(withoutComments(text)),
    );
    expect(strays.map(({ path }) => path)).toEqual([]);
  });
});

describe('the manner', () => {
  test(`no file is longer than ${fileLinesMax} lines`, () => {
    const long = [...sourceFiles, ...testFiles, ...exampleFiles]
      .filter(({ path }) => path !== 'src/graphql/generated.ts')
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => fileLinesMax < lines);
    expect(long).toEqual([]);
  });

  test(`no function of src is longer than ${functionLinesMax} lines`, () => {
    const long = sourceFiles
      .filter(({ path }) => path !== 'src/graphql/generated.ts')
      .flatMap(({ path, text }) => functionsOf(text).map(({ name, lines }) => ({ at: `${path}: ${name}`, lines })))
      .filter(({ lines }) => functionLinesMax < lines);
    expect(long).toEqual([]);
  });

  test('no exported function of src is without a word', () => {
    const bare = sourceFiles
      .filter(({ path }) => path !== 'src/graphql/generated.ts')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(\*\/\n)?export (?:async )?function (\w+)/g)]
          .filter(([, comment]) => comment === undefined)
          .map(([, , name]) => `${path}: ${name}`),
      );
    expect(bare).toEqual([]);
  });

  test('a dated TODO is done by its date', () => {
    const late = [...sourceFiles, ...testFiles].flatMap(({ path, text }) =>
      [...text.matchAll(/\bTODO\((\d{4}-\d{2}-\d{2})\)/g)]
        .filter(([, date = '']) => Date.parse(date) < Date.now())
        .map(([todo]) => `${path}: ${todo}`),
    );
    expect(late).toEqual([]);
  });

  test('nothing escapes the type checker or the linter, and no test is skipped, retried or asleep', () => {
    const escapes = [
      /@ts-(ignore|nocheck|expect-error)/,
      /biome-ignore/,
      /\bas (unknown as|never)\b/,
      /\bas any\b|: any[;,)[\]>]/,
      /\b(test|it|describe)\.(skip|only|todo|fails)\b/,
      /\bretry: *[1-9]/,
    ];
    const strays = [...sourceFiles, ...testFiles, ...exampleFiles]
      .filter(({ path }) => path !== 'src/graphql/generated.ts' && path !== 'test/tidy.test.ts')
      .flatMap(({ path, text }) =>
        escapes.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`),
      );
    expect(strays).toEqual([]);
  });
});

function mayImport(path: string, target: string): boolean {
  const room = roomOf(path);
  if (mainRooms.includes(room)) return true;
  return roomOf(target) === room || (allowedRooms[room] ?? []).some((place) => isWithin(target, place));
}

/** `kore/wire.ts` is in room kore, `errors.ts` is a room of its own. */
function roomOf(path: string): string {
  return (path.split('/')[0] ?? path).replace(/\.ts$/, '');
}

function isWithin(path: string, place: string): boolean {
  return path === place || path === `${place}.ts` || path.startsWith(`${place}/`);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function readFolder(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules/'))
    .map((name) => {
      const path = normalize(join(folder, name));
      const text = readFileSync(path, 'utf8');
      const imports = [...text.matchAll(/(?:from |import\()'([^']+)'/g)].map(([, specifier = '']) => specifier);
      return { path, text, imports };
    });
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
}

/** Functions with their names, as far as they have one, and their lines. Types are blanked out, so that lines stay where they are. */
function functionsOf(text: string): readonly { readonly name: string; readonly lines: number }[] {
  const program = parse(stripTypeScriptTypes(text), { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const found: { name: string; lines: number }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null && 'type' in value) {
      const node = value as AnyNode;
      if (/Function/.test(node.type) && node.loc) {
        const name =
          'id' in node && node.id !== null && node.id !== undefined && 'name' in node.id ? node.id.name : 'anonymous';
        found.push({
          name: `${name} at line ${node.loc.start.line}`,
          lines: node.loc.end.line - node.loc.start.line + 1,
        });
      }
      for (const child of Object.values(node)) visit(child);
    }
  };
  visit(program);
  return found;
}
