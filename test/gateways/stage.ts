import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { composers, scoresSdl, supergraphOf } from '../supergraph/compose.ts';
import { servePeople } from '../supergraph/people/server.ts';
import { peopleSdl } from '../supergraph/people/subgraph.ts';
import { openSides, type Sides } from '../supergraph/sides.ts';
import { type Program, type programNames, startProgram } from './programs.ts';
import { type Recorder, startRecorder } from './recorder.ts';

/** Both subgraphs over HTTP, what each was asked, and a gateway before them. */
export type Stage = {
  readonly sides: Sides;
  readonly api: GraphQLSchema;
  readonly scores: Recorder;
  readonly people: Recorder;
  readonly program: Program;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts all of it, composed by Apollo's composer. */
export async function openStage(
  name: (typeof programNames)[number],
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const sides = stack.use(await openSides({ settings }));
  const served = stack.use(await servePeople(sides.peopleSchema));
  const scores = stack.use(await startRecorder('scores', `${sides.gateway.url}/graphql`));
  const people = stack.use(await startRecorder('people', served.url));
  const { sdl, api } = supergraphOf(
    composers.apollo([
      { name: 'scores', sdl: scoresSdl, url: scores.url },
      { name: 'people', sdl: peopleSdl, url: people.url },
    ]),
  );
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, sdl);
  const program = stack.use(await startProgram(name, path));
  return { sides, api, scores, people, program, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
