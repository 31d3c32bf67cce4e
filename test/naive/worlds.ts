import { contains, type Family, familyOf, representatives } from './address';
import { type ClusterDescription, type DeclaredPod, namespacesOf, podsOf, policiesOf } from './cluster';
import { allows, type Connection, type End, type External, type Pod, type World } from './evaluate';
import type { IpBlock, Labels, NetworkPolicyManifest, Peer, Protocol, Selector } from './manifests';
import { validatePolicy } from './validate';

export type Outcome = 'allowed' | 'denied' | 'unknown';

/** One pod by its id (see `DeclaredPod`), or an address outside the cluster. */
export type FlowEnd = { readonly pod: string } | External;

export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: Protocol;
  readonly port: number;
  readonly family: Family;
}

/** The same question about all pods of a workload, `ns/name[Kind]`. */
export interface WorkloadFlow extends Omit<Flow, 'from' | 'to'> {
  readonly from: { readonly workload: string } | External;
  readonly to: { readonly workload: string } | External;
}

/** One way in which all that is open could turn out. */
export interface Case {
  readonly world: World;
  readonly connection: Connection;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** A witness for each answer that occurs. */
  readonly allowedIn?: Case;
  readonly deniedIn?: Case;
}

export function naiveOutcome(cluster: ClusterDescription, flow: Flow): Outcome {
  return naiveVerdict(cluster, flow).outcome;
}

/** Allowed or denied where all worlds agree, else unknown, with a world for each answer. */
export function naiveVerdict(cluster: ClusterDescription, flow: Flow): Verdict {
  let allowedIn: Case | undefined;
  let deniedIn: Case | undefined;
  for (const each of casesOf(cluster, flow)) {
    if (allows(each.world, each.connection)) {
      allowedIn ??= each;
    } else {
      deniedIn ??= each;
    }
    if (allowedIn !== undefined && deniedIn !== undefined) {
      return { outcome: 'unknown', allowedIn, deniedIn };
    }
  }
  return allowedIn === undefined ? { outcome: 'denied', deniedIn } : { outcome: 'allowed', allowedIn };
}

/** The outcomes of all pairs of different pods. A pod and itself are left out: NP-31 answers them alone. */
export function workloadOutcomes(cluster: ClusterDescription, flow: WorkloadFlow): Set<Outcome> {
  const endsOf = (end: WorkloadFlow['from']): FlowEnd[] =>
    'ip' in end
      ? [end]
      : podsOf(cluster)
          .filter(({ workload }) => workload === end.workload)
          .map(({ id }) => ({ pod: id }));
  const pairs = endsOf(flow.from).flatMap((from) => endsOf(flow.to).map((to) => ({ from, to })));
  const different = pairs.filter(({ from, to }) => !('pod' in from && 'pod' in to && from.pod === to.pod));
  return new Set(different.map(({ from, to }) => naiveOutcome(cluster, { ...flow, from, to })));
}

/** Every way in which what concerns these two ends may turn out; nothing else can change the answer. */
export function* casesOf(cluster: ClusterDescription, flow: Flow): Generator<Case> {
  const policies = policiesOf(cluster);
  policies.forEach(validatePolicy);
  const { protocol, port, family } = flow;
  for (const [from, to] of possibleEnds(cluster, flow)) {
    for (const namespaces of possibleNamespaces(cluster, from, to)) {
      for (const ipBlockSelectsPods of possible(cluster.ipBlockSelectsPods)) {
        for (const hostNetworkPodsAreSelected of cluster.hostNetworkPods === 'as-node' ? [false] : [false, true]) {
          for (const ownNodeOutIsExempt of possible(cluster.ownNodeOutIsExempt ?? 'unknown')) {
            yield {
              world: { namespaces, policies, ipBlockSelectsPods, hostNetworkPodsAreSelected, ownNodeOutIsExempt },
              connection: { from, to, protocol, port, family },
            };
          }
        }
      }
    }
  }
}

function possible(answer: boolean | 'unknown'): boolean[] {
  return answer === 'unknown' ? [false, true] : [answer];
}

/**
 * Both ends with every address and every pair of nodes that they may have. The addresses are independent of each other,
 * even those of hostNetwork pods on one node: pods that are not yet placed may be on two nodes anyway.
 */
function* possibleEnds(cluster: ClusterDescription, flow: Flow): Generator<[End, End]> {
  const [from, to] = [flow.from, flow.to].map((end) => ('ip' in end ? end : podOf(cluster, end.pod)));
  for (const [fromNode, toNode] of possibleNodes(from, to)) {
    for (const fromAddress of possibleAddresses(cluster, from, flow.family)) {
      for (const toAddress of possibleAddresses(cluster, to, flow.family)) {
        yield [fix(from, fromNode, fromAddress), fix(to, toNode, toAddress)];
      }
    }
  }
}

function podOf(cluster: ClusterDescription, id: string): DeclaredPod {
  const pod = podsOf(cluster).find((each) => each.id === id);
  if (pod === undefined) {
    throw new Error(`no pod ${id}`);
  }
  return pod;
}

function fix(end: DeclaredPod | External, node: string, address: string): Pod | External {
  return 'ip' in end ? end : { ...end, node, addresses: { [familyOf(address)]: address } };
}

/** NP-30: a hostNetwork pod and another pod may share a node unless their manifests place them apart. */
function possibleNodes(from: DeclaredPod | External, to: DeclaredPod | External): [string, string][] {
  const apart: [string, string] = [nodeOf(from) ?? 'one-node', nodeOf(to) ?? 'another-node'];
  const placed = nodeOf(from) !== undefined && nodeOf(to) !== undefined;
  if (placed || 'ip' in from || 'ip' in to || !(from.hostNetwork || to.hostNetwork)) {
    return [apart];
  }
  const shared = nodeOf(from) ?? nodeOf(to) ?? 'one-node';
  return [apart, [shared, shared]];
}

function nodeOf(end: DeclaredPod | External): string | undefined {
  return 'ip' in end ? undefined : end.node;
}

function possibleAddresses(cluster: ClusterDescription, end: DeclaredPod | External, family: Family): string[] {
  const told = 'ip' in end ? { [familyOf(end.ip)]: end.ip } : end.addresses;
  if (told !== undefined) {
    const address = told[family];
    if (address === undefined) {
      throw new Error(`no IPv${family} address: ${JSON.stringify(end)}`);
    }
    return [address];
  }
  // NP-28, NP-29: a hostNetwork pod has the address of its node, however policies see it.
  const declared = 'hostNetwork' in end && end.hostNetwork ? cluster.nodeCidr : cluster.podCidr;
  const range = (declared ?? []).filter((cidr) => familyOf(cidr) === family);
  const cuts = [...mentionedCidrs(cluster), ...range].filter((cidr) => familyOf(cidr) === family);
  const addresses = representatives(cuts, family);
  return range.length === 0 ? addresses : addresses.filter((each) => range.some((cidr) => contains(cidr, each)));
}

function mentionedCidrs(cluster: ClusterDescription): string[] {
  const blocks = peersOf(cluster).flatMap(({ ipBlock }): IpBlock[] => (ipBlock === undefined ? [] : [ipBlock]));
  return [...new Set(blocks.flatMap(({ cidr, except }) => [cidr, ...(except ?? [])]))];
}

/** Both ends' namespaces with all the labels they may have; one namespace has the same labels at both ends. */
function* possibleNamespaces(cluster: ClusterDescription, from: End, to: End): Generator<Record<string, Labels>> {
  const [first, second] = [...new Set([from, to].flatMap((end) => ('ip' in end ? [] : [end.namespace])))];
  for (const firstLabels of possibleLabels(cluster, first)) {
    for (const secondLabels of possibleLabels(cluster, second)) {
      yield { [first ?? '']: firstLabels, ...(second !== undefined && { [second]: secondLabels }) };
    }
  }
}

/**
 * The labels of a declared namespace are known. Of another one only the name label is: under each key that a
 * namespaceSelector mentions it may have nothing, a value that is mentioned, or one that is not.
 */
function possibleLabels(cluster: ClusterDescription, namespace: string | undefined): Labels[] {
  if (namespace === undefined) {
    return [{}];
  }
  const name = { 'kubernetes.io/metadata.name': namespace }; // NP-14
  const declared = namespacesOf(cluster).find(({ metadata }) => metadata.name === namespace);
  if (declared !== undefined) {
    return [{ ...declared.metadata.labels, ...name }];
  }
  let possibilities: Labels[] = [name];
  for (const [key, values] of mentionedNamespaceLabels(cluster)) {
    if (!(key in name)) {
      possibilities = possibilities.flatMap((labels) => [
        labels,
        ...[...values, 'nobody-mentions-this'].map((value) => ({ ...labels, [key]: value })),
      ]);
    }
  }
  return possibilities;
}

function mentionedNamespaceLabels(cluster: ClusterDescription): Map<string, Set<string>> {
  const mentioned = new Map<string, Set<string>>();
  const mention = (key: string, values: readonly string[]) =>
    mentioned.set(key, new Set([...(mentioned.get(key) ?? []), ...values]));
  for (const selector of peersOf(cluster).flatMap(({ namespaceSelector }): Selector[] => [namespaceSelector ?? {}])) {
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      mention(key, [value]);
    }
    for (const { key, values } of selector.matchExpressions ?? []) {
      mention(key, values ?? []);
    }
  }
  return mentioned;
}

function peersOf(cluster: ClusterDescription): Peer[] {
  const ofPolicy = ({ spec }: NetworkPolicyManifest) => [
    ...(spec.ingress ?? []).flatMap((rule) => rule.from ?? []),
    ...(spec.egress ?? []).flatMap((rule) => rule.to ?? []),
  ];
  return policiesOf(cluster).flatMap(ofPolicy);
}
