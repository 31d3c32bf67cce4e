import fc from 'fast-check';
import { Network } from '../../../lib/model/network';
import type { PairVerdict, Verdict } from '../../../lib/model/reach/verdict';
import {
  CONTAINER_PORT,
  fatesOf,
  type ProxyNode,
  type ProxyPacket,
  type ProxyPod,
  type ProxyService,
  type ProxyWorld,
  SERVICE_PORT,
} from '../../naive/kube-proxy';

const NAMES = ['a', 'b', 'c'];
const OUTSIDE = '203.0.113.10';

const nodes: fc.Arbitrary<readonly ProxyNode[]> = fc
  .tuple(...NAMES.map(() => fc.constantFrom('z1', 'z2', '')))
  .map((zones) => zones.map((zone, i) => ({ name: NAMES[i], ip: `192.168.77.1${i}`, zone })));

const pods: fc.Arbitrary<readonly ProxyPod[]> = fc
  .array(
    fc.record({
      node: fc.nat(2),
      state: fc.constantFrom('ready', 'ready', 'ready', 'not-ready', 'terminating', 'finished') as fc.Arbitrary<
        ProxyPod['state']
      >,
      isHost: fc.boolean().map((b) => b),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drawn) => {
    const hosts = new Set<number>();
    return drawn.map(({ node, state, isHost }, i) => {
      // One hostNetwork pod a node, so that it is known who has the port.
      const onHost = isHost && i % 2 === 1 && state !== 'finished' && !hosts.has(node);
      if (onHost) hosts.add(node);
      return {
        name: `pod-${i}`,
        node: NAMES[node],
        state,
        ip: onHost ? `192.168.77.1${node}` : `10.244.${node}.${i + 5}`,
      };
    });
  });

function service(i: number): fc.Arbitrary<ProxyService> {
  const trafficPolicy = fc.constantFrom('Cluster' as const, 'Local' as const);
  return fc.record({
    name: fc.constant(`svc-${i}`),
    clusterIp: fc.constant(`10.96.0.1${i}`),
    // SVC-23: an externalIP may be the address of a pod, and takes its packets, or that of the load balancer.
    externalIp: i === 0 ? fc.constantFrom('198.18.1.1', '10.244.0.5', '198.18.0.1') : fc.constant('198.18.1.2'),
    balancerIp: fc.constant(`198.18.0.${i + 1}`),
    nodePort: fc.constant(30080 + i),
    selects: fc.subarray(['pod-0', 'pod-1', 'pod-2', 'pod-3', 'pod-4']),
    internalTrafficPolicy: trafficPolicy,
    externalTrafficPolicy: trafficPolicy,
    sourceRanges: fc.constantFrom<readonly string[]>([], [], [OUTSIDE], ['10.244.0.5', '192.168.77.10']),
    trafficDistribution: fc.constantFrom(undefined, undefined, 'PreferSameZone' as const, 'PreferSameNode' as const),
    publishNotReadyAddresses: fc.constantFrom(false, false, true),
  });
}

const world: fc.Arbitrary<ProxyWorld> = fc.record({
  mode: fc.constantFrom('iptables' as const, 'nftables' as const),
  masqueradeAll: fc.constantFrom(false, false, true),
  nodes,
  pods,
  services: fc.tuple(service(0), service(1)),
});

interface Asked {
  readonly world: ProxyWorld;
  readonly from: string;
  readonly via?: string;
  readonly packet: ProxyPacket;
}

const asked: fc.Arbitrary<Asked> = world.chain((drawn) => {
  const living = drawn.pods.filter(({ state }) => state !== 'finished');
  const senders: readonly { from: string; source: string; enters: string; via?: string }[] = [
    ...living.map((pod) => ({ from: `shop/${pod.name}`, source: pod.ip, enters: pod.node })),
    ...drawn.nodes.map((node) => ({ from: `node/${node.name}`, source: node.ip, enters: node.name })),
    ...drawn.nodes.map(({ name }) => ({ from: OUTSIDE, source: OUTSIDE, enters: name, via: name })),
  ];
  const targets = drawn.services.flatMap(({ clusterIp, externalIp, balancerIp, nodePort }) => [
    ...[clusterIp, externalIp, balancerIp].map((destination) => ({ destination, port: SERVICE_PORT })),
    ...drawn.nodes.map(({ ip }) => ({ destination: ip, port: nodePort })),
    { destination: clusterIp, port: 9999 },
  ]);
  return fc
    .record({ sender: fc.constantFrom(...senders), target: fc.constantFrom(...targets) })
    .map(({ sender: { from, via, ...sender }, target }) => {
      // From outside the address of a node leads to that node.
      const own = via && drawn.nodes.find(({ ip }) => ip === target.destination)?.name;
      return { world: drawn, from, via, packet: { ...sender, ...target, enters: own ?? sender.enters } };
    });
});

/** What the manifests leave out. */
interface Hidden {
  /** The places of pods, by their position. */
  readonly places: readonly boolean[];
  readonly nodes: boolean;
  readonly via: boolean;
}

const ALL_TOLD: Hidden = { places: [], nodes: false, via: false };

function manifestsOf({ nodes, pods, services }: ProxyWorld, hidden: Hidden): readonly object[] {
  const told = hidden.nodes ? [] : nodes;
  return [
    ...told.map(({ name, ip, zone }) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: zone === '' ? {} : { 'topology.kubernetes.io/zone': zone } },
      status: { addresses: [{ type: 'InternalIP', address: ip }] },
    })),
    ...pods.map(({ name, ip, node, state }, i) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: Object.fromEntries(services.flatMap((s) => (s.selects.includes(name) ? [[s.name, 'yes']] : []))),
        ...(state === 'terminating' ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
      },
      spec: {
        nodeName: hidden.places[i] ? undefined : node,
        hostNetwork: ip.startsWith('192.'),
        containers: [{ name: 'main', image: 'example/image:1', ports: [{ containerPort: CONTAINER_PORT }] }],
      },
      status: {
        phase: state === 'finished' ? 'Succeeded' : 'Running',
        podIP: ip,
        podIPs: [{ ip }],
        conditions: [{ type: 'Ready', status: state === 'not-ready' ? 'False' : 'True' }],
      },
    })),
    ...services.map((s) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: s.name, namespace: 'shop' },
      spec: {
        type: 'LoadBalancer',
        selector: { [s.name]: 'yes' },
        clusterIP: s.clusterIp,
        externalIPs: [s.externalIp],
        ports: [{ port: SERVICE_PORT, targetPort: CONTAINER_PORT, nodePort: s.nodePort }],
        internalTrafficPolicy: s.internalTrafficPolicy,
        externalTrafficPolicy: s.externalTrafficPolicy,
        loadBalancerSourceRanges: s.sourceRanges.map((ip) => `${ip}/32`),
        trafficDistribution: s.trafficDistribution,
        publishNotReadyAddresses: s.publishNotReadyAddresses,
      },
      status: { loadBalancer: { ingress: [{ ip: s.balancerIp }] } },
    })),
  ];
}

function verdictOn({ world, from, via, packet }: Asked, hidden: Hidden = ALL_TOLD): Verdict {
  const network = Network.from(manifestsOf(world, hidden), {
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/16',
    nodeCidr: '192.168.77.0/24',
    proxyMode: world.mode,
    kubeProxy: { masqueradeAll: world.masqueradeAll },
  });
  const { destination: to, port } = packet;
  return network.reach({ from, to, port, via: hidden.via ? undefined : via });
}

const FAILURES: Readonly<Record<string, string>> = {
  'no-endpoints': 'rejected',
  'selects-nothing': 'rejected',
  'no-such-port': 'rejected',
  'no-local-endpoints': 'dropped',
  'source-not-allowed': 'dropped',
  'left-cluster': 'left',
  'reply-lost': 'lost',
};

function fateOf(pair: PairVerdict, { nodes }: ProxyWorld, { source }: ProxyPacket): string {
  const stop = pair.hops.find((hop) => hop.decision !== 'passes');
  if (stop) return stop.hop === 'service' ? (FAILURES[stop.problem ?? ''] ?? String(stop.problem)) : stop.hop;
  const passes = pair.hops.flatMap((hop) => (hop.hop === 'service' && hop.proxy ? [hop.proxy] : []));
  const masking = passes.findLast(({ isMasqueraded }) => isMasqueraded)?.node;
  const seen = nodes.find(({ name }) => name === masking)?.ip ?? source;
  return `${pair.to.replace('shop/', '').replace('node/', '')} sees ${seen}`;
}

test('SVC-03 to SVC-25: packets go where the rules of each node send them, and their replies too', () => {
  fc.assert(
    fc.property(asked, (question) => {
      const { world, packet } = question;
      const fates = verdictOn(question).pairs.map((pair) => fateOf(pair, world, packet));
      expect([...new Set(fates)].sort()).toEqual([...fatesOf(world, packet)].sort());
    }),
    { numRuns: 3000, seed: 20260101 },
  );
});

const hidden: fc.Arbitrary<Hidden> = fc.record({
  places: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  nodes: fc.boolean(),
  via: fc.boolean(),
});

/** SVC-14: nobody here asks which node a load balancer chooses, which is one that has an endpoint. */
function isBalanced({ world, packet }: Asked): boolean {
  return world.services.some((s) => s.balancerIp === packet.destination && s.externalTrafficPolicy === 'Local');
}

test('SVC-13, SVC-25: where nodes are not told, what is certain is so wherever everything runs', () => {
  fc.assert(
    fc.property(asked, hidden, (question, drawn) => {
      fc.pre(!(question.from.startsWith('node/') && drawn.nodes) && !(drawn.via && isBalanced(question)));
      const arrives = [...fatesOf(question.world, question.packet)].map((fate) => fate.includes(' sees '));
      const { outcome } = verdictOn(question, drawn);
      if (outcome === 'allowed') expect(arrives).not.toContain(false);
      if (outcome === 'denied') expect(arrives).not.toContain(true);
      if (outcome === 'partial') expect(new Set(arrives).size).toBe(2);
    }),
    { numRuns: 3000, seed: 20260101 },
  );
});
