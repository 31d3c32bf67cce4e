import type { Cause, Finding } from '../../intents/finding';
import type { LintOf } from '../../model/finding/lint';
import { formatField } from '../../model/manifest/reader/place';
import { nodesText } from '../../model/reach/node-firewall';
import type { FirewallHop } from '../../model/reach/verdict';
import type { LintWording } from './lint-words';
import { named, quoted, type Wording } from './wording';

/** NET-01: promises that what guards the nodes breaks. */
export function nodeFirewallWording(
  { subject, target }: Finding,
  cause: Cause & { code: 'PTL330' | 'PTL332' },
): Wording {
  if (cause.code === 'PTL330') {
    const { admitting } = cause;
    const { traffic, rule } = admitting;
    return {
      title: `the firewall of ${whose(admitting)} lets ${named(subject)} in to ${named(target)}, which was promised not to`,
      label: `lets in ${traffic}`,
      culprits: [traffic],
      why: `${rule ? `${quoted(formatField(rule) ?? '')} of the cluster profile` : 'The firewall'} lets it in at ${traffic}. Policies of pods have no say at the ports of nodes: what guards these is all that can keep somebody out (NET-01).`,
      advice: 'narrow the senders or the ports of the rule, in the cluster profile and in what guards the nodes',
    };
  }
  const { stop } = cause;
  return {
    title: `the firewall of ${whose(stop)} shuts ${named(subject)} out of ${named(target)}`,
    label: `lets nobody of them in at ${stop.traffic}`,
    why: 'A `firewall` in the cluster profile lists what is let in to the nodes; everything else is shut (NET-01).',
    advice: `add a rule with ${quoted(stop.traffic)} for these senders, in the cluster profile and in what guards the nodes`,
  };
}

function whose({ role }: FirewallHop): string {
  return role ? nodesText(role) : 'the nodes';
}

/** PTL331. */
export function shutByFirewall({ role, port, purpose, rule }: LintOf<'PTL331'>): LintWording {
  const whole = { 'NET-01': 'what Kubernetes needs of them', 'NET-11': 'what the pod network sends between them' }[
    rule
  ];
  return {
    title: `the firewall of ${nodesText(role)} lets no other node in at ${port}: ${purpose}`,
    label: `no rule lets nodes in at ${port}`,
    why: `A \`firewall\` in the cluster profile lists what is let in; everything else is shut. Nodes must let each other in to ${whole} (${rule}).`,
    fix: `add \`{ from: nodes, ports: ${port} }\`, here and in what guards the nodes; \`portolan firewall\` prints all that the cluster needs`,
  };
}
