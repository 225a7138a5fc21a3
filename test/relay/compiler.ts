import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The schema as clients of the gateway itself see it: with `node`, which Relay asks for what it has again. */
const schemaFile = 'test/schema.snapshot.graphql';

/** The package says where its binary for this machine is. */
const require = createRequire(import.meta.url);
const program = require('relay-compiler') as string | null;

const compilesWithinMs = 30_000;

/** What became of a project of Relay; disposed of, its folder is gone. */
export type Compilation = {
  readonly exitCode: number;
  readonly output: string;
  /** What was generated for a fragment or an operation. */
  readonly artifact: (name: string) => unknown;
  [Symbol.dispose](): void;
};

/** Runs relay-compiler over documents, each in a module of its own whose name its own names begin with, as Relay wants it. */
export async function compile(documents: Readonly<Record<string, string>>): Promise<Compilation> {
  if (program === null) throw new Error('relay-compiler has no binary for this machine');
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  const generated = join(folder, 'src', '__generated__');
  mkdirSync(generated, { recursive: true });
  copyFileSync(schemaFile, join(folder, 'schema.graphql'));
  const config = {
    src: './src',
    schema: './schema.graphql',
    language: 'javascript',
    artifactDirectory: './src/__generated__',
    eagerEsModules: false,
  };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  for (const [name, document] of Object.entries(documents)) {
    writeFileSync(
      join(folder, 'src', `${name}.js`),
      `import { graphql } from 'react-relay';\ngraphql\`${document}\`;\n`,
    );
  }
  const { exitCode, output } = await run(program, folder);
  const load = createRequire(join(generated, 'index.js'));
  return {
    exitCode,
    output,
    artifact: (name) => load(`./${name}.graphql.js`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function run(file: string, cwd: string): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    // Watchman may be there or not; Relay looks for files by itself.
    const child = execFile(file, ['--noWatchman'], { cwd, timeout: compilesWithinMs }, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error ?? new Error('relay-compiler was killed'));
      else resolve({ exitCode: child.exitCode, output: `${stdout}${stderr}` });
    });
  });
}
