import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run sbom`: the packages that an image of the gateway has, as CycloneDX. `npm sbom --omit=dev` leaves out whatever a tool for development asks for too, graphql and
 * zod among it; so npm is shown a lock file of those packages alone that `npm ci --omit=dev --omit=optional` installs (Dockerfile).
 */
type Locked = { readonly dev?: true; readonly optional?: true; readonly devOptional?: true };

const { devDependencies: _, optionalDependencies: __, ...manifest } = read('package.json');
const { packages, ...lock } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([, each]) => !each.dev && !each.optional && !each.devOptional);

const parent = mkdtempSync(join(tmpdir(), 'sbom-'));
// npm calls what it lists as its folder is called.
const folder = join(parent, String(manifest['name']));
try {
  mkdirSync(folder);
  write('package.json', manifest);
  write('package-lock.json', { ...lock, packages: { ...Object.fromEntries(installed), '': manifest } });
  const command = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  process.stdout.write(execFileSync('npm', command, { cwd: folder, maxBuffer: 100_000_000 }));
} finally {
  rmSync(parent, { recursive: true });
}

function read(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(name, 'utf8'));
}

function write(name: string, value: object): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}
