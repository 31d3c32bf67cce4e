import type { Cause, Finding } from '../../intents/finding';
import { formatField } from '../../model/manifest/reader/place';
import { nodesText } from '../../model/reach/node-firewall';
import type { FirewallHop } from '../../model/reach/verdict';
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
