import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withFolder } from './cluster/folder';
import { generateCluster } from './cluster/generate';
import { printTable, type TableRow } from './harness/print';
import { type ProgramRun, runProgram } from './harness/run-program';
import { COMMAND, MAP_OPTIONS } from './parts/command';

/** np-guard's netpol-analyzer: the one other tool that lists the connections of a folder in the same notation. */
const PACKAGE = 'github.com/np-guard/netpol-analyzer/cmd/netpolicy@v1.0.0';
const BIN = resolve(__dirname, '..', 'peers');
const NETPOLICY = join(BIN, 'netpolicy');

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
    // Only what both understand: of administrators' policies this release knows nothing.
    const cluster = generateCluster({ workloads, clusterPolicies: false });
    rows.push(await withFolder(cluster, ({ folder }) => compare(`${workloads} workloads`, folder)));
  }
  for (const { name, folder } of realFolders()) rows.push(await compare(name, folder));
  printTable(
    `netpol-analyzer and portolan, whole commands on the same folders; netpol-analyzer is stopped after ${LIMIT_MS / 1_000} s`,
    rows,
  );
}

/** Says why the other tool is not to be had, where it is not. */
async function install(): Promise<string | undefined> {
  console.log(`GOBIN=${BIN} go install ${PACKAGE}`);
  mkdirSync(BIN, { recursive: true });
  process.env.GOBIN = BIN;
  try {
    const { code, stderr } = await runProgram('go', ['install', PACKAGE]);
    return code === 0 ? undefined : `netpol-analyzer cannot be installed:\n${stderr.trimEnd()}`;
  } catch {
    return 'there is no Go on this machine';
  }
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
    'the answers': agreement(theirs, ours),
  };
}

function agreement(theirs: ProgramRun, ours: ProgramRun): string {
  if (theirs.code === undefined) return 'theirs was stopped';
  if (theirs.code !== 0 || ours.code !== 0) return `${theirs.code === 0 ? 'ours' : 'theirs'} refused the folder`;
  const [wanted, got] = [connections(theirs), connections(ours)];
  const missing = [...wanted].filter((line) => !got.has(line)).length;
  const surplus = [...got].filter((line) => !wanted.has(line)).length;
  return missing + surplus === 0 ? `agree (${got.size} lines)` : `differ: ${missing} theirs only, ${surplus} ours only`;
}

/** A workload's connections to itself are left out, as they never leave it. */
function connections({ stdout }: ProgramRun): ReadonlySet<string> {
  const lines = stdout.split('\n').filter((line) => / => .* : /.test(line));
  return new Set(lines.filter((line) => !/^(.*) => \1 : /.test(line)));
}

main();
