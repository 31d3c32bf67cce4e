import { type ClusterDescription, namespacesOf, podsOf, policiesOf } from './cluster';
import type { Peer, PolicyPort, Selector } from './manifests';

function shapeOfList(name: string, list: readonly unknown[] | null | undefined): string {
  return `${name} ${list === undefined ? 'absent' : list === null ? 'null' : list.length === 0 ? 'empty' : 'given'}`;
}

export function shapesOfSelector(name: string, selector: Selector | undefined): string[] {
  if (selector === undefined) {
    return [`${name} absent`];
  }
  const expressions = selector.matchExpressions ?? [];
  const empty = Object.keys(selector.matchLabels ?? {}).length === 0 && expressions.length === 0;
  return [`${name} ${empty ? 'empty' : 'given'}`, ...expressions.map(({ operator }) => `${name} ${operator}`)];
}

function shapesOfPeer(peer: Peer): string[] {
  return [
    `peer of ${Object.keys(peer).sort().join(' and ')}`,
    ...(peer.podSelector ? shapesOfSelector('peer podSelector', peer.podSelector) : []),
    ...(peer.namespaceSelector ? shapesOfSelector('namespaceSelector', peer.namespaceSelector) : []),
    ...(peer.ipBlock
      ? [`${peer.ipBlock.cidr.includes(':') ? 'IPv6' : 'IPv4'} block, except ${(peer.ipBlock.except ?? []).length > 0}`]
      : []),
  ];
}

function shapeOfPort({ port, endPort, protocol }: PolicyPort): string {
  const what = endPort === undefined ? typeof port : 'range';
  return `port ${what} of ${protocol ?? 'no protocol'}`;
}

/** What occurs in a generated cluster, in words, so that a test can tell what never occurs. */
export function shapesOf(cluster: ClusterDescription): string[] {
  const specs = policiesOf(cluster).map(({ spec }) => spec);
  const rules = specs.flatMap(({ ingress, egress }) => [
    ...(ingress ?? []).map((rule) => ({ name: 'from', peers: rule.from, ports: rule.ports })),
    ...(egress ?? []).map((rule) => ({ name: 'to', peers: rule.to, ports: rule.ports })),
  ]);
  const known = podsOf(cluster).map(({ hostNetwork, addresses, finished, workload }) => [
    `hostNetwork ${hostNetwork}, ${Object.keys(addresses ?? {}).length} addresses`,
    `finished ${finished}`,
    workload.replace(/.*\[/, '['),
  ]);
  return [
    `families ${cluster.families}`,
    `podCidr ${cluster.podCidr !== undefined}`,
    `nodeCidr ${cluster.nodeCidr !== undefined}`,
    `ipBlock selects pods ${cluster.ipBlockSelectsPods}`,
    `ipBlock selects nodes ${cluster.ipBlockSelectsNodes}`,
    `hostNetwork pods ${cluster.hostNetworkPods}`,
    `${specs.length} policies`,
    `undeclared namespaces ${podsOf(cluster).some(({ namespace }) => !namespacesOf(cluster).some(({ metadata }) => metadata.name === namespace))}`,
    ...known.flat(),
    ...specs.flatMap((spec) => [
      `policyTypes ${spec.policyTypes?.join(' and ') ?? 'absent'}`,
      shapeOfList('ingress', spec.ingress),
      shapeOfList('egress', spec.egress),
      ...shapesOfSelector('podSelector', spec.podSelector),
    ]),
    ...rules.flatMap(({ name, peers, ports }) => [
      shapeOfList(name, peers),
      shapeOfList('ports', ports),
      ...(peers ?? []).flatMap(shapesOfPeer),
      ...(ports ?? []).map(shapeOfPort),
    ]),
  ];
}
