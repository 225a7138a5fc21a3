import { readFileSync } from 'node:fs';

/**
 * Whether the lock file names every optional package that its packages ask for. A lock made where a platform's binary is not to be had leaves it
 * out silently, and `npm ci` then refuses it everywhere. Nor may it say where packages came from.
 */
type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>>; readonly resolved?: string };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isLocked(name, place))
    .map((name) => `${place || 'the project'} asks for ${name}`),
);
const located = Object.entries(packages)
  .filter(([, { resolved }]) => resolved?.startsWith('http'))
  .map(([place]) => `${place} says where it came from`);

for (const problem of [...missing, ...located]) console.error(problem);
process.exitCode = missing.length + located.length > 0 ? 1 : 0;

/** Looks a name up as Node does: beside the package, then outward. */
function isLocked(name: string, place: string): boolean {
  for (let base = place; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}
