import type { LintOf, ObjectName } from '../../model/finding/lint';
import { listed } from '../reason';
import { type LintWording, policyText } from './lint-words';
import { didYouMean, oneOf, quoted } from './wording';

type DnsLint = LintOf<'PTL530' | 'PTL531' | 'PTL532' | 'PTL533' | 'PTL534'>;

/** Lints about names and lookups. */
export function dnsWording(lint: DnsLint): LintWording {
  const object = objectText(lint.object);
  switch (lint.code) {
    case 'PTL530':
      return {
        title: `${object} is told of ${quoted(lint.host)}, a name that nothing in the cluster has`,
        label: `no Service has this name${didYouMean(lint.didYouMean)}`,
        why: "A name without a namespace is looked up in the pod's own, one with a namespace in that; the DNS has a name for each Service and no other (DNS-15, DNS-22).",
        fix: lint.didYouMean === undefined ? 'name a Service that is there' : `write ${quoted(lint.didYouMean)}`,
      };
    case 'PTL531':
      return {
        title: `${object} is told of port ${lint.port} of ${quoted(lint.host)}, which Service ${quoted(lint.service)} does not serve`,
        label: lint.has.length === 0 ? 'it serves no port' : `it serves ${oneOf(lint.has)}`,
        why: 'A Service serves the ports in its list and no other, whatever its pods listen on (SVC-10).',
        fix: 'name one of its ports, or add the port to the Service',
      };
    case 'PTL532':
      return {
        title: `${object} means the host ${quoted(lint.host)} and gets Service ${quoted(lint.service)}`,
        label: 'captured by the search list',
        why: 'A name with fewer than five dots is tried with the search domains first, and there is a Service of this name in a namespace of that (DNS-23).',
        fix: `write ${quoted(`${lint.host}.`)}: the dot at its end keeps the search list away`,
      };
    case 'PTL533':
      return {
        title: `${object} is on the network of its nodes and can't look up ${listed(lint.hosts.map(quoted))}`,
        label: "asks the node's resolver",
        why: 'With hostNetwork the policy ClusterFirst falls back to that of the node, whose resolver does not know the names of the cluster (DNS-19).',
        fix: 'set `dnsPolicy: ClusterFirstWithHostNet`',
      };
    case 'PTL534':
      return {
        title: `${policyText(lint.object)} keeps ${listed(lint.workloads.map(quoted))} from looking up any name`,
        label: 'no rule lets 53/UDP out to the DNS pods',
        why: `A name is looked up at the DNS pods first, and that lookup obeys policies like any other flow: ${quoted(lint.target)} may be reached, but by its address only (DNS-29).`,
        fix: 'allow 53/UDP and 53/TCP to the pods with k8s-app=kube-dns in kube-system',
      };
  }
}

function objectText({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${quoted(`${namespace}/${name}`)}`;
}
