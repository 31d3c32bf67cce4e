import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { service } from '../../../support/manifests';
import { allLints, lintsOf, made, onHost } from './support';

const hosted = (port: number, fields: object = {}, protocol = 'TCP') =>
  made('agent', { hostNetwork: true, containers: [{ ports: [{ containerPort: port, protocol }] }], ...fields });
const mapped = (port: number, more: object = {}) => made('agent', { containers: onHost(port, more) });
const everywhere = { tolerations: [{ operator: 'Exists' }] };
const masters = { tolerations: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] };

/** `severity rule user` of each. */
function told(manifest: object, profile?: ClusterProfileSpec, others: readonly object[] = []): readonly string[] {
  return lintsOf('PTL322', [...others, manifest], profile).map((lint) => `${lint.severity} ${lint.rule} ${lint.user}`);
}

test('PTL322: it fires at the port, as a warning (NET-01)', () => {
  expect(allLints([mapped(10250)])).toEqual([
    'warning PTL322 shop/agent spec.template.spec.containers[0].ports[0].hostPort',
  ]);
  expect(allLints([hosted(10250)])).toEqual([
    'warning PTL322 shop/agent spec.template.spec.containers[0].ports[0].containerPort',
  ]);
});

describe('PTL322: what nodes listen on by themselves (NET-01)', () => {
  test.each<[string, object, readonly string[], ClusterProfileSpec]>([
    ['the kubelet', hosted(10250), ['warning NET-01 the kubelet'], {}],
    ['another protocol', hosted(10250, {}, 'UDP'), [], {}],
    ['kube-proxy', mapped(10256), ['warning NET-01 the health check of kube-proxy'], {}],
    ['no kube-proxy', mapped(10256), [], { cni: { name: 'cilium', kubeProxyReplacement: true } }],
    ['what is on the loopback', hosted(10249), ['warning NET-01 the metrics of kube-proxy'], {}],
    ['a hostPort is not on the loopback', mapped(10249), [], {}],
    ['a port that nobody has', hosted(9100), [], {}],
    ['the system itself', hosted(10250, { namespace: 'kube-system' }), [], {}],
    ['nobody runs', hosted(10250, { replicas: 0 }), [], {}],
  ])('%s', (_what, manifest, expected, profile) => {
    expect(told(manifest, profile)).toEqual(expected);
  });
});

describe('PTL322: ports of the control plane are for who may run there (NET-01)', () => {
  const nodes = (...roles: readonly ('control-plane' | 'worker')[]): ClusterProfileSpec => ({
    nodes: roles.map((role, i) => ({ name: role, role, addresses: [`192.168.0.${i + 1}`] })),
  });
  const isTold = ['warning NET-01 the API server'];

  test.each<[string, object, ClusterProfileSpec, readonly string[]]>([
    ['the taint keeps it away', hosted(6443), {}, []],
    ['it tolerates all', hosted(6443, everywhere), {}, isTold],
    ['it tolerates the taint', hosted(6443, masters), {}, isTold],
    [
      'its node selector keeps it away',
      hosted(6443, { ...masters, nodeSelector: { 'node-role.kubernetes.io/control-plane': 'no' } }),
      {},
      [],
    ],
    ['there are no such nodes', hosted(6443, everywhere), nodes('worker'), []],
    ['there are no others', hosted(6443), nodes('control-plane'), isTold],
    ['it names such a node', hosted(6443, { nodeName: 'control-plane' }), nodes('worker', 'control-plane'), isTold],
    ['it names another', hosted(6443, { nodeName: 'worker', ...everywhere }), nodes('control-plane', 'worker'), []],
    ['etcd among its peers', hosted(2380, everywhere), {}, ['warning NET-01 etcd']],
  ])('%s', (_what, manifest, profile, expected) => {
    expect(told(manifest, profile)).toEqual(expected);
  });
});

describe('PTL322: ports of the network plugin (NET-11)', () => {
  const flannel: ClusterProfileSpec = { cni: { name: 'flannel' }, podCidr: '10.244.0.0/16' };

  test.each<[string, object, ClusterProfileSpec, number]>([
    ['its VXLAN', hosted(8472, {}, 'UDP'), flannel, 1],
    ['that of another plugin', hosted(4789, {}, 'UDP'), flannel, 0],
    ['nobody knows the plugin', hosted(8472, {}, 'UDP'), {}, 0],
    ['the plugin itself', hosted(8472, { namespace: 'kube-flannel' }, 'UDP'), flannel, 0],
  ])('%s', (_what, manifest, profile, count) => {
    expect(told(manifest, profile)).toHaveLength(count);
  });
});

describe('PTL322: the range of node ports (SVC-20)', () => {
  const web = service('web', { type: 'NodePort', selector: { app: 'agent' }, ports: [{ port: 80, nodePort: 30080 }] });

  test.each<[string, object, ClusterProfileSpec, readonly object[], readonly string[]]>([
    ['within', mapped(30080), {}, [], ['warning']],
    ['before', mapped(29999), {}, [], []],
    ['a range of its own', mapped(30080), { nodePortRange: '31000-31999' }, [], []],
    ['a Service has it', mapped(30080), {}, [web], ['error']],
    ['with another protocol', mapped(30080, { protocol: 'UDP' }), {}, [web], ['warning']],
    ['at one address', mapped(30080, { hostIP: '10.0.0.1' }), {}, [web], ['warning']],
    [
      'kube-proxy serves some addresses',
      mapped(30080),
      { kubeProxy: { nodePortAddresses: 'primary' } },
      [web],
      ['warning'],
    ],
  ])('%s', (_what, manifest, profile, others, severities) => {
    expect(told(manifest, profile, others).map((text) => text.split(' ')[0])).toEqual(severities);
  });

  test('it tells the Service', () => {
    expect(lintsOf('PTL322', [web, mapped(30080)])[0].rival).toMatchObject({ kind: 'Service', name: 'web' });
  });
});
