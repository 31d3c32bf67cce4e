import fc from 'fast-check';
import { contains, type Family, familyOf } from './address';
import { arbitraryInquiry } from './arbitraries';
import { namespace, node, policy } from './builders';
import { type ClusterDescription, clusterPolicyManifestsOf, nodesOf } from './cluster';
import type { Labels, Manifest, PodManifest } from './manifests';
import { type FlowEnd, naiveOutcome } from './worlds';

type Choose = <T>(...choices: readonly T[]) => T;

/** Addresses on both sides of the borders that generated policies draw. */
const ADDRESSES = [
  ...[
    '0.0.0.1',
    '10.244.0.0',
    '10.244.1.6',
    '10.244.1.7',
    '10.244.1.127',
    '10.244.1.128',
    '10.244.255.255',
    '10.245.0.0',
  ],
  ...['192.168.77.0', '192.168.77.12', '192.168.77.255', '203.0.113.63', '203.0.113.64', '255.255.255.255'],
  ...['::1', 'fd00:10:244::', 'fd00:10:244:1::7', 'fd00:10:244:2::', 'fd00:10:244:ff::1', 'fd00:10:245::'],
  ...['fd00:77::12', 'fd00:77::13', '2001:db8::1', '2001:db8:1::1', 'ffff::'],
];

function withoutClusterPolicies(cluster: ClusterDescription): Manifest[] {
  const clusterWide: readonly Manifest[] = clusterPolicyManifestsOf(cluster);
  return cluster.manifests.filter((each) => !clusterWide.includes(each));
}

/** One way in which some of what is open could turn out: told addresses, declared namespaces, a known plugin. */
function settle(cluster: ClusterDescription, choose: Choose): ClusterDescription {
  const known = (answer: boolean | 'unknown') => (answer === 'unknown' ? choose(true, false) : answer);
  const settled = (each: Manifest) => (each.kind === 'Pod' ? settlePod(cluster, each, choose) : each);
  const manifests = settlePriorities(cluster.manifests, choose).map(settled);
  const declared = manifests.flatMap((each) => (each.kind === 'Namespace' ? [each.metadata.name] : []));
  const undeclared = ['x', 'y', 'z'].filter((name) => !declared.includes(name));
  const nodes = nodesOf(cluster).map(({ metadata }) => metadata.name);
  const labels: readonly Labels[] = [{}, { team: 'red' }, { team: 'blue' }, { team: 'green', other: 'label' }];
  return {
    ...cluster,
    manifests: [
      ...undeclared.map((name): Manifest => namespace(name, choose(...labels))),
      ...['one', 'two', 'three']
        .filter((name) => !nodes.includes(name))
        .map((name): Manifest => node(name, choose<Labels>({}, { pool: 'gpu' }, { pool: 'cpu' }))),
      ...manifests,
    ],
    ipBlockSelectsPods: known(cluster.ipBlockSelectsPods),
    ipBlockSelectsNodes: known(cluster.ipBlockSelectsNodes ?? true),
    clusterNetworkPolicy: known(cluster.clusterNetworkPolicy ?? true),
    adminNetworkPolicy: known(cluster.adminNetworkPolicy ?? true),
    hostNetworkPods: choose('as-node', cluster.hostNetworkPods),
    ownNodeOutIsExempt: choose(true, false),
    clusterPoliciesSpareOwnNode: choose(true, false),
  };
}

/** No two policies alike, in one of the orders that they may have had. */
function settlePriorities(manifests: readonly Manifest[], choose: Choose): Manifest[] {
  const numbered = manifests.flatMap((each) =>
    each.kind === 'ClusterNetworkPolicy' || each.kind === 'AdminNetworkPolicy'
      ? [{ each, priority: each.spec.priority + choose(0.1, 0.2, 0.3, 0.4) }]
      : [],
  );
  const order = numbered.sort((a, b) => a.priority - b.priority).map(({ each }): Manifest => each);
  return manifests.map((each) => {
    switch (each.kind) {
      case 'ClusterNetworkPolicy':
        return { ...each, spec: { ...each.spec, priority: 1 + order.indexOf(each) } };
      case 'AdminNetworkPolicy':
        return { ...each, spec: { ...each.spec, priority: 1 + order.indexOf(each) } };
      default:
        return each;
    }
  });
}

function settlePod(cluster: ClusterDescription, pod: PodManifest, choose: Choose): PodManifest {
  const { hostNetwork, nodeName } = pod.spec;
  const spec = { ...pod.spec, nodeName: nodeName ?? choose('one', 'two', 'three') };
  if (pod.status?.podIP !== undefined) {
    return { ...pod, spec };
  }
  const ranges = (hostNetwork ? cluster.nodeCidr : cluster.podCidr) ?? ['0.0.0.0/0', '::/0'];
  const possible = (family: Family) =>
    ADDRESSES.filter((ip) => familyOf(ip) === family && ranges.some((cidr) => contains(cidr, ip)));
  const podIPs = cluster.families.map((family) => ({ ip: choose(...possible(family)) }));
  return { ...pod, spec, status: { ...pod.status, podIP: podIPs[0].ip, podIPs } };
}

test('What is certain stays so when a doubt is settled', () => {
  fc.assert(
    fc.property(arbitraryInquiry(), fc.gen(), ({ cluster, flows }, generate) => {
      const settled = settle(cluster, (...choices) => generate(fc.constantFrom, ...choices));
      for (const flow of flows) {
        const outcome = naiveOutcome(cluster, flow);
        if (outcome !== 'unknown') {
          expect(naiveOutcome(settled, flow)).toBe(outcome);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('The order of policies does not matter (NP-04)', () => {
  fc.assert(
    fc.property(arbitraryInquiry(), ({ cluster, flows }) => {
      const reversed = { ...cluster, manifests: [...cluster.manifests].reverse() };
      expect(flows.map((flow) => naiveOutcome(reversed, flow))).toEqual(
        flows.map((flow) => naiveOutcome(cluster, flow)),
      );
    }),
  );
});

test('Where every namespace allows all, all is allowed whatever else is written (NP-04)', () => {
  const open = ['x', 'y', 'z'].map((name) => policy(`${name}/open`, { ingress: [{}], egress: [{}] }));
  fc.assert(
    fc.property(arbitraryInquiry(), ({ cluster, flows }) => {
      const opened = { ...cluster, manifests: [...withoutClusterPolicies(cluster), ...open] };
      expect(flows.map((flow) => naiveOutcome(opened, flow))).toEqual(flows.map(() => 'allowed'));
    }),
  );
});

test('Without policies all is allowed (NP-03)', () => {
  fc.assert(
    fc.property(arbitraryInquiry(), ({ cluster, flows }) => {
      const manifests = withoutClusterPolicies(cluster).filter(({ kind }) => kind !== 'NetworkPolicy');
      const bare = { ...cluster, manifests };
      expect(flows.map((flow) => naiveOutcome(bare, flow))).toEqual(flows.map(() => 'allowed'));
    }),
  );
});

test('Replicas of a Deployment are alike to everyone else', () => {
  fc.assert(
    fc.property(arbitraryInquiry(), ({ cluster, flows }) => {
      const first = (end: FlowEnd) => ('ip' in end ? end : { pod: end.pod.replace(/#.*/, '#0') });
      const ofFirst = flows.map((flow) => ({ ...flow, from: first(flow.from), to: first(flow.to) }));
      const between = ofFirst.map(({ from, to }) => 'ip' in from || 'ip' in to || from.pod !== to.pod);
      const outcomes = ofFirst.map((flow) => naiveOutcome(cluster, flow)).filter((_, at) => between[at]);
      expect(outcomes).toEqual(flows.map((flow) => naiveOutcome(cluster, flow)).filter((_, at) => between[at]));
    }),
  );
});
