import type { ClusterProfile, CniCapabilities } from '../cluster/profile';
import type { Direction, PolicyBlock, Rank, Stage, Tier } from './language';

/** How a network plugin arranges and limits what the dialects compiled. */
export interface Enforcer extends CniCapabilities {
  arrange(blocks: readonly PolicyBlock[]): { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] };
}

/** Tiers in the order in which packets meet them. */
const TIERS = ['unmodelled', 'NetworkPolicy'] as const;

export type TierName = (typeof TIERS)[number];

export function enforcerOf(profile: ClusterProfile): Enforcer {
  const { capabilities } = profile;
  return {
    ...capabilities,
    arrange: (blocks) => ({ egress: stagesOf('egress', blocks), ingress: stagesOf('ingress', blocks) }),
  };
}

function stagesOf(direction: Direction, blocks: readonly PolicyBlock[]): readonly Stage[] {
  const tiers = TIERS.map((name) =>
    tierOf(
      name,
      blocks.filter((b) => b.direction === direction && b.order.tier === name),
    ),
  );
  const filled = tiers.filter((tier) => tier.ranks.length > 0 || tier.isolation.length > 0);
  if (filled.length === 0) return [];
  return [
    {
      direction,
      at: 'pod',
      // NP-19: policies see the pod's own address and port, after the Service's translation.
      sees: 'after-translation',
      exempt: direction === 'ingress' ? ['same-pod', 'own-node-in'] : ['same-pod'],
      tiers: filled,
      refusal: 'drop',
    },
  ];
}

function tierOf(name: string, blocks: readonly PolicyBlock[]): Tier {
  const ranks = [...new Set(blocks.map((block) => block.order.rank))].sort((a, b) => a - b);
  return {
    name,
    ranks: ranks.map((rank) => rankOf(blocks.filter((block) => block.order.rank === rank))),
    isolation: blocks.flatMap((block) => block.isolation),
  };
}

/** Blocks of one tie stand one behind the other in one lane; where the tie is undefined each has a lane of its own. */
function rankOf(blocks: readonly PolicyBlock[]): Rank {
  const undefinedOrder = blocks.filter((block) => block.order.tie === 'undefined').map((block) => block.rules);
  const ordered = blocks
    .filter((block) => block.order.tie !== 'undefined')
    .sort((a, b) => (a.order.tie < b.order.tie ? -1 : a.order.tie > b.order.tie ? 1 : 0))
    .flatMap((block) => block.rules);
  return { lanes: [...(ordered.length > 0 ? [ordered] : []), ...undefinedOrder] };
}
