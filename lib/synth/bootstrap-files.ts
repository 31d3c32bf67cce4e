import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** A file for whoever sets up the cluster: nothing that `kubectl apply` may read. */
export interface BootstrapFile {
  /** Below the bootstrap folder, e.g. `kubeadm.yaml`, `cni/net.d/10-calico.conflist`. */
  readonly path: string;
  readonly content: string;
}

/** What sets up the cluster of an app. */
export interface Bootstrap {
  /** @default - beside the output folder */
  readonly folder?: string;
  readonly files: readonly BootstrapFile[];
}

/** Tells which files are ours, so that those which are no longer made can go, and nothing else. */
const LIST = '.portolan.json';

/** @throws Error when the folder is that of the manifests, or within it */
export function assertOutsideManifests(folder: string, outdir: string, construct: string): void {
  const within = path.relative(path.resolve(outdir), path.resolve(folder));
  if (within === '' || !(within.startsWith('..') || path.isAbsolute(within))) {
    throw new Error(
      `Unable to write what sets up the cluster of "${construct}" to "${folder}": it is within "${outdir}", whose files ` +
        'are applied to the cluster. Choose a folder beside it.',
    );
  }
}

/**
 * Writes what sets up the cluster beside the manifests: all of it, or, where the disk refuses, nothing. Beside a folder that
 * is gone when the command ends nothing is left, and standard error says so.
 */
export function writeBootstrap({ folder, files }: Bootstrap, outdir: string): void {
  if (folder === undefined && isForStdout(outdir)) {
    process.stderr.write(notWritten(files));
    return;
  }
  const root = folder ?? `${path.resolve(outdir)}-bootstrap`;
  const before = listed(root);
  const written: string[] = [];
  try {
    for (const file of [...files, listOf(files)]) {
      const target = path.join(root, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(`${target}.new`, file.content);
      written.push(target);
    }
  } catch (error) {
    for (const target of written) rmSync(`${target}.new`, { force: true });
    throw error;
  }
  for (const target of written) renameSync(`${target}.new`, target);
  const kept = new Set(files.map(({ path }) => path));
  for (const stale of before.filter((file) => !kept.has(file))) rmSync(path.join(root, stale), { force: true });
}

/** INVARIANT: `cdk8s synth --stdout` has the app write to a temporary folder of this name, prints it and removes it. */
function isForStdout(outdir: string): boolean {
  const { dir, base } = path.parse(outdir);
  return outdir === process.env.CDK8S_OUTDIR && dir === tmpdir() && /^cdk8s-\w{6}$/.test(base);
}

function notWritten(files: readonly BootstrapFile[]): string {
  return (
    'portolan: what sets up the cluster is not written, as the manifests go to standard output: ' +
    `${files.map((file) => file.path).join(', ')}. Synthesize to a folder, or name one for these files by \`bootstrapDir\`.\n`
  );
}

function listOf(files: readonly BootstrapFile[]): BootstrapFile {
  return { path: LIST, content: `${JSON.stringify({ files: files.map(({ path }) => path) }, null, 2)}\n` };
}

/** What an earlier synth wrote; somebody may have put something else in place of the list. */
function listed(root: string): readonly string[] {
  const list = path.join(root, LIST);
  if (!existsSync(list)) return [];
  try {
    const { files } = JSON.parse(readFileSync(list, 'utf8')) as { files?: unknown };
    return Array.isArray(files) ? files.filter((file): file is string => isBelow(file)) : [];
  } catch {
    return [];
  }
}

function isBelow(file: unknown): boolean {
  return typeof file === 'string' && file !== '' && !path.isAbsolute(file) && !path.normalize(file).startsWith('..');
}
