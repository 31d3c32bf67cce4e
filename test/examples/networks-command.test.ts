import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { emptyFolder } from '../support/folder';
import { filesOf } from '../support/synth';

const CLI = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
const ROOT = path.resolve(__dirname, '../..');
const TSX = require.resolve('tsx');

/** What the real cdk8s command makes of an example. */
function cdk8s(example: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const app = `node --import ${TSX} ${path.join(ROOT, 'examples/networks', example)}`;
  const all = [CLI, 'synth', '--check-upgrade=false', '--app', app, ...args];
  return spawnSync(process.execPath, all, { cwd: ROOT, encoding: 'utf8', ...options });
}

test('the cdk8s command writes manifests to its folder, and what sets up the cluster to one beside it', () => {
  const output = path.join(emptyFolder(), 'dist');
  const { status } = cdk8s('calico/main.ts', ['--output', output]);
  expect(status).toBe(0);
  expect(readdirSync(path.dirname(output)).sort()).toEqual(['dist', 'dist-bootstrap']);
  expect(Object.keys(filesOf(output))).toEqual(['/infra.k8s.yaml', '/shop.k8s.yaml']);
  expect(Object.keys(filesOf(`${output}-bootstrap`))).toEqual([
    '/.portolan.json',
    '/cni/net.d/10-calico.conflist',
    '/kind.yaml',
    '/kubeadm.yaml',
  ]);
});

test('the cdk8s command that prints manifests leaves nothing behind, and tells which files are not written', () => {
  const [cwd, temporary] = [path.join(emptyFolder(), 'app'), path.join(emptyFolder(), 'tmp')];
  for (const made of [cwd, temporary]) mkdirSync(made);
  const env = { ...process.env, TMPDIR: temporary, TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json') };
  const { status, stdout, stderr } = cdk8s('calico/main.ts', ['--stdout'], { cwd, env });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^kind: Installation$/m);
  expect(stderr).toMatch(
    'portolan: what sets up the cluster is not written, as the manifests go to standard output: ' +
      'cni/net.d/10-calico.conflist, kind.yaml, kubeadm.yaml. Synthesize to a folder,',
  );
  expect([...readdirSync(cwd), ...readdirSync(path.dirname(cwd))]).toEqual(['app']);
  expect(readdirSync(temporary).filter((name) => name.startsWith('cdk8s'))).toEqual([]);
});
