import { inNamespace } from '../model/cluster/pod-selection';
import type { NetworkPolicyResource, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { PolicyHop } from '../model/reach/verdict';
import { LabelSelector } from '../model/values/label-selector';
import type { Change } from './change';
import { isYaml, peerYaml, podsCode, policyYaml } from './fix-code';
import { freeName, inChartOf } from './free-id';
import { newPolicy } from './new-resources';

/**
 * DNS-29: UDP and TCP to the DNS pods' own port, beside what denies it: for every pod of the namespace where the deny is for
 * every pod, else for the one app, because a policy for others would isolate them.
 */
export function allowDns(stop: PolicyHop, resources: readonly Resource[]): readonly Change[] {
  const policies = resources.filter((r): r is NetworkPolicyResource => r.type === 'networkPolicy');
  const denying = policies.filter((policy) =>
    stop.decidedBy.some(({ namespace, name }) => policy.namespace === namespace && policy.name === name),
  );
  if (stop.hop !== 'egress-policy' || denying.length === 0) return [];
  const { workload, labels, namespace } = stop.at;
  const isForAll = denying.some((policy) => policy.podSelector.isEverything);
  const own = workload.selector ?? LabelSelector.fromLabels(labels.known);
  const port = Number(stop.traffic.split('/')[0]);
  const podSelector = isForAll ? LabelSelector.everything : own;
  const inYaml = isYaml(denying[0].origin);
  const about = { kind: 'NetworkPolicy', namespace: namespace.name };
  const name = freeName(inYaml ? 'allow-dns' : 'dns', about, resources);
  const policy = newPolicy({ name, namespace: namespace.name, podSelector, egress: [dnsRule(port)] });
  const props = [
    ...(isForAll ? [] : [`from: ${podsCode(stop.at, own, namespace.name)}`]),
    ...(port === 53 ? [] : [`port: ${port}`]),
  ];
  const options = props.length > 0 ? `, { ${props.join(', ')} }` : '';
  const fix = {
    summary: isForAll ? 'allow DNS beside the default deny' : 'allow DNS for the pods that a policy isolates',
    add: inYaml
      ? policyYaml(policy, policy.podSelector, 'egress', [
          ...peerYaml('to', DNS_PODS),
          `ports: [{ port: ${port}, protocol: UDP }, { port: ${port}, protocol: TCP }]`,
        ])
      : inChartOf(namespace.name, `new AllowDns(this, '${name}'${options});`),
  };
  return [{ fix, resources: [...resources, policy] }];
}

/** DNS-26: by the labels that every installer gives them. */
const DNS_PODS = {
  type: 'pods' as const,
  namespaceSelector: inNamespace('kube-system'),
  podSelector: LabelSelector.fromLabels({ 'k8s-app': 'kube-dns' }),
};

/** The rule that every pod under an egress policy needs to look names up. @param port the DNS pods' own (DNS-26) */
export function dnsRule(port: number): NetworkPolicyRule {
  const open = (protocol: 'UDP' | 'TCP') => ({ type: 'range' as const, protocol, first: port, last: port });
  return { peers: [DNS_PODS], ports: [open('UDP'), open('TCP')], field: ['spec', 'egress', 0] };
}
