import type { Cause, Finding } from '../../intents/finding';
import { policyName } from '../reason';
import { named, type Wording } from './wording';

type LookupCause = Cause & { code: 'PTL102' | 'PTL501' };

export function lookupWording({ subject, target, intent }: Finding, cause: LookupCause): Wording {
  const isName = intent.verb === 'toResolve';
  const cannot = `${named(subject)} cannot ${isName ? 'resolve' : 'reach'} ${named(target)}`;
  if (cause.code === 'PTL501') {
    return {
      title: `${cannot}${isName ? '' : ' by name'}: it does not ask the cluster's DNS`,
      culprits: ['dnsPolicy'],
      label: cause.custom ? 'dnsPolicy None: its servers are its own' : 'looks names up where its node does',
      why: "Only ClusterFirst asks the cluster's DNS, and on the host's network it falls back to the node's resolver, which knows no name of the cluster (DNS-19).",
      advice: 'set dnsPolicy to ClusterFirst, or ClusterFirstWithHostNet on the host network',
    };
  }
  if (cause.overTcpOnly) {
    return {
      title: `${cannot} for sure: its lookups pass over UDP but not over TCP`,
      label: 'no rule allows DNS over TCP',
      why: 'An answer that does not fit into one UDP packet is asked for again over TCP; if that is shut, the name fails (DNS-29).',
      advice: 'allow TCP 53 beside UDP 53',
    };
  }
  if (cause.ofServer) {
    return {
      title: `${cannot}: the cluster's DNS can't answer`,
      label: `no rule lets the DNS pods out to ${cause.stop.peer}, ${cause.stop.traffic}`,
      why: 'The DNS pods learn the names of the cluster from the API server; while they are kept from it they know none (DNS-28).',
      advice: `let the pods k8s-app=kube-dns in kube-system out to ${cause.stop.traffic} of the API server`,
    };
  }
  const counterfactual = cause.wouldConnect ? ' Only the lookup fails: given the address, it would connect.' : '';
  const { isolator } = cause;
  const isDenial = isolator?.index !== undefined;
  const blocker = isolator ? policyName(isolator) : 'A policy';
  const blocked = isDenial
    ? `${blocker} denies it, and no rule before it accepts DNS`
    : `${blocker} isolates it, and no policy allows DNS`;
  const open = isDenial
    ? 'accept UDP and TCP 53 to the pods k8s-app=kube-dns in kube-system in a rule before it'
    : 'allow UDP and TCP 53 to the pods k8s-app=kube-dns in kube-system';
  const way = cause.stop.hop === 'egress-policy' ? 'out to the DNS pods' : 'into the DNS pods';
  return {
    title: `${cannot}: the name lookup is blocked`,
    label: isDenial
      ? `drops lookups: denies ${cause.stop.traffic} ${way}`
      : `drops lookups: no rule lets ${cause.stop.traffic} ${way}`,
    why: `A name is looked up at the cluster's DNS pods first, and that lookup obeys policies like any other flow. ${blocked} (DNS-29).${counterfactual}`,
    advice: cause.wouldConnect || isName ? open : `${open}, and then the connection itself at both ends`,
  };
}
