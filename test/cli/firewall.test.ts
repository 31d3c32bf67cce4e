import Ajv from 'ajv/dist/2020';
import schema from '../../schemas/firewall.schema.json';
import verdict from '../../schemas/verdict.schema.json';
import { portolan } from './support';

const FILES = { 'cluster.yaml': 'cni: flannel\npodCidr: 10.244.0.0/16\nnodePortRange: 20000-22767\n' };
const firewall = (...options: readonly string[]) =>
  portolan(['firewall', '--cluster', 'cluster.yaml', ...options], FILES);

test('a line for each port tells on which nodes it is, from whom and what for (NET-01, NET-11)', async () => {
  const { code, stdout } = await firewall();
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(code).toBe(0);
  expect(lines[0]).toEqual(['nodes', 'protocol', 'port', 'from', 'what for']);
  expect(lines).toContainEqual([
    'control plane',
    'TCP',
    '6443',
    'clients of the API, nodes, pods',
    'the Kubernetes API (NET-01)',
  ]);
  expect(lines.at(-1)).toEqual(['all', 'UDP', '8472', 'nodes', 'VXLAN of Flannel (NET-11)']);
});

test('Markdown has it as a table', async () => {
  const { stdout } = await firewall('-o', 'markdown');
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '| nodes | protocol | port | from | what for |',
    '| --- | --- | --- | --- | --- |',
  ]);
  expect(stdout).toContain('| all | UDP | 8472 | nodes | VXLAN of Flannel (NET-11) |');
});

test.each([['cluster.yaml'], ['calico'], ['conformant']])(
  'what it writes as JSON of %s is what its schema says',
  async (cluster) => {
    const { stdout } = await portolan(['firewall', '--cluster', cluster, '-o', 'json'], FILES);
    const validate = new Ajv().compile(schema);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  },
);

test('programs get senders by words of their own', async () => {
  const { plugin, ports } = JSON.parse((await firewall('-o', 'json')).stdout);
  expect(plugin).toBe('Flannel');
  expect(ports).toContainEqual({
    nodes: 'worker',
    protocol: 'TCP',
    ports: '20000-22767',
    from: ['node-port-clients', 'load-balancers'],
    purpose: 'Services of type NodePort, and load balancers in front of Services',
    rule: 'NET-01',
  });
});

test('a profile that is wrong gets no table', async () => {
  const { code, stdout } = await portolan(['firewall', '--cluster', 'c.yaml'], { 'c.yaml': 'firewall: {worker: []}' });
  expect([code, stdout]).toEqual([2, '']);
});

test('NET-01: a node is asked for through its firewall, and JSON has the hop', async () => {
  const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const files = {
    'shop.json': JSON.stringify(manifest),
    'c.yaml': [
      'nodeCidr: 192.168.77.0/24',
      'nodes: [{ name: cp, role: control-plane, addresses: [192.168.77.11] }]',
      'firewall:',
      '  controlPlane:',
      '    - { from: 203.0.113.0/24, ports: 6443/TCP }',
    ].join('\n'),
  };
  const ask = async (from: string) => {
    const argv = ['reach', 'shop.json', '--cluster', 'c.yaml', '--from', from, '--to', 'node/cp', '--port', '6443'];
    const answer = JSON.parse((await portolan([...argv, '-o', 'json'], files)).stdout);
    const validate = new Ajv({ allowUnionTypes: true }).compile(verdict);
    validate(answer);
    expect(validate.errors).toBeNull();
    return answer;
  };
  const hop = {
    hop: 'node-firewall',
    at: 'node/cp',
    role: 'control-plane',
    traffic: '6443/TCP',
    file: 'c.yaml',
    doubts: [],
  };
  expect(await ask('203.0.113.7')).toMatchObject({
    outcome: 'allowed',
    hops: [{ ...hop, decision: 'passes', rule: 'firewall.controlPlane[0]', line: 5 }],
  });
  expect(await ask('198.51.100.7')).toMatchObject({
    outcome: 'denied',
    hops: [{ ...hop, decision: 'stops', line: 4 }],
  });
});
