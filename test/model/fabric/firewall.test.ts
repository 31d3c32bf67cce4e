import type { ClusterProfileSpec, FirewallRuleSpec } from '../../../lib';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { firewallTable } from '../../../lib/model/fabric/firewall-table';
import { Network } from '../../../lib/model/network';

const rowsOf = (object: ClusterProfileSpec) =>
  firewallTable(resolveProfile({ object, origin: {} }).profile).map(({ nodes, over, from, rule }) => {
    const port = 'ipProtocol' in over ? `${over.ipProtocol}/IP` : `${over.first}-${over.last}/${over.protocol}`;
    return `${nodes} ${port} ${from.join(' ')} ${rule}`.replace(/ {2,}/, ' ');
  });

const OF_KUBERNETES = [
  'control-plane 6443-6443/TCP api-clients nodes pods NET-01',
  'control-plane 2379-2380/TCP control-plane NET-01',
  'control-plane 10250-10250/TCP control-plane NET-01',
  'control-plane 10259-10259/TCP NET-01',
  'control-plane 10257-10257/TCP NET-01',
  'worker 10250-10250/TCP control-plane NET-01',
  'worker 10256-10256/TCP load-balancers NET-01',
];
const nodePorts = (range: string) =>
  ['TCP', 'UDP', 'SCTP'].map((protocol) => `worker ${range}/${protocol} node-port-clients load-balancers NET-01`);

describe('the table of ports of nodes', () => {
  test('NET-01: has what Kubernetes itself listens on', () => {
    expect(rowsOf({})).toEqual([...OF_KUBERNETES, ...nodePorts('30000-32767')]);
  });

  test('NET-01, SVC-20: has the node ports of the profile', () => {
    expect(rowsOf({ nodePortRange: '20000-22767' })).toEqual([...OF_KUBERNETES, ...nodePorts('20000-22767')]);
  });

  test.each<[string, ClusterProfileSpec['cni'], readonly string[]]>([
    ['the VXLAN of Flannel', 'flannel', ['all 8472-8472/UDP nodes NET-11']],
    [
      'IP-in-IP and BGP of Calico',
      'calico',
      ['all 179-179/TCP nodes NET-11', 'all 4/IP nodes NET-11', 'all 5473-5473/TCP nodes NET-11'],
    ],
    ['nothing of kindnet, which routes', 'kindnet', []],
  ])('NET-11: has %s', (_, cni, rows) => {
    expect(rowsOf({ cni, podCidr: '10.244.0.0/16' }).slice(OF_KUBERNETES.length + 3)).toEqual(rows);
  });
});

describe('PTL331: a firewall that shuts what nodes need of each other', () => {
  const shut = (profile: ClusterProfileSpec) =>
    Network.from([], profile)
      .lints()
      .flatMap((lint) =>
        lint.code === 'PTL331' ? [`${lint.severity} ${lint.field.at(-1)} ${lint.port} ${lint.rule}`] : [],
      );
  const workers = (rules: readonly FirewallRuleSpec[], more: ClusterProfileSpec = {}) =>
    shut({
      cni: 'flannel',
      podCidr: '10.244.0.0/16',
      nodeCidr: '192.168.77.0/24',
      firewall: { workers: rules },
      ...more,
    });
  const BOTH = ['warning workers 10250/TCP NET-01', 'error workers 8472/UDP NET-11'];

  test.each<[string, readonly FirewallRuleSpec[], readonly string[]]>([
    ['lets nothing in', [], BOTH],
    ['lets the nodes in', [{ from: 'nodes', ports: ['10250/TCP', '8472/UDP'] }], []],
    ['lets the nodes in by their addresses', [{ from: '192.168.77.0/24', ports: 'all' }], []],
    ['lets everybody in', [{ from: 'anywhere', ports: ['10000-20000/TCP', '8472/UDP'] }], []],
    ['lets others in', [{ from: ['internet', 'pods', '10.0.0.0/8'], ports: 'all' }], BOTH],
    ['lets another protocol in', [{ from: 'nodes', ports: ['8472/TCP', '10250/TCP'] }], BOTH.slice(1)],
  ])('where it %s', (_, rules, expected) => {
    expect(workers(rules)).toEqual(expected);
  });

  test('NET-01: of the control plane it tells of the API server, etcd and the kubelet', () => {
    const firewall = { controlPlane: [] };
    expect(shut({ nodeCidr: '192.168.77.0/24', firewall })).toEqual([
      'error controlPlane 6443/TCP NET-01',
      'warning controlPlane 2379-2380/TCP NET-01',
      'warning controlPlane 10250/TCP NET-01',
    ]);
    const nodes = [
      { name: 'cp', role: 'control-plane' as const, count: 1 },
      { name: 'pool', count: 3 },
    ];
    expect(shut({ nodeCidr: '192.168.77.0/24', nodes, firewall })).toEqual(['error controlPlane 6443/TCP NET-01']);
  });

  test('NET-11: a protocol of IP without ports is let in by its number', () => {
    const ofCalico = (ports: readonly string[]) =>
      workers([{ from: 'nodes', ports: [...ports, '10250/TCP', '179/TCP', '5473/TCP'] }], { cni: 'calico' });
    expect(ofCalico([])).toEqual(['error workers 4/IP NET-11']);
    expect(ofCalico(['4/IP'])).toEqual([]);
  });

  test('where nobody tells the addresses of nodes a block may be theirs', () => {
    expect(shut({ cni: 'flannel', firewall: { workers: [{ from: '10.0.0.0/8', ports: 'all' }] } })).toEqual([]);
  });

  test('one node alone needs nothing of others, and without a firewall nothing is told', () => {
    expect(workers([], { nodes: [{ name: 'only', count: 1 }] })).toEqual([]);
    expect(shut({ cni: 'flannel' })).toEqual([]);
  });
});
