import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startFlags } from './start-flags.ts';

test("the gateway's image is made of what runs and nothing else, and runs without root", () => {
  const stages = readFileSync('Dockerfile', 'utf8').split(/^FROM /m);
  const stageOf = (name: string) => stages.find((stage) => stage.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';
  const gateway = stageOf('gateway');
  expect(stages.at(-1), 'what is built unless another is asked for').toBe(gateway);
  expect([...gateway.matchAll(/^(?:COPY|ADD) (?:--from=\S+ )?(.+) \S+$/gm)].map(([, paths]) => paths)).toEqual([
    '/app/node_modules',
    '/app/dist/graphiql',
    'package.json',
    'schema',
    'src',
    'scripts/healthy.ts',
  ]);
  expect(gateway).toContain('COPY --from=production-tree /app/node_modules ');
  expect(stageOf('production-tree')).toContain('npm ci --ignore-scripts --omit=dev ');
  expect([...gateway.matchAll(/^(?:USER|CMD|RUN)( \S+)?/gm)].map(([line]) => line.split(' ')[0])).toEqual([
    'USER',
    'CMD',
  ]);
  expect(gateway).toMatch(/^USER node$/m);
});

test('the image and the demo start the program with the flags of `npm start`', () => {
  const command = /^CMD (.*src\/main\.ts.*)$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? '';
  const listed = /const flags = \[(.*?)\]/s.exec(readFileSync('scripts/demo.ts', 'utf8'))?.[1] ?? '';
  expect([flagsIn(command), flagsIn(listed)]).toEqual([startFlags(), startFlags()]);
});

function flagsIn(text: string): readonly string[] {
  return [...text.matchAll(/["'](--[^"']+)["']/g)].map(([, flag = '']) => flag);
}
