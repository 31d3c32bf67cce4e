import type { Doubt } from '../values/ternary';
import { outcomeOf, type PolicyHop } from './verdict';

/** NP-39: what policies see where a pod's own node puts its address in place of the client's. */
export const NODE_SEEN: Doubt = {
  rule: 'NP-39',
  wouldDecide:
    "whether the network plugin sees the client or the node where the pod's own node puts its address in place",
};

/** What the policies of one pod say where nobody knows which of two forms of a packet they see. */
export function either(one: readonly PolicyHop[], other: readonly PolicyHop[], doubt: Doubt): readonly PolicyHop[] {
  if (outcomeOf(one) === outcomeOf(other)) return one;
  return one.map((hop) => ({ ...hop, decision: 'unknown', outcome: 'unknown', doubts: [...hop.doubts, doubt] }));
}
