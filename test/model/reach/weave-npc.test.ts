import type { CalicoOptions, CiliumOptions, FlannelOptions, WeaveOptions } from 'portolan';
import { Network } from '../../../lib/model/network';
import { ns, pod, policy, service } from '../../support/manifests';
import { node } from '../fabric/support';

/** What weave-npc, and tunnels of all networks, make of policies otherwise than the API says. */
const CLIENT = '203.0.113.10';
const NODES = ['a', 'b'].map((name, i) => node(name, [`192.168.77.1${i}`]));
const base = [
  ns('x'),
  ...NODES,
  pod('x/web', { ip: '10.244.0.10', nodeName: 'a', ports: [{ name: 'http', containerPort: 80 }] }),
  pod('x/peer', { ip: '10.244.0.11', nodeName: 'b' }),
  pod('x/agent', { ip: '192.168.77.11', nodeName: 'b', hostNetwork: true }),
];
const web = { podSelector: { matchLabels: { app: 'web' } } };
const admits = (from: object, ports?: readonly object[]) =>
  policy('p', { ...web, ingress: [{ from: [from], ports }] }, 'x');
const block = (cidr: string) => ({ ipBlock: { cidr } });

function ask(
  cni: object,
  manifests: readonly object[],
  from: string,
  to = 'x/web',
  port = 80,
  protocol?: 'SCTP',
): string {
  const profile = {
    cni: cni as never,
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.77.0/24',
  };
  const { outcome, pairs } = Network.from([...base, ...manifests], profile).reach({ from, to, port, protocol });
  const [doubt] = pairs.flatMap(({ doubts }) => doubts);
  return outcome === 'unknown' ? `unknown ${doubt?.rule}` : outcome;
}
const weave = (options: WeaveOptions = {}) => ({ name: 'weave', ...options });
const flannel = (options: FlannelOptions) => ({ name: 'flannel', ...options });
const calico = (options: CalicoOptions = {}) => ({ name: 'calico', ...options });
const cilium = (options: CiliumOptions) => ({ name: 'cilium', policyCidrMatchMode: ['nodes'] as const, ...options });

describe('weave-npc', () => {
  test('NP-21: a named port voids the whole policy, in both directions', () => {
    const named = policy(
      'p',
      { ...web, policyTypes: ['Ingress', 'Egress'], ingress: [{ ports: [{ port: 'http' }] }], egress: [] },
      'x',
    );
    expect(ask({ name: 'calico' }, [named], 'x/peer', 'x/web', 81)).toBe('denied');
    expect(ask(weave(), [named], 'x/peer', 'x/web', 81)).toBe('allowed');
    expect(ask(weave(), [named], 'x/web', 'x/peer')).toBe('allowed');
  });

  test('NP-25: of a range only the first port counts', () => {
    const range = admits({ podSelector: {} }, [{ port: 80, endPort: 90 }]);
    expect([80, 81].map((port) => ask(weave(), [range], 'x/peer', 'x/web', port))).toEqual(['allowed', 'denied']);
  });

  test('NP-09: what it does with SCTP nobody tried', () => {
    const sctp = admits({ podSelector: {} }, [{ port: 80, protocol: 'SCTP' }]);
    expect(ask(weave(), [sctp], 'x/peer', 'x/web', 80, 'SCTP')).toBe('unknown NP-09');
  });

  test('NP-37: without the policy controller nothing is enforced', () => {
    const nobody = policy('p', { ...web, ingress: [] }, 'x');
    expect(ask(weave(), [nobody], 'x/peer')).toBe('denied');
    expect(ask(weave({ policyController: false }), [nobody], 'x/peer')).toBe('allowed');
  });

  test('NP-28: a pod on the network of another node is no pod, and nobody lets it in', () => {
    expect(ask(weave(), [admits({ podSelector: {} })], 'x/agent')).toBe('denied');
  });
});

describe('NP-29: processes of other nodes come by the address of a tunnel’s end', () => {
  const TUNNELS: readonly (readonly [string, object])[] = [
    ['Weave Net', weave()],
    ['Flannel with netpol', flannel({ netpol: true })],
    ['Canal', flannel({ canal: true, backend: 'wireguard' })],
    ['Calico', calico()],
    ['Calico with VXLAN', calico({ encapsulation: 'VXLAN' })],
    ['Calico where a router is between', calico({ encapsulation: 'IPIPCrossSubnet' })],
    ['Calico with WireGuard', calico({ encapsulation: 'None', wireguard: true })],
    ['Calico with one pool that is wrapped', calico({ pools: [{ cidr: '10.244.0.0/16' }] })],
    ['Cilium', cilium({})],
    ['Cilium with IPsec', cilium({ routingMode: 'native', routes: 'underlay', encryption: 'ipsec' })],
  ];

  test.each(TUNNELS)('%s: a block of node addresses may miss them', (_, cni) => {
    expect(ask(cni, [admits(block('192.168.77.0/24'))], 'node/b')).toBe('unknown NP-29');
    expect(ask(cni, [admits(block('192.168.77.0/24'))], 'x/agent')).toBe('unknown NP-29');
  });

  test.each(TUNNELS)('%s: a block of pods’ addresses may mean them', (_, cni) => {
    expect(ask(cni, [admits(block('10.244.3.0/24'))], 'node/b')).toBe('unknown NP-29');
  });

  test.each(TUNNELS)('%s: a block of both surely does, and one of neither does not', (_, cni) => {
    expect(ask(cni, [admits(block('0.0.0.0/0'))], 'node/b')).toBe('allowed');
    expect(ask(cni, [admits(block('203.0.113.0/24'))], 'node/b')).toBe('denied');
  });

  test.each([
    ['Flannel', flannel({ netpol: true, backend: 'host-gw' })],
    ['Calico', calico({ encapsulation: 'None' })],
    ['Calico with pools', calico({ pools: [{ cidr: '10.244.0.0/16', encapsulation: 'None' }] })],
    ['Cilium', cilium({ routingMode: 'native', routes: 'underlay' })],
    ['kindnet', { name: 'kindnet' }],
  ])('%s: by routes they come as themselves', (_, cni) => {
    expect(ask(cni, [admits(block('192.168.77.0/24'))], 'node/b')).toBe('allowed');
    expect(ask(cni, [admits(block('10.244.3.0/24'))], 'node/b')).toBe('denied');
  });

  test('ends of tunnels in a pool of their own are in no range of pods', () => {
    const pools = [{ cidr: '10.244.0.0/16' }, { cidr: '172.20.0.0/24', allowedUses: ['Tunnel'] as const }];
    const cni = calico({ pools });
    const [nodes, pods, ends] = ['192.168.77.0/24', '10.244.0.0/16', '172.20.0.0/24'].map(block);
    const letsIn = (...from: readonly object[]) => policy('p', { ...web, ingress: [{ from }] }, 'x');
    expect(ask(cni, [admits(ends)], 'node/b')).toBe('unknown NP-29');
    expect(ask(cni, [letsIn(nodes, pods)], 'node/b')).toBe('unknown NP-29');
    expect(ask(cni, [admits(block('0.0.0.0/0'))], 'node/b')).toBe('allowed');
  });

  test('a block that means no nodes at all means no ends of their tunnels', () => {
    const cni = cilium({ policyCidrMatchMode: [] });
    expect(ask(cni, [admits(block('10.244.0.0/16'))], 'node/b')).toBe('denied');
  });

  test.each([
    ['Calico', calico()],
    ['Flannel with netpol', flannel({ netpol: true })],
    ['Cilium', cilium({})],
  ])('%s: SVC-15: nor does a node surely replace the address of a client by its own', (_, cni) => {
    const open = service(
      'web',
      { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30_080 }] },
      'x',
    );
    const viaNode = (cidr: string) => ask(cni, [admits(block(cidr)), open], CLIENT, '192.168.77.11', 30_080);
    expect(viaNode('192.168.77.0/24')).toBe('unknown NP-29');
    expect(viaNode('10.244.0.0/16')).toBe('unknown NP-29');
    expect(viaNode('0.0.0.0/0')).toBe('allowed');
  });

  test('what a pod sends to a node is not touched', () => {
    const out = policy('p', { ...web, policyTypes: ['Egress'], egress: [{ to: [block('192.168.77.11/32')] }] }, 'x');
    expect(ask(weave(), [out], 'x/web', 'node/b')).toBe('allowed');
  });
});

describe('NP-39: Weave Net masquerades what comes in', () => {
  const open = (externalTrafficPolicy: string) =>
    service(
      'web',
      {
        type: 'NodePort',
        externalTrafficPolicy,
        selector: { app: 'web' },
        ports: [{ port: 80, nodePort: 30_080 }],
      },
      'x',
    );
  const letsClient = admits(block(`${CLIENT}/32`));

  test('so that a block may not see a client that comes to the pod itself', () => {
    expect(ask({ name: 'calico' }, [letsClient], CLIENT)).toBe('allowed');
    expect(ask(weave(), [letsClient], CLIENT)).toBe('unknown NP-39');
    expect(ask(weave(), [letsClient], '203.0.113.99')).toBe('denied');
    expect(ask(weave(), [], CLIENT)).toBe('allowed');
  });

  test('NP-38: whoever is seen in its place has an address of the same family', () => {
    const both = {
      cni: { name: 'weave', noMasqLocal: false } as const,
      podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'],
    };
    const dual = pod('x/dual', { ips: ['10.244.0.12', 'fd00:10:244::12'] });
    const open = policy('p', { podSelector: {}, ingress: [{ from: [block('0.0.0.0/0')] }] }, 'x');
    const { outcome } = Network.from([ns('x'), dual, open], both).reach({ from: CLIENT, to: 'x/dual', port: 80 });
    expect(outcome).toBe('allowed');
  });

  test('but a Service with externalTrafficPolicy Local keeps the address, unless noMasqLocal is false', () => {
    const local = [letsClient, open('Local')];
    expect(ask(weave(), local, CLIENT, '192.168.77.10', 30_080)).toBe('allowed');
    expect(ask(weave({ noMasqLocal: false }), local, CLIENT, '192.168.77.10', 30_080)).toBe('unknown NP-39');
  });

  test('and by another node without Local the client is that node', () => {
    expect(ask(weave(), [letsClient, open('Cluster')], CLIENT, '192.168.77.11', 30_080)).not.toBe('allowed');
  });
});

describe('NP-39: the map, exposure and promises leave open what flows leave open', () => {
  const network = (options: WeaveOptions, ...manifests: readonly object[]) =>
    Network.from([...base, ...manifests], {
      cni: { name: 'weave', ...options },
      podCidr: '10.244.0.0/16',
      nodeCidr: '192.168.77.0/24',
    });
  const letsClient = admits(block(`${CLIENT}/32`));
  const from = `${CLIENT}-${CLIENT}[External]`;

  test('a client whom a block lets in is not certain, and neither is one whom a block of pods may mean', () => {
    const map = network({}, letsClient).map();
    const into = ({ src, dst }: { readonly src: string; readonly dst: string }) => src === from && dst === 'x/web[Pod]';
    expect([...map.connections].filter(into)).toEqual([]);
    expect([...map.unknown].filter(into)).toMatchObject([{ because: [{ rule: 'NP-39' }] }]);
    expect(
      [...map.connections].filter(({ src, dst }) => src.endsWith('[External]') && dst === 'x/peer[Pod]'),
    ).toHaveLength(
      [...network({}).map().connections].filter(({ src, dst }) => src.endsWith('[External]') && dst === 'x/peer[Pod]')
        .length,
    );
  });

  test('and so says exposure', () => {
    const [web] = network({}, letsClient)
      .exposure()
      .filter(({ workload }) => workload === 'x/web[Pod]');
    expect(
      web.ingress.outside.map(({ addresses, traffic, unknown }) => [`${addresses}`, `${traffic}`, `${unknown}`]),
    ).toEqual([[`${CLIENT}-${CLIENT}`, 'No Connections', 'All Connections']]);
  });

  test('what no policy keeps away is certain', () => {
    const [web] = network({})
      .exposure()
      .filter(({ workload }) => workload === 'x/web[Pod]');
    expect(web.ingress.isUnprotected).toBe(true);
  });
});
