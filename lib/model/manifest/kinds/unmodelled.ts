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
  ['policy', 'cilium.io', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']],
  ['policy', 'crd.antrea.io', ['NetworkPolicy', 'ClusterNetworkPolicy']],
  ['policy', 'k8s.cni.cncf.io', ['MultiNetworkPolicy']],
  ['policy', 'k8s.ovn.org', ['EgressFirewall']],
  ['policy', 'network.openshift.io', ['EgressNetworkPolicy']],
  ['mesh', 'security.istio.io', ['AuthorizationPolicy', 'PeerAuthentication']],
  ['mesh', 'networking.istio.io', ['Sidecar']],
  ['mesh', 'policy.linkerd.io', ['AuthorizationPolicy', 'Server', 'ServerAuthorization']],
  ['routing', 'networking.k8s.io', ['Ingress']],
  ['routing', 'extensions', ['Ingress']],
  ['routing', 'gateway.networking.k8s.io', ['Gateway', 'GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute']],
  ['routing', 'networking.istio.io', ['Gateway', 'VirtualService']],
  ['routing', 'route.openshift.io', ['Route']],
  ['routing', '', ['Endpoints']],
];

export const unmodelledKinds: readonly Kind[] = KINDS.flatMap(([concern, group, names]) =>
  names.map((name) => unmodelled(concern, group, name)),
);

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
