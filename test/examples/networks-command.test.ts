import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { filesOf, folder } from '../support/synth';

const CLI = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
const ROOT = path.resolve(__dirname, '../..');

/** What the real cdk8s command makes of an example, and where. */
function synthesized(example: string) {
  const output = path.join(folder(), 'dist');
  const app = `node --import tsx ${path.join(ROOT, 'examples/networks', example)}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    [CLI, 'synth', '--check-upgrade=false', '--app', app, '--output', output],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stderr, output };
}

test('the cdk8s command writes manifests to its folder, and what sets up the cluster to one beside it', () => {
  const { status, output } = synthesized('calico/main.ts');
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
