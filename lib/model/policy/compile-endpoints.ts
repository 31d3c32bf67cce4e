import type { Cluster } from '../cluster/cluster';
import type { PodSelection } from '../cluster/strangers';
import { BitSet } from '../values/bit-set';
import { CidrSet } from '../values/cidr-set';
import { certain, type Doubt, doubtful, type Ternary } from '../values/ternary';
import { type EndpointSet, podSet, unionOfEndpoints } from './endpoint-set';
import type { Enforcer } from './enforcer';

const HOST_NETWORK_DOUBT: Doubt = {
  rule: 'NP-28',
  wouldDecide: 'a cluster profile whose network plugin says how it treats hostNetwork pods',
};
const BLOCK_DOUBT: Doubt = {
  rule: 'NP-17',
  wouldDecide: 'a cluster profile whose network plugin says whether an ipBlock selects pods',
};

/** Pods by namespace and label selectors. Never anything outside the cluster (NP-11, NP-18). */
export function selectPods(selection: PodSelection, cluster: Cluster, enforcer: Enforcer): Ternary<EndpointSet> {
  const must = new BitSet(cluster.pods.length);
  const may = new BitSet(cluster.pods.length);
  const doubts = new Map<string, Doubt>();
  for (const pod of cluster.pods) {
    const ofPod = selection.pods.match(pod.labels);
    if (ofPod === 'no') continue;
    const ofNamespace = selection.namespaces.match(pod.namespace.labels);
    if (ofNamespace === 'no') continue;
    // NP-28: a hostNetwork pod counts as its node or as a pod, or, where nobody says so, may count as either.
    if (pod.hostNetwork && enforcer.hostNetworkPods === 'as-node') continue;
    may.add(pod.index);
    if (pod.hostNetwork && enforcer.hostNetworkPods === 'unknown') doubts.set('', HOST_NETWORK_DOUBT);
    else if (ofNamespace === 'maybe') doubts.set(pod.namespace.name, namespaceDoubt(pod.namespace.name));
    else if (ofPod === 'yes') must.add(pod.index);
  }
  return doubts.size === 0 ? certain(podSet(must)) : doubtful(podSet(must), podSet(may), ...doubts.values());
}

function namespaceDoubt(name: string): Doubt {
  return { rule: 'NP-14', wouldDecide: `the manifest of Namespace ${name}, which tells its labels`, namespace: name };
}

/** An ipBlock: addresses outside and nodes, and pods by their address where the plugin lets it (NP-17). */
export function blockSet(addresses: CidrSet, cluster: Cluster, enforcer: Enforcer): Ternary<EndpointSet> {
  const outside: EndpointSet = { ...podSet(new BitSet(cluster.pods.length)), others: addresses };
  if (enforcer.ipBlockSelectsPods === false) return certain(outside);
  const pods = BitSet.of(
    cluster.pods.length,
    cluster.pods.filter((pod) => !pod.hostNetwork).map((pod) => pod.index),
  );
  const withPods: EndpointSet = { ...outside, addressed: [{ pods, addresses }] };
  return enforcer.ipBlockSelectsPods === true ? certain(withPods) : doubtful(outside, withPods, BLOCK_DOUBT);
}

export function everyone(cluster: Cluster): Ternary<EndpointSet> {
  const pods = BitSet.of(cluster.pods.length, cluster.pods.keys());
  return certain({ pods, addressed: [], others: CidrSet.all() });
}

export function unionOfTernary(a: Ternary<EndpointSet>, b: Ternary<EndpointSet>): Ternary<EndpointSet> {
  const may = unionOfEndpoints(a.may, b.may);
  if (a.must === a.may && b.must === b.may) return certain(may);
  return doubtful(unionOfEndpoints(a.must, b.must), may, ...(a.because ?? []), ...(b.because ?? []));
}
