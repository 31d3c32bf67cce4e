import type { Doubt } from '../values/ternary';
import { either } from './either-form';
import type { End } from './policy-hops';
import type { FabricHop, FirewallHop, PolicyHop } from './verdict';

const SEEN: Doubt = {
  rule: 'SVC-15',
  wouldDecide:
    'whom policies see behind addresses of nodes and load balancers where the network plugin serves Services',
};
const CARRIER: Doubt = {
  rule: 'NET-04',
  wouldDecide: 'which node the network plugin that serves Services sends the packet from, and in what wrapping',
};
const TRANSLATED: Doubt = {
  rule: 'SVC-20',
  wouldDecide:
    'where the network plugin that serves Services translates what is sent to a node: before it leaves the client, or there',
};

/**
 * SVC-15: policies that see the client, or a node in its place, or somebody outside with the address of one, as a plugin
 * may take packets that a node has sent on.
 */
export function bySomebody(
  client: End,
  node: End,
  entering: (seen: End) => readonly PolicyHop[],
): readonly PolicyHop[] {
  const asOutside: End = 'pod' in node ? node : { ...node, node: undefined };
  return [node, asOutside].reduce((met, form) => either(met, entering(form), SEEN), entering(client));
}

/** What policies of the client make of a packet that is translated before they see it, or after. */
export function translatedSomewhere(one: readonly PolicyHop[], other: readonly PolicyHop[]): readonly PolicyHop[] {
  return either(one, other, TRANSLATED);
}

/** The firewall of a node that a packet from inside perhaps never meets. */
export function openedGuard(hop: FirewallHop): FirewallHop {
  return hop.decision === 'stops' ? { ...hop, decision: 'unknown', doubts: [...hop.doubts, TRANSLATED] } : hop;
}

/** The firewall of the node that has the backend, whoever it sees. */
export function guardSeeingSomebody(
  one: readonly FirewallHop[],
  other: readonly FirewallHop[],
): readonly FirewallHop[] {
  const differ = one.some(({ decision }, i) => decision !== other[i]?.decision) || one.length !== other.length;
  if (!differ) return one;
  return (one.length > 0 ? one : other).map((hop) => ({ ...hop, decision: 'unknown', doubts: [...hop.doubts, SEEN] }));
}

/** NET-04: the way of a packet into the pod network, from either of two senders, or in a wrapping that the plugin has for it. */
export function carriedBySomebody(one: readonly FabricHop[], other: readonly FabricHop[]): readonly FabricHop[] {
  const all = [...one, ...other];
  const shown = one.length > 0 ? one : other;
  if (all.every(({ decision }) => decision === 'passes')) return shown;
  const doubts = [...all.flatMap((hop) => hop.doubts), CARRIER];
  return shown.map((hop) => ({ ...hop, decision: 'unknown', doubts }));
}
