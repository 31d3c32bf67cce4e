import type { Cause, Finding } from '../../intents/finding';
import { listed, policyName } from '../reason';
import { claimOf, named, quoted, type Wording } from './wording';

type ExposureCause = Cause & { code: 'PTL104' | 'PTL113' | 'PTL114' | 'PTL120' | 'PTL121' };

export function exposureWording(finding: Finding, cause: ExposureCause): Wording {
  const { subject, target, offenders } = finding;
  switch (cause.code) {
    case 'PTL104':
      if (cause.inPod) return inOnePod(finding);
      return {
        title: `${named(subject)} can reach ${named(target)}, and was promised not to`,
        label: cause.allPorts ? 'lists no port, which means all ports' : labelOf(finding, 'lets it through'),
        why: `A promise not to reach is about every way and, unless a port is named, every port. ${cause.allPorts ? EVERY_PORT : ''}${opennessOf(finding)}`,
        advice: cause.allPorts
          ? 'list the ports that are meant; cdk8s-plus takes them from the containers of the peer, or from `{ ports: [NetworkPolicyPort.tcp(...)] }`'
          : isByRule(finding)
            ? 'narrow the rule that lets it through, or leave it out'
            : `isolate one end: ${quoted('new DefaultDeny(...)')} in its namespace, or a policy that selects it`,
      };
    case 'PTL113':
      return {
        title: `${named(subject)} is open to more than ${named(target)}: ${named(offenders[0] ?? 'others')} gets in`,
        label: labelOf(finding, 'lets more in than was promised'),
        why: `${opennessOf(finding)} Others are the declared pods, pods that nobody declared here but that a rule would let in, other nodes, and every address outside; the pod's own node always gets in (NP-30).`,
        advice: 'narrow the rule to the sources that you listed, or list who else may',
      };
    case 'PTL114':
      return {
        title: `${named(subject)} reaches more than ${named(target)}: it gets to ${named(offenders[0] ?? 'others')}`,
        label: labelOf(finding, 'lets it out to more than was promised'),
        why: `${opennessOf(finding)} Whoever is not listed counts: pods that nobody declared yet, other nodes, addresses outside; lookups at the DNS alone are left out (DNS-29).`,
        advice: 'narrow the egress of its policy to what you listed, or list what else it may reach',
      };
    case 'PTL120':
      return {
        title: `${named(offenders[0] ?? subject)} is exposed to ${named(target)}`,
        label: cause.url === undefined ? labelOf(finding, 'lets it in') : `sends requests for ${cause.url} there`,
        why: `${doorText(cause)} ${opennessOf(finding)}`,
        advice: isByRule(finding)
          ? 'leave out what opens it (of an app, `expose`), or add it to `except`'
          : 'close it with a policy that selects it for ingress, take the way in away, or add it to `except`',
      };
    case 'PTL121':
      return {
        title: `nothing leads in from outside, but it was promised that ${claimOf(finding)}`,
        label:
          cause.idle === undefined ? 'has no way in' : 'leads to no pod: its selector or its target port fits none',
        why: 'Addresses outside get in only through a LoadBalancer, NodePort, externalIP, hostPort or an Ingress; a ClusterIP exists inside the cluster only.',
        advice: "expose it: `expose: { type: 'LoadBalancer' }`",
      };
  }
}

function inOnePod({ subject, target }: Finding): Wording {
  return {
    title: `${named(subject)} can reach ${named(target)}, and was promised not to`,
    label: 'has both in one pod',
    why: 'Containers of a pod have one network: the localhost of one is that of the others, and no policy stands between them (NET-07, NP-31).',
    advice: 'run them in pods of their own, as two apps, and promise it of these',
  };
}

const EVERY_PORT =
  'An empty list of ports is no restriction: it opens all ports of all protocols, and not none (NP-07). ';

/** Whether a rule lets the flow through, or the lack of any policy. */
function opennessOf({ example }: Finding): string {
  const hops = example?.hops ?? [];
  const deciders = hops.flatMap((hop) => ('decidedBy' in hop ? hop.decidedBy : []));
  const policies = [...new Set(deciders.map(policyName))];
  if (policies.length === 0)
    return 'No policy isolates either end, and what none isolates lets everything pass (NP-03).';
  return `${listed(policies)} let${policies.length === 1 ? 's' : ''} it pass, and no policy can forbid what another allows (NP-04).`;
}

/** NP-04: what a rule lets pass no further policy can forbid. */
function isByRule({ example }: Finding): boolean {
  return (example?.hops ?? []).some((hop) => 'decidedBy' in hop && hop.decidedBy.length > 0);
}

/** NP-28: what is blamed where no rule lets it pass. */
function labelOf(finding: Finding, ofRule: string): string {
  const { example } = finding;
  const isOnNodes = [example?.source, example?.target].some((pod) => pod?.hostNetwork);
  return !isByRule(finding) && isOnNodes ? 'is on the network of its node, where no policy rules it' : ofRule;
}

function doorText({ via, by, url }: ExposureCause & { code: 'PTL120' }): string {
  switch (via) {
    case 'Ingress':
    case 'Gateway':
      return `Whoever asks for ${url} is sent there by ${by}, and policies see that proxy alone, not the client (NP-40).`;
    case 'podIP':
      return 'To be exposed it is enough that policies let addresses outside in, whatever route brings them (NP-08).';
    case 'hostPort':
      return 'A hostPort opens it on its node.';
    case 'hostNetwork':
      return 'Its pods are on the network of their nodes.';
    default:
      return `A Service leads in by ${via}, and behind it policies may see a node in place of the client (NP-39).`;
  }
}
