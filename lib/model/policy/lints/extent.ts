import type { PodSelection } from '../../cluster/pod-selection';
import type {
  ClusterPolicyPeer,
  ClusterPolicyPort,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../manifest/resources';
import type { CidrSet } from '../../values/cidr-set';
import type { LabelSelector } from '../../values/label-selector';
import { PortSet } from '../../values/port-set';
import { type Protocol, TrafficSet } from '../../values/traffic-set';
import { type PlacedRule, type Policy, peerSelection } from './places';

/** Whom a peer means, in a form that tells which of two means more. */
export type Extent =
  | { readonly type: 'anyone' }
  | ({ readonly type: 'pods' } & PodSelection)
  | { readonly type: 'addresses'; readonly addresses: CidrSet }
  | { readonly type: 'nodes'; readonly selector: LabelSelector }
  | { readonly type: 'domainNames'; readonly names: readonly string[] };

/** What a rule matches, whatever is declared: rules with the same extents match the same in every cluster. */
export interface RuleExtent {
  readonly placed: PlacedRule;
  readonly peers: readonly Extent[];
  readonly numbers: TrafficSet;
  /** Ports by name, as `TCP http`, or ` http` where any protocol is meant. */
  readonly names: ReadonlySet<string>;
}

/** `undefined` where the rule has a part that nobody knows yet, or a peer that nothing can match. */
export function extentOf(placed: PlacedRule): RuleExtent | undefined {
  const { rule, policy } = placed;
  const peers = rule.peers.map((peer: NetworkPolicyPeer | ClusterPolicyPeer) => peerExtent(peer, policy));
  const ports: readonly (NetworkPolicyPort | ClusterPolicyPort)[] = rule.ports;
  if (peers.includes(undefined) || ports.some(({ type }) => type === 'unknown')) return undefined;
  const known = peers.filter((peer) => peer !== undefined);
  return {
    placed,
    // NP-08: no peers, no restriction.
    peers: known.length === 0 ? [{ type: 'anyone' }] : known,
    numbers: ports.length === 0 ? TrafficSet.all : ports.map(numbersOf).reduce((sum, each) => sum.union(each)),
    names: new Set(ports.flatMap((port) => (port.type === 'named' ? [portName(port)] : []))),
  };
}

/** Whether one selection means all that another means, in every cluster. */
export function selectionCovers(wide: PodSelection, narrow: PodSelection): boolean {
  return narrow.pods.implies(wide.pods) && narrow.namespaces.implies(wide.namespaces);
}

function peerExtent(peer: NetworkPolicyPeer | ClusterPolicyPeer, policy: Policy): Extent | undefined {
  switch (peer.type) {
    case 'pods': {
      const selection = peerSelection(peer, policy);
      const isPossible = selection.pods.isSatisfiable() && selection.namespaces.isSatisfiable();
      return isPossible ? { type: 'pods', pods: selection.pods, namespaces: selection.namespaces } : undefined;
    }
    case 'ipBlock':
    case 'networks':
      return peer.addresses.isEmpty ? undefined : { type: 'addresses', addresses: peer.addresses };
    case 'nodes':
      return { type: 'nodes', selector: peer.selector };
    case 'domainNames':
      return { type: 'domainNames', names: peer.names };
    case 'unknown':
      return undefined;
  }
}

/** Whether one peer means all that another means, in every cluster. */
export function peerCovers(wide: Extent, narrow: Extent): boolean {
  if (wide.type === 'anyone') return true;
  if (wide.type === 'pods' && narrow.type === 'pods') return selectionCovers(wide, narrow);
  if (wide.type === 'addresses' && narrow.type === 'addresses') return wide.addresses.covers(narrow.addresses);
  if (wide.type === 'nodes' && narrow.type === 'nodes') return narrow.selector.implies(wide.selector);
  if (wide.type === 'domainNames' && narrow.type === 'domainNames') {
    return narrow.names.every((name) => wide.names.some((each) => nameCovers(each, name)));
  }
  return false;
}

/** `*.example.com` means every name below, at any depth, but not `example.com` itself. */
function nameCovers(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.startsWith('*.') && narrow.endsWith(wide.slice(1)));
}

/** What a port lets through by number. */
export function numbersOf(port: NetworkPolicyPort | ClusterPolicyPort): TrafficSet {
  if (port.type === 'all') return TrafficSet.of(port.protocol, PortSet.all);
  return port.type === 'range' ? TrafficSet.of(port.protocol, PortSet.range(port.first, port.last)) : TrafficSet.empty;
}

function portName(port: { readonly name: string; readonly protocol?: Protocol }): string {
  return `${port.protocol ?? ''} ${port.name}`;
}
