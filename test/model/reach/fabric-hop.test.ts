import fc from 'fast-check';
import { renderText } from '../../../lib/diagnostics/text';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import type { FabricHop, Verdict } from '../../../lib/model/reach/verdict';
import { checking, codes, promise } from '../../intents/support';
import { node } from '../fabric/support';

const pod = (name: string, nodeName?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { nodeName, containers: [{ name, image: 'x', ports: [{ containerPort: 80 }] }] },
});
const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});

const NODES = [
  node('a', ['192.168.0.11'], { podCIDRs: ['10.244.1.0/24'] }),
  node('b', ['192.168.0.12'], { podCIDRs: ['10.244.2.0/24'] }),
  node('c', ['192.168.1.11'], { podCIDRs: ['10.244.3.0/24'] }),
];
const SUBNETS = [
  { name: 'here', subnet: '192.168.0.0/24' },
  { name: 'there', subnet: '192.168.1.0/24' },
];
/** Routes by the addresses of nodes, which lead nowhere behind a router. */
const HOST_GATEWAY: ClusterProfileSpec = {
  cni: { name: 'flannel', backend: { type: 'host-gw' } },
  podCidr: '10.244.0.0/16',
  nodes: SUBNETS,
};
const VXLAN: ClusterProfileSpec = { ...HOST_GATEWAY, cni: 'flannel', mtu: 1500 };

const reach = (profile: ClusterProfileSpec, manifests: readonly object[], to = 'shop/db', from = 'shop/web') =>
  Network.from([...NODES, ...manifests], profile).reach({ from, to, port: 80 });

function fabricOf({ pairs }: Verdict): FabricHop | undefined {
  return pairs[0].hops.find((hop): hop is FabricHop => hop.hop === 'fabric');
}

describe('NET-04: a packet gets to pods of nodes to which the pod network has a way', () => {
  test.each([
    ['one node', 'a', 'a', 'allowed'],
    ['two nodes of one subnet', 'a', 'b', 'allowed'],
    ['two subnets', 'a', 'c', 'denied'],
    ['nobody knows the one node', 'a', undefined, 'unknown'],
    ['nobody knows the other', undefined, 'c', 'unknown'],
    ['nobody knows either', undefined, undefined, 'unknown'],
    ['a node that nobody declares', 'a', 'z', 'unknown'],
  ])('%s', (_what, from, to, outcome) => {
    const manifests = [pod('web', from), pod('db', to)];
    expect(reach(HOST_GATEWAY, manifests).outcome).toBe(outcome);
    expect(reach(VXLAN, manifests).outcome).toBe('allowed');
    expect(reach({ ...HOST_GATEWAY, nodes: undefined }, manifests).outcome).toBe('allowed');
    // The node c is in no declared subnet, so that there is a router before it.
    expect(reach({ ...HOST_GATEWAY, nodes: SUBNETS.slice(0, 1) }, manifests).outcome).toBe(outcome);
  });

  test('in the family of the packet, whatever the nodes are to each other in the other one', () => {
    const nodes = [
      { name: 'a', addresses: [['192.168.1.11', 'fd00:77:1::11']], subnet: ['192.168.1.0/24', 'fd00:77:1::/64'] },
      { name: 'b', addresses: [['192.168.1.12', 'fd00:77:2::11']], subnet: ['192.168.1.0/24', 'fd00:77:2::/64'] },
    ];
    const profile = { ...HOST_GATEWAY, podCidr: ['10.244.0.0/16', 'fd00:10::/56'], nodes };
    const network = Network.from([pod('web', 'a'), pod('db', 'b')], profile);
    const outcomes = ([4, 6, undefined] as const).map(
      (family) => network.reach({ from: 'shop/web', to: 'shop/db', port: 80, family }).outcome,
    );
    expect(outcomes).toEqual(['allowed', 'denied', 'unknown']);
    expect(
      [...network.map().connections].filter(({ src, dst }) => `${src} ${dst}` === 'shop/web[Pod] shop/db[Pod]'),
    ).toEqual([]);
  });

  test('two nodes in no declared subnet may be in one, and have a way or not', () => {
    const outside = [node('a', ['192.168.9.11']), node('b', ['192.168.9.12'])];
    const profile = { ...HOST_GATEWAY, nodes: SUBNETS.slice(0, 1) };
    const manifests = [...outside, pod('web', 'a'), pod('db', 'b')];
    expect(Network.from(manifests, profile).reach({ from: 'shop/web', to: 'shop/db', port: 80 }).outcome).toBe(
      'unknown',
    );
  });

  test('what leaves it open is told, with the rule', () => {
    const [pair] = reach(HOST_GATEWAY, [pod('web', 'a'), pod('db')]).pairs;
    expect(pair.doubts.map(({ rule }) => rule)).toEqual(['NET-04']);
  });

  test('a lookup needs a way to the DNS pods, too', () => {
    const manifests = [pod('web', 'a'), pod('db', 'b'), service('db')];
    const byName = reach(HOST_GATEWAY, manifests, 'service/shop/db');
    expect(byName.outcome).toBe('unknown');
    expect(byName.pairs[0].hops[0]).toMatchObject({ hop: 'lookup', problem: 'no-way', decision: 'unknown' });
    expect(reach(VXLAN, manifests, 'service/shop/db').outcome).toBe('allowed');
  });

  test('the map, the map of Services and the flows agree, wherever pods are', () => {
    const place = fc.constantFrom('a', 'b', 'c', undefined);
    fc.assert(
      fc.property(fc.tuple(place, place, place), fc.boolean(), (places, isWrapped) => {
        const names = ['x', 'y', 'z'];
        const manifests = [...names.map((name, i) => pod(name, places[i])), ...names.map(service), ...NODES];
        const network = Network.from(manifests, isWrapped ? VXLAN : HOST_GATEWAY);
        const [sure, open] = [network.map().connections, network.map().unknown].map(
          (found) => new Set([...found].map(({ src, dst }) => `${src} ${dst}`)),
        );
        const services = network.serviceMap('service');
        const [surely, perhaps] = [services.connections, services.unknown].map(
          (found) => new Set([...found].map(({ src, dst }) => `${src} ${dst}`)),
        );
        for (const from of names) {
          for (const to of names.filter((name) => name !== from)) {
            const ask = (target: string, by: 'podIP' | 'service') =>
              network.reach({ from: `shop/${from}`, to: target, port: 80, by }).outcome;
            const pair = `shop/${from}[Pod] shop/${to}[Pod]`;
            const told = sure.has(pair) ? 'allowed' : open.has(pair) ? 'unknown' : 'denied';
            expect(ask(`shop/${to}`, 'podIP')).toBe(told);
            const use = `shop/${from}[Pod] service/shop/${to}`;
            const used = surely.has(use) ? 'allowed' : perhaps.has(use) ? 'unknown' : 'denied';
            expect(ask(`service/shop/${to}`, 'service')).toBe(used);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('NET-11: a packet gets to another node where the firewall of nodes lets in what carries it', () => {
  const behind = (workers: NonNullable<ClusterProfileSpec['firewall']>['workers']): ClusterProfileSpec => ({
    cni: 'flannel',
    podCidr: '10.244.0.0/16',
    nodeCidr: '192.168.0.0/16',
    nodes: [{ name: 'w', addresses: ['192.168.0.11', '192.168.0.12'] }],
    firewall: { workers },
  });
  const SHUT = behind([{ from: 'nodes', ports: [10250, 10256] }]);
  const ofMore = (workers: object): ClusterProfileSpec => ({
    ...behind([{ from: ['192.168.0.10/32', '192.168.0.11/32'], ports: 'all' }]),
    nodes: [
      { name: 'cp', role: 'control-plane', addresses: ['192.168.0.10'] },
      { name: 'w', ...workers },
    ],
  });

  test.each<[string, ClusterProfileSpec, string | undefined, string | undefined, string]>([
    ['shut, two nodes', SHUT, 'w-0', 'w-1', 'denied'],
    ['shut, the node of the pod is none that is known', SHUT, 'w-0', 'z', 'unknown'],
    ['shut, one node', SHUT, 'w-0', 'w-0', 'allowed'],
    ['shut, nobody knows the nodes', SHUT, undefined, undefined, 'unknown'],
    ['open', behind([{ from: 'nodes', ports: '8472/UDP' }]), 'w-0', 'w-1', 'allowed'],
    ['open to some of the nodes', behind([{ from: '192.168.0.11/32', ports: 'all' }]), 'w-0', 'w-1', 'unknown'],
    ['open to all by their addresses', behind([{ from: '192.168.0.0/24', ports: 'all' }]), 'w-0', 'w-1', 'allowed'],
    ['open to the nodes that are told, of more', ofMore({ count: 3 }), undefined, undefined, 'unknown'],
    ['open to all that are told', ofMore({ addresses: ['192.168.0.11'] }), undefined, undefined, 'allowed'],
    ['no firewall is declared', { ...SHUT, firewall: undefined }, 'w-0', 'w-1', 'allowed'],
  ])('%s', (_what, profile, from, to, outcome) => {
    const network = Network.from([pod('web', from), pod('db', to), service('db')], profile);
    const ask = (target: string, by?: 'service') =>
      network.reach({ from: 'shop/web', to: target, port: 80, by }).outcome;
    expect([ask('shop/db'), ask('service/shop/db', 'service')]).toEqual([outcome, outcome]);
    const isSure = [...network.map().connections].some(
      ({ src, dst }) => `${src} ${dst}` === 'shop/web[Pod] shop/db[Pod]',
    );
    expect(isSure).toBe(outcome === 'allowed');
  });
});

describe('NET-11: what of a plugin is shut decides whether packets are lost, or may be', () => {
  const NODES_OF_BOTH_ROLES: ClusterProfileSpec = {
    podCidr: '10.244.0.0/16',
    nodeCidr: '192.168.0.0/16',
    nodes: [
      { name: 'cp', role: 'control-plane', addresses: ['192.168.0.11'] },
      { name: 'w', addresses: ['192.168.0.12', '192.168.0.13'] },
    ],
  };
  const WITHOUT = { workers: [{ from: 'nodes', ports: 10250 }], controlPlane: [{ from: 'nodes', ports: 10250 }] };
  const letting = (...ports: readonly string[]): ClusterProfileSpec['firewall'] => ({
    workers: [{ from: 'nodes', ports }],
    controlPlane: [{ from: 'nodes', ports }],
  });
  const verdict = (cni: ClusterProfileSpec['cni'], firewall: ClusterProfileSpec['firewall'], to = 'w-1') =>
    Network.from([pod('web', 'w-0'), pod('db', to)], { ...NODES_OF_BOTH_ROLES, cni, firewall }).reach({
      from: 'shop/web',
      to: 'shop/db',
      port: 80,
    });

  test.each<[string, ClusterProfileSpec['cni'], ClusterProfileSpec['firewall'], string]>([
    ['VXLAN of Flannel', 'flannel', WITHOUT, 'denied'],
    [
      'VXLAN of Flannel at its own port',
      { name: 'flannel', backend: { type: 'vxlan', port: 4789 } },
      letting('8472/UDP'),
      'denied',
    ],
    [
      'VXLAN of Flannel, but within a subnet',
      { name: 'flannel', backend: { type: 'vxlan', directRouting: true } },
      WITHOUT,
      'unknown',
    ],
    ['VXLAN of Calico', { name: 'calico', encapsulation: 'VXLAN', bgp: { enabled: false } }, WITHOUT, 'denied'],
    ['VXLAN of Calico across subnets', { name: 'calico', encapsulation: 'VXLANCrossSubnet' }, WITHOUT, 'unknown'],
    [
      'VXLAN of one pool of two',
      {
        name: 'calico',
        pools: [
          { cidr: '10.244.0.0/17', encapsulation: 'VXLAN' },
          { cidr: '10.244.128.0/17', encapsulation: 'IPIP' },
        ],
      },
      WITHOUT,
      'unknown',
    ],
    ['VXLAN of Cilium', 'cilium', letting('4240/TCP'), 'denied'],
    ['Geneve of Cilium', { name: 'cilium', tunnelProtocol: 'geneve' }, letting('8472/UDP'), 'denied'],
    ['what may be WireGuard or VXLAN', { name: 'cilium', encryption: 'wireguard' }, letting('51871/UDP'), 'unknown'],
    // What has one port at both ends, or none, a firewall that knows connections may take for an answer.
    ['IP-in-IP', 'calico', letting('179/TCP', '5473/TCP'), 'unknown'],
    ['WireGuard', { name: 'flannel', backend: 'wireguard' }, WITHOUT, 'unknown'],
    ['the health checks of Cilium', 'cilium', letting('8472/UDP'), 'unknown'],
    ['BGP', 'calico', letting('4/IP', '5473/TCP'), 'unknown'],
    ['the control of Weave Net', 'weave', letting('6783-6784/UDP'), 'denied'],
    ['the fast datapath of Weave Net', 'weave', letting('6783/TCP'), 'unknown'],
    ['nothing', 'weave', letting('6783-6784/UDP', '6783/TCP'), 'allowed'],
  ])('%s', (_what, cni, firewall, outcome) => {
    expect(verdict(cni, firewall).outcome).toBe(outcome);
  });

  test('a node of another role may meet those of Weave Net for the others', () => {
    const firewall = { ...letting('6783-6784/UDP'), controlPlane: [{ from: 'nodes', ports: 'all' }] };
    expect(verdict('weave', firewall).outcome).toBe('unknown');
  });

  test('what the sender’s node shuts are answers', () => {
    const firewall = { ...WITHOUT, controlPlane: [{ from: 'nodes', ports: 'all' }] };
    expect(verdict('flannel', firewall, 'cp').outcome).toBe('unknown');
  });

  test('each is told with what comes of it', () => {
    const doubtsOf = (cni: string, ...ports: readonly string[]) =>
      verdict(cni, letting(...ports)).pairs[0].doubts.map(({ wouldDecide }) => wouldDecide.split(': ')[1]);
    expect(doubtsOf('calico', '4/IP', '5473/TCP')).toEqual([
      'without it nodes keep the routes that they have, and lose them in time',
    ]);
    expect(doubtsOf('cilium', '8472/UDP')).toEqual(['without it nodes take each other for ill, whatever packets do']);
  });
});

describe('NET-04: how a packet travels', () => {
  test('no plugin in particular tells nothing', () => {
    expect(fabricOf(reach({ podCidr: '10.244.0.0/16' }, [pod('web'), pod('db')]))).toBeUndefined();
  });

  test('from the part of one node to that of another, wrapped, and how large packets may be (NET-02, NET-06)', () => {
    const hop = fabricOf(reach(VXLAN, [pod('web', 'a'), pod('db', 'c')]))!;
    expect([String(hop.from), String(hop.to)]).toEqual(['10.244.1.0-10.244.1.255', '10.244.3.0-10.244.3.255']);
    expect(hop).toMatchObject({ decision: 'passes', mayShareNode: false, mtu: 1450 });
    expect(hop.legs).toMatchObject([
      {
        family: 4,
        between: 'across',
        carriage: { encapsulation: { name: 'VXLAN', overhead: 50, isEncrypted: false } },
      },
    ]);
    expect(hop.needs).toMatchObject([{ over: { protocol: 'UDP', port: 8472 } }]);
  });

  test('a pod whose node nobody knows has some address of the range', () => {
    expect(String(fabricOf(reach(VXLAN, [pod('web'), pod('db')]))?.to)).toBe('10.244.0.0-10.244.255.255');
  });

  test('on one node nothing leaves it', () => {
    const hop = fabricOf(reach(VXLAN, [pod('web', 'a'), pod('db', 'a')]));
    expect(hop).toMatchObject({ mayShareNode: true, legs: [], needs: [] });
  });
});

describe('NET-04, NET-05: whose address is seen outside', () => {
  const kind = (noMasqueradeCidr?: string): ClusterProfileSpec => ({
    cni: { name: 'kindnet', noMasqueradeCidr },
    podCidr: '100.64.0.0/16',
  });

  test.each([
    ['8.8.8.8', kind(), 'node'],
    ['10.1.1.1', kind(), 'node'],
    ['10.1.1.1', kind('10.0.0.0/8'), 'pod'],
    ['8.8.8.8', kind('10.0.0.0/8'), 'node'],
    // NET-05: what a list of private ranges leaves out gets the address of the node, as with any other.
    ['100.65.0.1', kind('10.0.0.0/8'), 'node'],
    ['8.8.8.8', { ...VXLAN, cni: { name: 'flannel', ipMasq: false } } as ClusterProfileSpec, 'pod'],
  ])('%s', (to, profile, seenAs) => {
    expect(fabricOf(reach(profile, [pod('web')], to))?.seenAs).toBe(seenAs);
  });

  const daemon = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'azure-ip-masq-agent', namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: { hostNetwork: true, containers: [{ name: 'a', image: 'x' }] },
      },
    },
  };
  const PLAIN: ClusterProfileSpec = { ...VXLAN, cni: { name: 'flannel', ipMasq: false } };

  test.each<[string, ClusterProfileSpec, string, string]>([
    ['the agent', { ...PLAIN, ipMasqAgent: true }, '8.8.8.8', 'node'],
    ['the agent', { ...PLAIN, ipMasqAgent: true }, '10.1.1.1', 'pod'],
    ['the agent', { ...PLAIN, ipMasqAgent: true }, '169.254.169.254', 'pod'],
    ['the agent, for links too', { ...PLAIN, ipMasqAgent: { masqLinkLocal: true } }, '169.254.169.254', 'node'],
    ['the agent with its own ranges', { ...PLAIN, ipMasqAgent: { nonMasqueradeCidrs: '8.0.0.0/8' } }, '8.8.8.8', 'pod'],
    [
      'both the plugin and the agent',
      { ...kind('10.0.0.0/8'), ipMasqAgent: { nonMasqueradeCidrs: '10.1.0.0/16' } },
      '10.2.1.1',
      'node',
    ],
    [
      'both the plugin and the agent',
      { ...kind('10.0.0.0/8'), ipMasqAgent: { nonMasqueradeCidrs: '10.1.0.0/16' } },
      '10.1.1.1',
      'pod',
    ],
    ['no agent', { ...PLAIN, ipMasqAgent: false }, '8.8.8.8', 'pod'],
  ])('NET-04: of %s', (_, profile, to, seenAs) => {
    expect(fabricOf(reach(profile, [pod('web')], to))?.seenAs).toBe(seenAs);
  });

  test.each<[string, ClusterProfileSpec, string, string]>([
    ['is unknown of a plugin that leaves addresses as they are', PLAIN, '8.8.8.8', 'unknown'],
    ['is the node where the plugin hides pods anyway', VXLAN, '8.8.8.8', 'node'],
    ['is unknown where the plugin does not', kind('10.0.0.0/8'), '10.1.1.1', 'unknown'],
    ['is the pod where the profile says so', { ...PLAIN, ipMasqAgent: false }, '8.8.8.8', 'pod'],
  ])('NET-04: beside an agent of which only its DaemonSet tells it %s', (_, profile, to, seenAs) => {
    expect(fabricOf(reach(profile, [pod('web'), daemon], to))?.seenAs).toBe(seenAs);
  });

  test('NET-04, NET-01: a firewall of nodes may see nodes in place of pods beside an agent', () => {
    const rules = [
      { from: 'pods', ports: 22 },
      { from: 'nodes', ports: '8472/UDP' },
    ];
    const guarded: ClusterProfileSpec = {
      ...PLAIN,
      nodeCidr: '192.168.0.0/16',
      firewall: { workers: rules, controlPlane: rules },
    };
    const outcome = (profile: ClusterProfileSpec, ...more: readonly object[]) =>
      Network.from([...NODES, pod('web', 'a'), ...more], profile).reach({ from: 'shop/web', to: 'node/b', port: 22 })
        .outcome;
    expect([outcome(guarded), outcome(guarded, daemon), outcome({ ...guarded, ipMasqAgent: true })]).toEqual([
      'allowed',
      'unknown',
      'allowed',
    ]);
    expect(outcome({ ...guarded, ipMasqAgent: { nonMasqueradeCidrs: '10.0.0.0/8' } })).toBe('unknown');
  });

  test('who is on the network of its node has that address anyway', () => {
    const host = { ...pod('web'), spec: { ...pod('web').spec, hostNetwork: true } };
    expect(fabricOf(reach(VXLAN, [host], '8.8.8.8'))).toBeUndefined();
  });
});

describe('promises on a pod network that has no way everywhere (NET-04)', () => {
  const podOf = (name: string) => ({ kind: 'object', object: 'Pod', namespace: 'shop', name }) as const;
  const told = (profile: ClusterProfileSpec, place: string | undefined, negated: boolean) => {
    const manifests = [pod('web', 'a'), pod('db', place), ...NODES];
    const target = { kind: 'port', of: podOf('db'), port: 80 } as const;
    return codes(
      checking(
        manifests,
        [promise({ verb: 'toReach', subject: podOf('web'), targets: [target], negated, by: 'podIP' })],
        profile,
      ),
    );
  };

  test.each([
    ['one subnet', 'b', [], ['PTL104']],
    ['two subnets', 'c', ['PTL317'], []],
    ['nobody knows the node', undefined, ['PTL904'], ['PTL904']],
  ])('%s', (_what, place, positive, negative) => {
    expect(told(HOST_GATEWAY, place, false)).toEqual(positive);
    expect(told(HOST_GATEWAY, place, true)).toEqual(negative);
  });

  test('NET-11: a firewall that shuts the tunnel breaks them with its own words', () => {
    const profile: ClusterProfileSpec = {
      cni: 'flannel',
      nodeCidr: '192.168.0.0/16',
      firewall: { workers: [], controlPlane: [] },
    };
    const web = { verb: 'toReach', subject: podOf('web'), negated: false, by: 'podIP' } as const;
    const report = checking(
      [pod('web', 'a'), pod('db', 'b'), ...NODES],
      [promise({ ...web, targets: [{ kind: 'port', of: podOf('db'), port: 80 }] })],
      profile,
    );
    const text = renderText(report, { positionOf: () => undefined, readSource: () => undefined });
    expect(text).toMatch(/does not let in the VXLAN of Flannel\s+\(8472\/UDP\)/);
    expect(text).toContain('let nodes send each other what the pod network needs');
  });
});
