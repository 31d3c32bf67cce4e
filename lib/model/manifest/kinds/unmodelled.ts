import type { Place } from '../reader/place';
import type { UnmodelledResource } from '../resources';
import { type Kind, kind } from './kind';

type Concern = UnmodelledResource['concern'];

/** Kinds that exist once for the whole cluster. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
]);

/** What each API group offers that could decide about traffic; any version of the group. */
const KINDS: readonly (readonly [Concern, group: string, kinds: readonly string[]])[] = [
  ['policy', 'policy.networking.k8s.io', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['policy', 'projectcalico.org', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['policy', 'crd.projectcalico.org', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['policy', 'cilium.io', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'CiliumLocalRedirectPolicy']],
  ['policy', 'crd.antrea.io', ['NetworkPolicy', 'ClusterNetworkPolicy']],
  ['policy', 'k8s.cni.cncf.io', ['MultiNetworkPolicy']],
  ['policy', 'k8s.ovn.org', ['EgressFirewall']],
  ['policy', 'network.openshift.io', ['EgressNetworkPolicy']],
  ['mesh', 'security.istio.io', ['AuthorizationPolicy', 'PeerAuthentication']],
  ['mesh', 'networking.istio.io', ['Sidecar']],
  ['mesh', 'policy.linkerd.io', ['AuthorizationPolicy', 'Server', 'ServerAuthorization']],
  // The version of today is read; those before it had other fields.
  ['routing', 'networking.k8s.io', ['Ingress']],
  ['routing', 'extensions', ['Ingress']],
  // Likewise.
  ['routing', 'gateway.networking.k8s.io', ['Gateway', 'GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute']],
  ['routing', 'networking.istio.io', ['Gateway', 'VirtualService']],
  ['routing', 'route.openshift.io', ['Route']],
  // It guards what comes through a Gateway, not the pods.
  ['routing', 'gateway.envoyproxy.io', ['SecurityPolicy']],
];

export const unmodelledKinds: readonly Kind[] = KINDS.flatMap(([concern, group, names]) =>
  names.map((name) => unmodelled(concern, group, name)),
);

/**
 * Kinds that other vendors give to what decides about traffic, by the ends of their names: of a group that nobody listed a
 * policy must not be passed over in silence, for that would let a verdict be wrong.
 */
const FOREIGN: readonly (readonly [Concern, names: RegExp])[] = [
  ['policy', /(?:(?:Network|Security|SecurityGroup|Firewall|Egress|Ingress)Polic(?:y|ies)|Firewall)$/],
  ['mesh', /(?:TrafficPermission|TrafficTarget|ServiceIntentions|PeerAuthentication|Authorization(?:Policy)?)$/],
  [
    'routing',
    /(?:Ingress|Route|RouteGroup|RouteTable|Proxy|VirtualServer|VirtualService|TransportServer)(?:TCP|UDP)?$/,
  ],
  ['routing', /^(?:Gateway|Mapping|TCPMapping|TraefikService|TargetGroupBinding)$/],
];

/** Staged policies of Calico only tell what they would do. */
const HARMLESS = /^Staged/;

/** Policies of a whole mesh or cluster, in whatever namespace they stand. */
const OF_ALL_NAMESPACES = /^(?:Admin|Baseline|Cluster|Global|Mesh)|Clusterwide/;

/**
 * A kind of a group that is listed nowhere, if its name tells that it decides about traffic.
 *
 * @param group that of a vendor: Kubernetes itself has no kinds but those that are known
 */
export function foreignKind(group: string, name: string): Kind | undefined {
  const found = HARMLESS.test(name) ? undefined : FOREIGN.find(([, names]) => names.test(name));
  if (!found) return undefined;
  const [concern] = found;
  const make = (spec: unknown) => ({ type: 'unmodelled', concern, spec }) as const;
  const named = kind({ kind: name, group, namespaced: true, body: rules, make });
  const ofAll = kind({ kind: name, group, namespaced: false, body: rules, make });
  if (OF_ALL_NAMESPACES.test(name)) return ofAll;
  // Whether the kind is namespaced its manifest tells only by naming a namespace; else it may speak of every one.
  const isNamed = (object: Place) => !object.at('metadata').at('namespace').isAbsent;
  return { ...named, read: (object) => (isNamed(object) ? named : ofAll).read(object) };
}

function unmodelled(concern: Concern, group: string, name: string): Kind {
  return kind({
    kind: name,
    group,
    namespaced: !CLUSTER_SCOPED.has(name),
    body: rules,
    make: (spec) => ({ type: 'unmodelled', concern, spec }),
  });
}

/** The `spec`; the whole object where the kind has none, or keeps its rules beside it too (Cilium's `specs`). */
function rules(object: Place): unknown {
  const spec = object.at('spec');
  return spec.isAbsent || !object.at('specs').isAbsent ? object.value : spec.value;
}
