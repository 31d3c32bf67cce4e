import type { CniCapabilities } from '../../lib/model/cluster/cni/capabilities';
import { resolveProfile } from '../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../lib/model/manifest/parse';
import { Network } from '../../lib/model/network';
import type { Inquiry } from '../naive/arbitraries';
import { type ClusterDescription, clusterPoliciesOf, podsOf } from '../naive/cluster';
import { type Flow, naiveOutcome, type Outcome } from '../naive/worlds';

/** What the model says of one flow, and what the rules say. */
export interface Disagreement {
  readonly flow: Flow;
  readonly model: string;
  readonly rules: Outcome;
}

export interface Tally {
  /** Flows by the answer that the rules give. */
  readonly asked: Record<Outcome, number>;
  /** Flows of which the rules are certain and the model is not: sound, but less than could be known. */
  undecided: number;
}

export function emptyTally(): Tally {
  return { asked: { allowed: 0, denied: 0, unknown: 0 }, undecided: 0 };
}

/** The model of a naively described cluster. Throws where the model does not understand what the API server accepts. */
export function networkOf(cluster: ClusterDescription, plugin: Partial<CniCapabilities> = {}): Network {
  const { podCidr, nodeCidr, ipBlockSelectsPods, ipBlockSelectsNodes = true, hostNetworkPods } = cluster;
  const { clusterNetworkPolicy = true, adminNetworkPolicy = true } = cluster;
  const { resources, faults } = parseManifests(cluster.manifests.map((object) => ({ object, origin: {} })));
  const { profile } = resolveProfile({ object: { podCidr, nodeCidr }, origin: {} });
  if (faults.length > 0) {
    throw new Error(`the model refuses what the API server accepts: ${JSON.stringify(faults)}`);
  }
  const capabilities: CniCapabilities = {
    ...profile.capabilities,
    ipBlockSelectsPods,
    ipBlockSelectsNodes,
    hostNetworkPods,
    clusterNetworkPolicy,
    adminNetworkPolicy,
    ...plugin,
  };
  return Network.of(resources, { ...profile, capabilities, families: cluster.families });
}

/**
 * The first flow of which the model says what the rules don't; counts the others.
 * @param exactness whether `unknown` is wrong too where the rules are certain and nothing hangs together
 */
export function disagreementOf(
  network: Network,
  { cluster, flows }: Inquiry,
  tally = emptyTally(),
  exactness: 'wanted' | 'not asked' = 'wanted',
): Disagreement | undefined {
  const isExact = exactness === 'wanted' && mustBeExact(cluster);
  for (const flow of flows.filter((each) => !isOfOnePod(each))) {
    const [model, rules] = [modelOutcome(network, cluster, flow), naiveOutcome(cluster, flow)];
    if (model !== rules && (model !== 'unknown' || isExact)) {
      return { flow, model, rules };
    }
    tally.asked[rules] += 1;
    tally.undecided += model === rules ? 0 : 1;
  }
  return undefined;
}

/** The model's answer for one naive flow: pods by their name, the replicas of a Deployment as one. */
function modelOutcome(network: Network, cluster: ClusterDescription, flow: Flow): string {
  const workloads = new Map(podsOf(cluster).map((pod) => [pod.id, pod.workload]));
  const nameOf = (end: Flow['from']) => ('ip' in end ? end.ip : (workloads.get(end.pod) ?? end.pod));
  const { protocol, port, family } = flow;
  return network.reach({ from: nameOf(flow.from), to: nameOf(flow.to), protocol, port, family, by: 'podIP' }).outcome;
}

/** Replicas of one Deployment are asked about as one, which leaves open whether one of them meets itself. */
function isOfOnePod({ from, to }: Flow): boolean {
  return 'pod' in from && 'pod' in to && from.pod.includes('#') && from.pod.split('#')[0] === to.pod.split('#')[0];
}

/**
 * Whether nothing is open but addresses, nodes and the order of equal priorities: then the model must be exact, not only
 * sound. Two rules that hang on one and the same unknown label, plugin's habit or domain name it does not tell apart.
 */
function mustBeExact(cluster: ClusterDescription): boolean {
  const declared = new Set(cluster.manifests.filter((m) => m.kind === 'Namespace').map((m) => m.metadata.name));
  const { ipBlockSelectsPods, ipBlockSelectsNodes, hostNetworkPods, clusterNetworkPolicy, adminNetworkPolicy } =
    cluster;
  const nodesAreKnown = ipBlockSelectsNodes !== 'unknown' && hostNetworkPods === 'as-node';
  const kindsAreKnown = clusterPoliciesOf(cluster).every(
    ({ kind }) => (kind === 'ClusterNetworkPolicy' ? clusterNetworkPolicy : adminNetworkPolicy) !== 'unknown',
  );
  return (
    ipBlockSelectsPods !== 'unknown' &&
    kindsAreKnown &&
    !hasDomainNames(cluster) &&
    !hangsOnNodeLabels(cluster) &&
    podsOf(cluster).every((pod) => (!pod.hostNetwork || nodesAreKnown) && declared.has(pod.namespace))
  );
}

/** The labels of nodes that nobody declares: hostNetwork pods may run there. */
function hangsOnNodeLabels(cluster: ClusterDescription): boolean {
  const choosesNodes = clusterPoliciesOf(cluster).some(({ rules }) =>
    rules.Egress.some(({ peers }) => peers.some((peer) => peer.nodes)),
  );
  return choosesNodes && podsOf(cluster).some(({ hostNetwork }) => hostNetwork);
}

function hasDomainNames(cluster: ClusterDescription): boolean {
  return clusterPoliciesOf(cluster).some(({ rules }) =>
    rules.Egress.some(({ peers }) => peers.some((p) => p.domainNames)),
  );
}
