import { inNamespace } from '../model/cluster/pod-selection';
import type { NetworkPolicyResource, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { PolicyHop } from '../model/reach/verdict';
import { LabelSelector } from '../model/values/label-selector';
import type { Fix } from './finding';

/** DNS-29: UDP and TCP to the DNS pods' own port, for every pod of the namespace whose lookups stop. */
export function allowDns(
  stop: PolicyHop,
  resources: readonly Resource[],
): readonly { readonly fix: Fix; readonly resources: readonly Resource[] }[] {
  const like = resources.find((r): r is NetworkPolicyResource => r.type === 'networkPolicy');
  if (stop.hop !== 'egress-policy' || !like) return [];
  const namespace = stop.at.namespace.name;
  const port = Number(stop.traffic.split('/')[0]);
  const policy: NetworkPolicyResource = {
    ...like,
    name: 'allow-dns',
    namespace,
    podSelector: LabelSelector.everything,
    directions: { ingress: false, egress: true },
    ingress: [],
    egress: [dnsRule(port)],
  };
  const fix = {
    summary: 'allow DNS beside the default deny',
    add: `new AllowDns(this, 'dns');   in the chart of namespace ${namespace}`,
  };
  return [{ fix, resources: [...resources, policy] }];
}

/** The rule that every pod under an egress policy needs to look names up. @param port the DNS pods' own (DNS-26) */
export function dnsRule(port: number): NetworkPolicyRule {
  const open = (protocol: 'UDP' | 'TCP') => ({ type: 'range' as const, protocol, first: port, last: port });
  const peer = {
    type: 'pods' as const,
    namespaceSelector: inNamespace('kube-system'),
    podSelector: LabelSelector.fromLabels({ 'k8s-app': 'kube-dns' }),
  };
  return { peers: [peer], ports: [open('UDP'), open('TCP')], field: ['spec', 'egress', 0] };
}
