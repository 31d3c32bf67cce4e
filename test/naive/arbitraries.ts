import fc from 'fast-check';
import type { Family } from './address';
import { arbitraryClusterPolicies, NODE_LABELS } from './arbitrary-cluster-policies';
import {
  arbitrarySpec,
  NAMESPACE_LABELS,
  NAMESPACE_NAMES,
  POD_LABELS,
  PORT_NAMES,
  PORT_NUMBERS,
  PROTOCOLS,
} from './arbitrary-policies';
import { deployment, namespace, node, pod, policy } from './builders';
import { type ClusterDescription, type DeclaredPod, podsOf } from './cluster';
import type { ContainerPortManifest, Labels, Manifest, PodStatus } from './manifests';
import { mentionedPorts } from './mentioned';
import type { Flow, FlowEnd } from './worlds';

/** Where pods and nodes are, by family, when the description says so. */
const POD_CIDR = { 4: '10.244.0.0/16', 6: 'fd00:10:244::/56' };
const NODE_CIDR = { 4: '192.168.77.0/24', 6: 'fd00:77::/64' };

/** Known addresses: of the pod by its place among the manifests, of a hostNetwork pod by its node. */
const POD_ADDRESSES = {
  4: ['10.244.0.5', '10.244.1.7', '10.244.1.130', '10.244.2.9', '10.244.1.200'],
  6: ['fd00:10:244::5', 'fd00:10:244:1::7', 'fd00:10:244:1:8000::1', 'fd00:10:244:2::9', 'fd00:10:244:0:1::3'],
};
const NODE_ADDRESSES = {
  one: { 4: '192.168.77.11', 6: 'fd00:77::11' },
  two: { 4: '192.168.77.12', 6: 'fd00:77::12' },
};

type NodeName = keyof typeof NODE_ADDRESSES;
const NODE_NAMES: readonly NodeName[] = ['one', 'two'];

/** Addresses that are in none of the ranges above. */
const OUTSIDE = {
  4: ['203.0.113.5', '203.0.113.70', '198.51.100.9', '10.9.9.9', '192.168.1.1'],
  6: ['2001:db8::5', '2001:db8:1::5', '2001:4860:4860::8888', 'fd00:99::1'],
};

/** A small cluster with doubts of every kind, and things to ask about it. */
export interface Inquiry {
  readonly cluster: ClusterDescription;
  readonly flows: readonly Flow[];
}

export function arbitraryInquiry(maxFlows = 8): fc.Arbitrary<Inquiry> {
  return arbitraryCluster().chain((cluster) =>
    fc.record({
      cluster: fc.constant(cluster),
      flows: fc.array(arbitraryFlow(cluster), { minLength: 1, maxLength: maxFlows }),
    }),
  );
}

/**
 * One to three namespaces, two to five workloads of which the first is alive, up to five policies, and perhaps some of
 * the administrators'.
 */
export function arbitraryCluster(): fc.Arbitrary<ClusterDescription> {
  const namespaces = fc.subarray([...NAMESPACE_NAMES], { minLength: 1 });
  const families = fc.constantFrom<Family[]>([4], [4], [4, 6], [6]);
  return fc.tuple(namespaces, families).chain(([names, inUse]) => {
    const cidrs = (of: Readonly<Record<Family, string>>) => fc.constant(inUse.map((family) => of[family]));
    return fc
      .record({
        declared: fc.tuple(...names.map((name) => fc.option(arbitraryNamespace(name), { freq: 3 }))),
        workloads: fc
          .integer({ min: 2, max: 5 })
          .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => arbitraryWorkload(at, names, inUse)))),
        policies: fc.array(fc.record({ space: fc.constantFrom(...names), spec: arbitrarySpec() }), {
          maxLength: 5,
          size: 'max',
        }),
        nodes: fc.tuple(...NODE_NAMES.map((name) => fc.option(arbitraryNode(name, inUse)))),
        clusterPolicies: arbitraryClusterPolicies(),
        known: fc.record({ podCidr: cidrs(POD_CIDR), nodeCidr: cidrs(NODE_CIDR) }, { requiredKeys: [] }),
        ipBlockSelectsPods: fc.constantFrom(true, false, 'unknown' as const),
        ipBlockSelectsNodes: fc.constantFrom(true, true, true, false, 'unknown' as const),
        hostNetworkPods: fc.constantFrom('as-node' as const, 'unknown' as const),
        clusterNetworkPolicy: fc.constantFrom(true, true, true, true, true, false, 'unknown' as const),
        adminNetworkPolicy: fc.constantFrom(true, true, true, true, true, false, 'unknown' as const),
      })
      .map(({ declared, workloads, policies, nodes, clusterPolicies, known, ...rest }) => ({
        ...known,
        ...rest,
        families: inUse,
        manifests: asRead([
          ...declared.filter((each) => each !== null),
          ...nodes.filter((each) => each !== null),
          ...workloads,
          ...clusterPolicies,
          ...policies.map(({ space, spec }, at) => policy(`${space}/policy-${at}`, spec)),
        ]),
      }));
  });
}

/** As a file would hold them: no key without a value. */
function asRead(manifests: readonly Manifest[]): Manifest[] {
  return JSON.parse(JSON.stringify(manifests));
}

/** Between two live pods, or between one and an address outside, in a family that both have. */
export function arbitraryFlow(cluster: ClusterDescription): fc.Arbitrary<Flow> {
  const alive = podsOf(cluster).filter(({ finished }) => !finished);
  const one = fc.constantFrom(...alive);
  return fc
    .oneof(
      { weight: 1, arbitrary: one.map((pod) => ({ from: pod, to: pod })) },
      {
        weight: 20,
        arbitrary: fc
          .shuffledSubarray(alive, { minLength: Math.min(alive.length, 2), maxLength: Math.min(alive.length, 2) })
          .map(([from, to]) => ({ from, to })),
      },
      { weight: 8, arbitrary: one.map((from) => ({ from, to: undefined })) },
      { weight: 8, arbitrary: one.map((to) => ({ from: undefined, to })) },
    )
    .chain(({ from, to }) => {
      const common = cluster.families.filter((family) => has(from, family) && has(to, family));
      return fc.constantFrom(...common).chain((family) =>
        fc.record({
          from: end(from, family),
          to: end(to, family),
          protocol: fc.constantFrom('TCP', ...PROTOCOLS),
          port: fc.oneof(fc.constantFrom(...PORT_NUMBERS), fc.constantFrom(1, ...mentionedPorts(cluster), 65535)),
          family: fc.constant(family),
        }),
      );
    });
}

function has(declared: DeclaredPod | undefined, family: Family): boolean {
  return declared?.addresses === undefined || declared.addresses[family] !== undefined;
}

function end(declared: DeclaredPod | undefined, family: Family): fc.Arbitrary<FlowEnd> {
  return declared === undefined
    ? fc.constantFrom(...OUTSIDE[family]).map((ip) => ({ ip }))
    : fc.constant({ pod: declared.id });
}

/** Its name label may be written out, as it is in what a cluster returns (NP-14). */
function arbitraryNamespace(name: string): fc.Arbitrary<Manifest> {
  const own = fc.constantFrom<Labels[]>({}, { 'kubernetes.io/metadata.name': name });
  const labels = someOf({ team: [...NAMESPACE_LABELS.team, 'unmentioned'] });
  return fc.tuple(labels, own).map(([some, more]) => namespace(name, { ...some, ...more }));
}

/** Its addresses are those that its hostNetwork pods tell. */
function arbitraryNode(name: NodeName, families: readonly Family[]): fc.Arbitrary<Manifest> {
  const addresses = fc.constantFrom(
    undefined,
    families.map((family) => NODE_ADDRESSES[name][family]),
  );
  return fc
    .tuple(someOf({ pool: [...NODE_LABELS.pool, 'unmentioned'] }), addresses)
    .map(([labels, told]) => node(name, labels, told));
}

function arbitraryWorkload(
  at: number,
  namespaces: readonly string[],
  families: readonly Family[],
): fc.Arbitrary<Manifest> {
  const name = ['a', 'b', 'c', 'd', 'e'][at];
  const common = {
    space: fc.constantFrom(...namespaces),
    labels: someOf(POD_LABELS),
    ports: containerPorts(),
    hostNetwork: fc.constantFrom(true, false, false, false, false),
  };
  const deployments = fc
    .record({ ...common, replicas: fc.integer({ min: 1, max: 3 }) })
    .map(({ space, replicas, ...props }) => deployment(`${space}/${name}`, replicas, props));
  const pods = fc
    .record({
      ...common,
      nodeName: fc.option(fc.constantFrom(...NODE_NAMES), { nil: undefined }),
      told: fc.constantFrom<readonly Family[]>([], [], families, families.slice(0, 1)),
      phase: fc.constantFrom(
        undefined,
        'Running' as const,
        'Running' as const,
        'Pending' as const,
        'Failed' as const,
        'Succeeded' as const,
      ),
    })
    .map(({ space, nodeName, told, phase, ...props }) => {
      const addresses = props.hostNetwork
        ? hostAddresses(nodeName, families)
        : told.map((family) => POD_ADDRESSES[family][at]);
      const status = statusOf(addresses, at === 0 && isOver(phase) ? 'Running' : phase);
      return pod(`${space}/${name}`, { ...props, ...(nodeName && { nodeName }), ...(status && { status }) });
    });
  return fc.oneof({ weight: 2, arbitrary: pods }, { weight: 1, arbitrary: deployments });
}

/** Told whenever the node is, so that two pods on the host network of one node never contradict each other. */
function hostAddresses(name: NodeName | undefined, families: readonly Family[]): string[] {
  return name === undefined ? [] : families.map((family) => NODE_ADDRESSES[name][family]);
}

function statusOf(addresses: readonly string[], phase: PodStatus['phase']): PodStatus | undefined {
  const told = addresses.length > 0 && { podIP: addresses[0], podIPs: addresses.map((ip) => ({ ip })) };
  return told || phase !== undefined ? { ...(phase && { phase }), ...told } : undefined;
}

function isOver(phase: PodStatus['phase']): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}

/** Each key with one of its values, or absent. */
function someOf(alphabet: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Labels> {
  const fields = Object.entries(alphabet).map(([key, values]) => [key, fc.constantFrom(...values)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<Labels>;
}

/** NET-07: a name, and a number of a protocol, occur once in a pod; across pods they mix freely. */
function containerPorts(): fc.Arbitrary<ContainerPortManifest[]> {
  const port = fc.record(
    {
      name: fc.constantFrom(...PORT_NAMES),
      containerPort: fc.constantFrom(...PORT_NUMBERS),
      protocol: fc.constantFrom(...PROTOCOLS),
    },
    { requiredKeys: ['containerPort'] },
  );
  return fc.uniqueArray(port, {
    maxLength: 3,
    comparator: (a, b) =>
      (a.name !== undefined && a.name === b.name) ||
      (a.containerPort === b.containerPort && (a.protocol ?? 'TCP') === (b.protocol ?? 'TCP')),
  });
}
