import type {
  AdminPortManifest,
  AdminRuleManifest,
  ClusterAction,
  ClusterPeerManifest,
  ClusterPolicyManifest,
  ClusterRuleManifest,
  ClusterSubject,
  DestinationPort,
  ProtocolManifest,
} from './cluster-policy-manifests';
import type { Direction, Protocol } from './manifests';

/** An administrators' policy, whichever of the three kinds it was written as (NP-43). */
export interface ClusterPolicy {
  readonly kind: ClusterPolicyManifest['kind'];
  readonly name: string;
  readonly tier: 'Admin' | 'Baseline';
  /** The lowest number is looked at first. The one BaselineAdminNetworkPolicy of a cluster has none to compare with. */
  readonly priority: number;
  readonly subject: ClusterSubject;
  readonly rules: Readonly<Record<Direction, readonly ClusterRule[]>>;
}

export interface ClusterRule {
  readonly action: ClusterAction;
  readonly peers: readonly ClusterPeerManifest[];
  /** All traffic where there are none. */
  readonly ports?: readonly ClusterPort[];
}

/** A name means a port of any protocol, other than in NetworkPolicy (NP-23). */
export type ClusterPort =
  | { readonly type: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'unknown' };

export function clusterPolicyOf(manifest: ClusterPolicyManifest): ClusterPolicy {
  const { kind, metadata } = manifest;
  switch (manifest.kind) {
    case 'ClusterNetworkPolicy': {
      const { tier, priority, subject, ingress = [], egress = [] } = manifest.spec;
      const Ingress = ingress.map((rule) => fromProtocols(rule, rule.from));
      const Egress = egress.map((rule) => fromProtocols(rule, rule.to));
      return { kind, name: metadata.name, tier, priority, subject, rules: { Ingress, Egress } };
    }
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy': {
      const { subject, ingress = [], egress = [] } = manifest.spec;
      const [tier, priority] =
        manifest.kind === 'AdminNetworkPolicy'
          ? (['Admin', manifest.spec.priority] as const)
          : (['Baseline', 0] as const);
      const Ingress = ingress.map((rule) => fromPorts(rule, rule.from));
      const Egress = egress.map((rule) => fromPorts(rule, rule.to));
      return { kind, name: metadata.name, tier, priority, subject, rules: { Ingress, Egress } };
    }
  }
}

function fromProtocols({ action, protocols }: ClusterRuleManifest, peers: readonly ClusterPeerManifest[]): ClusterRule {
  return { action, peers, ...(protocols && { ports: protocols.map(portOfProtocol) }) };
}

function portOfProtocol({ tcp, udp, sctp, destinationNamedPort }: ProtocolManifest): ClusterPort {
  if (destinationNamedPort !== undefined) {
    return { type: 'name', name: destinationNamedPort };
  }
  const given = [['TCP', tcp] as const, ['UDP', udp] as const, ['SCTP', sctp] as const].find(([, match]) => match);
  if (given === undefined) {
    return { type: 'unknown' };
  }
  const [protocol, match] = given;
  return { type: 'range', protocol, ...rangeOf(match?.destinationPort) };
}

/** All ports of the protocol where none is given. */
function rangeOf(port: DestinationPort | undefined): { first: number; last: number } {
  const { start, end } = port?.range ?? { start: port?.number ?? 1, end: port?.number ?? 65535 };
  return { first: start, last: end };
}

function fromPorts({ action, ports }: AdminRuleManifest, peers: readonly ClusterPeerManifest[]): ClusterRule {
  return { action: action === 'Allow' ? 'Accept' : action, peers, ...(ports && { ports: ports.map(portOfAdmin) }) };
}

function portOfAdmin({ portNumber, portRange, namedPort }: AdminPortManifest): ClusterPort {
  if (portNumber !== undefined) {
    const { protocol = 'TCP', port } = portNumber;
    return { type: 'range', protocol, first: port, last: port };
  }
  if (portRange !== undefined) {
    const { protocol = 'TCP', start, end } = portRange;
    return { type: 'range', protocol, first: start, last: end };
  }
  return namedPort === undefined ? { type: 'unknown' } : { type: 'name', name: namedPort };
}
