import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { BlockOrder, PolicyBlock, Rule } from '../language';
import { arrangeAtPod, type Enforcer, type Place } from './enforcer';
import { placeByApi } from './neutral';

/** The tier that Cilium's own policies ask for: they share that of NetworkPolicy. */
export const CILIUM_TIER = 'CiliumNetworkPolicy';
const NORMAL = 'NetworkPolicy';
const DEFAULT_DENY = 'default deny';

/**
 * Cilium: NetworkPolicies and its own policies are one heap in which any deny beats any allow, whatever object has it;
 * what its own policies deny by default they deny at the very end.
 */
export function ciliumEnforcer(capabilities: CniCapabilities): Enforcer {
  return { ...capabilities, arrange: (blocks) => arrangeAtPod(blocks.flatMap(heaped), place) };
}

function heaped(block: PolicyBlock): readonly PolicyBlock[] {
  if (block.order.tier !== NORMAL && block.order.tier !== CILIUM_TIER) return [block];
  const withRules = (rank: number, rules: readonly Rule[]): PolicyBlock[] =>
    rules.length === 0
      ? []
      : [{ ...block, rules, isolation: [], order: { ...block.order, tier: NORMAL, rank, ties: 'ordered' } }];
  const isDeny = (rule: Rule) => rule.action === 'deny';
  const isolationTier = block.order.tier === CILIUM_TIER ? DEFAULT_DENY : NORMAL;
  return [
    ...withRules(0, block.rules.filter(isDeny)),
    ...withRules(
      1,
      block.rules.filter((rule) => !isDeny(rule)),
    ),
    { ...block, rules: [], order: { ...block.order, tier: isolationTier, rank: 2 } },
  ];
}

function place(order: BlockOrder): Place | undefined {
  if (order.tier === DEFAULT_DENY) return { ...order, position: Number.POSITIVE_INFINITY };
  return placeByApi(order);
}
