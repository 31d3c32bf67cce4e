import { type ClusterDescription, clusterPoliciesOf, policiesOf } from './cluster';
import type { ClusterPeerManifest } from './cluster-policy-manifests';
import type { IpBlock, NetworkPolicyManifest, Peer, Selector } from './manifests';

/** By key, the values of it that selectors mention. */
export type MentionedLabels = ReadonlyMap<string, ReadonlySet<string>>;

/** Every range of addresses that a policy mentions. */
export function mentionedCidrs(cluster: ClusterDescription): string[] {
  const blocks = peersOf(cluster).flatMap(({ ipBlock }): IpBlock[] => (ipBlock === undefined ? [] : [ipBlock]));
  const networks = clusterPeersOf(cluster).flatMap((peer) => peer.networks ?? []);
  return [...new Set([...blocks.flatMap(({ cidr, except }) => [cidr, ...(except ?? [])]), ...networks])];
}

/** The ports on both sides of every border that a rule draws by number. */
export function mentionedPorts(cluster: ClusterDescription): number[] {
  const entries = policiesOf(cluster).flatMap(({ spec }) =>
    [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ ports }) => ports ?? []),
  );
  const ofPolicies = entries.flatMap(({ port, endPort = port }) =>
    typeof port === 'number' && typeof endPort === 'number' ? [{ first: port, last: endPort }] : [],
  );
  const ofClusterPolicies = clusterPoliciesOf(cluster).flatMap(({ rules }) =>
    [...rules.Ingress, ...rules.Egress].flatMap(({ ports }) => (ports ?? []).filter((each) => each.type === 'range')),
  );
  const borders = [...ofPolicies, ...ofClusterPolicies].flatMap(({ first, last }) => [
    first - 1,
    first,
    last,
    last + 1,
  ]);
  return [...new Set(borders)].filter((port) => port >= 1 && port <= 65535);
}

export function mentionedDomainNames(cluster: ClusterDescription): string[] {
  return [...new Set(clusterPeersOf(cluster).flatMap(({ domainNames }) => domainNames ?? []))];
}

export function mentionedNamespaceLabels(cluster: ClusterDescription): MentionedLabels {
  const ofClusterPolicies = [...clusterPeersOf(cluster), ...clusterPoliciesOf(cluster).map(({ subject }) => subject)];
  return mentionedIn([
    ...peersOf(cluster).map(({ namespaceSelector }) => namespaceSelector),
    ...ofClusterPolicies.flatMap(({ namespaces, pods }) => [namespaces, pods?.namespaceSelector]),
  ]);
}

export function mentionedNodeLabels(cluster: ClusterDescription): MentionedLabels {
  return mentionedIn(clusterPeersOf(cluster).map(({ nodes }) => nodes));
}

function mentionedIn(selectors: readonly (Selector | undefined)[]): MentionedLabels {
  const mentioned = new Map<string, Set<string>>();
  const mention = (key: string, values: readonly string[]) =>
    mentioned.set(key, new Set([...(mentioned.get(key) ?? []), ...values]));
  for (const { matchLabels, matchExpressions } of selectors.filter((each) => each !== undefined)) {
    for (const [key, value] of Object.entries(matchLabels ?? {})) {
      mention(key, [value]);
    }
    for (const { key, values } of matchExpressions ?? []) {
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

function clusterPeersOf(cluster: ClusterDescription): ClusterPeerManifest[] {
  return clusterPoliciesOf(cluster).flatMap(({ rules }) =>
    [...rules.Ingress, ...rules.Egress].flatMap(({ peers }) => peers),
  );
}
