import { NAMESPACE_NAME_LABEL } from '../../cluster/namespaces';
import type { PodSelection } from '../../cluster/pod-selection';
import type { PodGroup } from '../../cluster/workload';
import type { ClusterPolicyPeer } from '../../manifest/resources';
import { CidrSet, splitIntoAtoms } from '../../values/cidr-set';
import type { Match } from '../../values/label-selector';
import { closedLabels } from '../../values/labels';
import type { LintContext } from './context';
import { rulesOfClusterPolicy, subjectOf } from './places';

/** One end of a flow, to try policies with: a declared pod, or a pod or address that could be. */
export type End =
  | {
      readonly type: 'pod';
      readonly text: string;
      readonly isDeclared: boolean;
      readonly pod: TriedPod;
      readonly group?: PodGroup;
    }
  | { readonly type: 'address'; readonly text: string; readonly isDeclared: true; readonly addresses: CidrSet };

type TriedPod = Pick<PodGroup, 'labels' | 'ports' | 'domain'> & {
  readonly namespace: Pick<PodGroup['namespace'], 'labels'>;
};

/** Pods that both selections mean: the declared ones that surely are, else one that could be there. */
export function podsOfBoth(a: PodSelection, b: PodSelection, context: LintContext): readonly End[] {
  const both = { pods: a.pods.and(b.pods), namespaces: a.namespaces.and(b.namespaces) };
  // Pods on the network of their node are no subjects and no peers by labels (NP-28).
  const declared = context
    .podsOf(both)
    .filter((pod) => !pod.hostNetwork && pod.provenance === 'declared' && isSelected(pod, both) === 'yes');
  return declared.length > 0 ? twoOfEach(declared.map(endOf), context) : conceivable(both, context);
}

/** Addresses in parts that no rule of these policies tells apart. */
export function addressEnds(addresses: CidrSet, { clusterPolicies }: LintContext): readonly End[] {
  const networks = clusterPolicies
    .flatMap(rulesOfClusterPolicy)
    .flatMap(({ rule }) => rule.peers.flatMap((peer) => (peer.type === 'networks' ? [peer.addresses] : [])));
  return splitIntoAtoms(addresses, networks).map((part) => ({
    type: 'address',
    text: part.ranges.length === 1 ? part.toString() : `${CidrSet.ofRanges([part.ranges[0]])} and others`,
    isDeclared: true,
    addresses: part,
  }));
}

/** Two, to be each other's ends, for all that the rules of these policies can't tell apart: of a large cluster few are left. */
function twoOfEach(ends: readonly End[], { clusterPolicies }: LintContext): readonly End[] {
  const kinds = new Map<string, End[]>();
  for (const end of ends) {
    const matches = clusterPolicies.flatMap((policy) => [
      end.type === 'pod' ? isSelected(end.pod, subjectOf(policy).selection) : 'no',
      ...rulesOfClusterPolicy(policy).flatMap(({ rule }) => rule.peers.map((peer) => isMeant(end, peer))),
    ]);
    const kind = JSON.stringify([matches, end.type === 'pod' && end.pod.ports]);
    const known = kinds.get(kind);
    if (!known) kinds.set(kind, [end]);
    else if (known.length === 1) known.push(end);
  }
  return [...kinds.values()].flat();
}

export function isSelected({ labels, namespace }: TriedPod, { pods, namespaces }: PodSelection): Match {
  const matches = [pods.match(labels), namespaces.match(namespace.labels)];
  return matches.includes('no') ? 'no' : matches.includes('maybe') ? 'maybe' : 'yes';
}

/** Whether a peer means an end; `maybe` where addresses of pods, names or nodes would decide. */
export function isMeant(end: End, peer: ClusterPolicyPeer): Match {
  switch (peer.type) {
    case 'pods':
      return end.type === 'pod'
        ? isSelected(end.pod, { pods: peer.podSelector, namespaces: peer.namespaceSelector })
        : 'no';
    case 'networks':
      return isWithin(end.type === 'pod' ? end.pod.domain : end.addresses, peer.addresses);
    case 'nodes':
    case 'domainNames':
      return end.type === 'pod' ? 'no' : 'maybe';
    case 'unknown':
      return 'maybe';
  }
}

/** NP-31: no policy has a say in what a pod sends to itself; others of its template may be there, or not. */
export function differ(a: End, b: End): 'yes' | 'no' | 'maybe' {
  if (a.type !== 'pod' || b.type !== 'pod' || a.group === undefined || a.group !== b.group) return 'yes';
  const { replicas } = a.group;
  return replicas === undefined ? 'maybe' : replicas > 1 ? 'yes' : 'no';
}

function endOf(pod: PodGroup): End {
  return { type: 'pod', text: `${pod.namespace.name}/${pod.workload.name}`, isDeclared: true, pod, group: pod };
}

/** A pod of both selections that nobody declared here. */
function conceivable({ pods, namespaces }: PodSelection, { cluster }: LintContext): readonly End[] {
  const [labels, around] = [pods.example(), namespaces.example()];
  if (!labels || !around) return [];
  const name = around.get(NAMESPACE_NAME_LABEL);
  const known = name === undefined ? undefined : cluster.namespaces.get(name);
  if (known?.declaredBy && namespaces.match(known.labels) !== 'yes') return [];
  const pod = {
    labels: closedLabels(labels),
    ports: [],
    domain: CidrSet.all(),
    namespace: { labels: closedLabels(around) },
  };
  const text = `a pod with ${pods} in a namespace with ${namespaces}`;
  return [{ type: 'pod', text, isDeclared: false, pod }];
}

function isWithin(addresses: CidrSet, wide: CidrSet): Match {
  return wide.covers(addresses) ? 'yes' : wide.intersects(addresses) ? 'maybe' : 'no';
}
