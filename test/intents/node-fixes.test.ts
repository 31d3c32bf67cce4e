import { parse } from 'yaml';
import { readDocuments } from '../../lib/cli/input/documents';
import { check } from '../../lib/intents/check';
import type { Fix } from '../../lib/intents/finding';
import { readPromises } from '../../lib/intents/json/read-promises';

const NODES = `podCidr: 10.244.0.0/16
serviceCidr: 10.96.0.0/12
nodeCidr: 192.168.77.0/24
nodes: [{ name: cp, role: control-plane, addresses: [192.168.77.11] }]
`;
const pod = (name: string, spec = '') => `---
{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }, spec: { ${spec}containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] } }
`;

/** What is told of promises on a cluster whose profile is written in YAML. */
function judged(profile: string, promises: string, manifests = pod('web')) {
  const [source] = readDocuments(
    'promises.yaml',
    `{ apiVersion: v1, kind: Promises, promises: [${promises}] }`,
  ).manifests;
  const { apiVersion: _, kind: __, ...object } = source.object as Record<string, unknown>;
  const said = readPromises([{ source: { ...source, object }, stem: 'promises' }]);
  const read = readDocuments('shop.yaml', manifests);
  const profileOrigin = { position: { file: 'cluster.yaml', line: 1, column: 1 } };
  const report = check({ ...said.promises, manifests: read.manifests, profile: parse(profile), profileOrigin });
  expect([...said.faults, ...report.faults]).toEqual([]);
  return report;
}

const fixesOf = (...told: Parameters<typeof judged>): readonly Fix[] =>
  judged(...told).findings.flatMap(({ fixes }) => fixes);

/** What the author has after doing what the fix says: a rule goes by its number, text out of a list with the comma before it. */
function applied({ summary, remove, add = '' }: Fix, profile: string): string {
  const [, index] = /^leave firewall\.\w+\[(\d+)\] out/.exec(summary) ?? [];
  if (index !== undefined) {
    const rule = profile.split('\n').filter((line) => line.includes('{ from:'))[Number(index)];
    return profile.replace(`${rule}\n`, '');
  }
  if (remove === undefined) return profile.replaceAll('# here', add);
  return profile.replace(profile.includes(`, ${remove}`) ? `, ${remove}` : remove, add);
}

const places = ['192.168.0.11', '192.168.0.12', '192.168.1.11'].map(
  (address, i) => `---
{ apiVersion: v1, kind: Node, metadata: { name: ${'abc'[i]} }, spec: { podCIDRs: [10.244.${i + 1}.0/24] }, status: { addresses: [{ type: InternalIP, address: ${address} }] } }
`,
);
const placed = (on: string) => places.join('') + pod('web', 'nodeName: a, ') + pod('db', `nodeName: ${on}, `);
const REACH = '{ expect: shop/web, toReach: { of: shop/db, port: 8080 }, by: podIP }';
const NO_ETCD = '{ expect: internet, not: { toReach: controlPlane.etcd } }';
const SUBNETS = `podCidr: 10.244.0.0/16
nodes: [{ name: here, subnet: 192.168.0.0/24 }, { name: there, subnet: 192.168.1.0/24 }]
`;
const guarded = (...rules: readonly string[]) => `${NODES}firewall: { controlPlane: [
${rules.map((rule) => `    ${rule},\n`).join('')}  ] }
`;

/** Each fix is offered, and mends it. */
function expectToMend(
  profile: string,
  promises: string,
  manifests: string | undefined,
  expected: readonly object[],
): void {
  const fixes = fixesOf(profile, promises, manifests);
  expect(fixes).toMatchObject(expected);
  expect(fixes).toHaveLength(expected.length);
  for (const fix of fixes) expect(judged(applied(fix, profile), promises, manifests).findings).toEqual([]);
}

test('PTL332: a rule for the very sender and port (NET-01)', () => {
  const profile = `${NODES}firewall:\n  controlPlane:\n    - { from: 198.51.100.0/24, ports: 6443/TCP }\n    # here\n`;
  expectToMend(profile, '{ expect: { cidr: 203.0.113.0/24 }, toReach: controlPlane.apiServer }', undefined, [
    { add: '- { from: 203.0.113.0/24, ports: 6443/TCP }' },
  ]);
});

test('PTL332: a rule that would break another promise is not shown (NET-01)', () => {
  const profile = `${NODES}firewall: { controlPlane: [] }\n`;
  const wanted = '{ expect: internet, toReach: controlPlane.apiServer }';
  const unwanted = '{ expect: { cidr: 203.0.113.0/24 }, not: { toReach: controlPlane.apiServer } }';
  expect(fixesOf(profile, wanted)).toHaveLength(1);
  expect(fixesOf(profile, `${wanted}, ${unwanted}`)).toEqual([]);
});

test('PTL330: the port out of the rule, or the rule (NET-01)', () => {
  const profile = guarded('{ from: nodes, ports: 2379/TCP }', '{ from: internet, ports: [6443/TCP, 2379/TCP] }');
  expectToMend(profile, NO_ETCD, undefined, [
    { remove: '2379/TCP' },
    { summary: 'leave firewall.controlPlane[1] out, here and in what guards the nodes' },
  ]);
});

test('PTL330: what another promise needs of the rule stays there (NET-01)', () => {
  const profile = guarded('{ from: [198.51.100.0/24, internet], ports: 2379-2380/TCP }');
  const backup = '{ expect: { cidr: 198.51.100.0/24 }, toReach: controlPlane.etcd }';
  const other = NO_ETCD.replace('internet', '{ cidr: 203.0.113.0/24 }');
  expectToMend(profile, `${other}, ${backup}`, undefined, [{ remove: 'internet' }]);
});

test('PTL317: the option that keeps nodes apart, or a plugin that does not (NET-04)', () => {
  const profile = `cni: { name: flannel, backend: host-gw }\n${SUBNETS}`;
  expectToMend(profile, REACH, placed('c'), [
    { summary: 'leave `backend` as it usually is', add: 'cni: flannel' },
    { add: 'cni: calico' },
  ]);
});

test('PTL317: a plugin that has no way either is not shown (NET-04)', () => {
  expectToMend(`cni: kindnet\n${SUBNETS}`, REACH, placed('c'), [{ remove: 'cni: kindnet', add: 'cni: calico' }]);
});

test('PTL317: what carries packets from node to node is let in to nodes of both roles (NET-11)', () => {
  const roles = ['workers', 'controlPlane'].map(
    (role) => `  ${role}:\n    - { from: nodes, ports: 10250/TCP }\n    # here\n`,
  );
  const profile = `cni: flannel\npodCidr: 10.244.0.0/16\nnodeCidr: 192.168.0.0/16\nfirewall:\n${roles.join('')}`;
  expectToMend(profile, REACH, placed('b'), [{ add: '- { from: nodes, ports: 8472/UDP }' }]);
});
