import type { Doubt } from '../values/ternary';
import { outcomeOf, type PolicyHop } from './verdict';

const NODE_SEEN: Doubt = {
  rule: 'NP-39',
  wouldDecide:
    "whether the network plugin sees the client or the node where the pod's own node puts its address in place",
};

/** NP-39: what policies say where nobody knows whether they see a client or the node that puts its address in place. */
export function eitherSeen(asNode: readonly PolicyHop[], asClient: readonly PolicyHop[]): readonly PolicyHop[] {
  if (outcomeOf(asNode) === outcomeOf(asClient)) return asNode;
  return asNode.map((hop) => ({ ...hop, decision: 'unknown', outcome: 'unknown', doubts: [...hop.doubts, NODE_SEEN] }));
}
