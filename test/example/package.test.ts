import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Package = { readonly [kind in 'dependencies' | 'devDependencies']: Readonly<Record<string, string>> };
type Lock = { readonly packages: Readonly<Record<string, { readonly version?: string }>> };

test('the example that is copied out asks for the very versions that it is tested with', () => {
  const { dependencies, devDependencies }: Package = JSON.parse(readFileSync('examples/frontend/package.json', 'utf8'));
  const { packages }: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const asked = { ...dependencies, ...devDependencies };
  const tested = Object.keys(asked).map((name) => [name, packages[`node_modules/${name}`]?.version]);
  expect(asked).toEqual(Object.fromEntries(tested));
});
