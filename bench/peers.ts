import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withFolder } from './cluster/folder';
import { generateCluster } from './cluster/generate';
import { printTable, type TableRow } from './harness/print';
import { type ProgramRun, runProgram } from './harness/run-program';
import { COMMAND, MAP_OPTIONS } from './parts/command';
import { agreement } from './peers/answers';

/** np-guard's netpol-analyzer: the one other tool that lists the connections of a folder in the same notation. */
const MODULE = 'github.com/np-guard/netpol-analyzer@v1.4.4';
const NETPOLICY = resolve(__dirname, '..', '..', 'peers', 'netpolicy-v1.4.4');

const SIZES = [100, 300, 1_000];

/** Some of its cases grow exponentially. */
const LIMIT_MS = 120_000;

/** Runs both tools on the same folders, generated and real, one after the other. */
async function main(): Promise<void> {
  const problem = await install();
  if (problem !== undefined) {
    console.log(`skipped: ${problem}`);
    return;
  }
  const rows: TableRow[] = [];
  for (const workloads of SIZES) {
    // Only what both understand: that tool knows older kinds of administrators' policies only.
    const cluster = generateCluster({ workloads, clusterPolicies: false });
    rows.push(await withFolder(cluster, ({ folder }) => compare(`${workloads} workloads`, folder)));
  }
  for (const { name, folder } of realFolders()) rows.push(await compare(name, folder));
  printTable(
    `netpol-analyzer and portolan, whole commands on the same folders; netpol-analyzer is stopped after ${LIMIT_MS / 1_000} s`,
    rows,
  );
}

/**
 * Says why the other tool is not to be had, where it is not. Built in its own module, whose sums its authors wrote: then
 * what is measured is what they released, whatever versions of its parts have come since.
 */
async function install(): Promise<string | undefined> {
  if (existsSync(NETPOLICY)) return undefined;
  try {
    const module: { readonly Dir: string } = JSON.parse(await go('mod', 'download', '-json', MODULE));
    await go('build', '-C', module.Dir, '-o', NETPOLICY, './cmd/netpolicy');
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `netpol-analyzer cannot be installed: ${code === 'ENOENT' ? 'there is no Go here' : message}`;
  }
}

async function go(...args: readonly string[]): Promise<string> {
  console.log(`go ${args.join(' ')}`);
  const { code, stdout, stderr } = await runProgram('go', args);
  if (code !== 0) throw new Error(stderr.trimEnd() || stdout.trimEnd());
  return stdout;
}

function realFolders(): readonly { readonly name: string; readonly folder: string }[] {
  const root = join(process.env.PORTOLAN_DATA ?? '../shared', 'corpus', 'np-guard', 'manifests');
  if (!existsSync(root)) {
    console.log(`no real folders: there is no ${root}; PORTOLAN_DATA names the folder that has the corpus`);
    return [];
  }
  return readdirSync(root)
    .sort()
    .map((name) => ({ name, folder: join(root, name) }));
}

async function compare(name: string, folder: string): Promise<TableRow> {
  const theirs = await runProgram(NETPOLICY, ['list', '--dirpath', folder, '--quiet', '--output', 'txt'], LIMIT_MS);
  const ours = await runProgram(process.execPath, [COMMAND, 'map', folder, ...MAP_OPTIONS]);
  return {
    folder: name,
    'theirs ms': theirs.ms,
    'ours ms': ours.ms,
    'times as fast': theirs.ms / ours.ms,
    'theirs MB': theirs.peak ?? '?',
    'ours MB': ours.peak ?? '?',
    'times the memory': theirs.peak !== undefined && ours.peak !== undefined ? ours.peak / theirs.peak : '?',
    'the answers': answers(theirs, ours),
  };
}

function answers(theirs: ProgramRun, ours: ProgramRun): string {
  if (theirs.code === undefined) return 'theirs was stopped';
  if (theirs.code !== 0 || ours.code !== 0) return `${theirs.code === 0 ? 'ours' : 'theirs'} refused the folder`;
  return agreement(theirs.stdout, ours.stdout);
}

main();
