import type { CniCapabilities } from '../../cluster/cni/capabilities';
import { groupBy } from '../../values/group-by';
import {
  type BlockOrder,
  DATAPATH_TIER,
  type Direction,
  type PolicyBlock,
  type Rank,
  type Rule,
  type Stage,
  type Tier,
} from '../language';

/** How a network plugin arranges and limits what the dialects compiled. */
export interface Enforcer extends CniCapabilities {
  arrange(blocks: readonly PolicyBlock[]): { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] };
}

/** Where a plugin puts a block: its tier by name and position, and its rank there; `undefined` where it reads no such policy. */
export interface Place extends Pick<BlockOrder, 'tier' | 'rank' | 'ties'> {
  readonly position: number;
}

/**
 * One stage at the pod's own interface for each direction, its tiers in the order of their positions, and before it one of what
 * the datapath does not carry.
 */
export function arrangeAtPod(
  blocks: readonly PolicyBlock[],
  placeOf: (order: BlockOrder) => Place | undefined,
): { readonly egress: readonly Stage[]; readonly ingress: readonly Stage[] } {
  const placed: Placed[] = [];
  const uncarried: PolicyBlock[] = [];
  for (const block of blocks) {
    if (block.order.tier === DATAPATH_TIER) {
      uncarried.push(block);
      continue;
    }
    const place = placeOf(block.order);
    if (place) placed.push({ block, place });
  }
  const both = (direction: Direction) => [...datapathOf(direction, uncarried), ...stagesOf(direction, placed)];
  return { egress: both('egress'), ingress: both('ingress') };
}

function datapathOf(direction: Direction, blocks: readonly PolicyBlock[]): readonly Stage[] {
  const isolation = blocks.filter((block) => block.direction === direction).flatMap((block) => block.isolation);
  if (isolation.length === 0) return [];
  const tiers = [{ name: DATAPATH_TIER, ranks: [], isolation }];
  return [{ direction, at: 'pod', sees: 'after-translation', exempt: ['same-pod'], tiers, refusal: 'drop' }];
}

interface Placed {
  readonly block: PolicyBlock;
  readonly place: Place;
}

function stagesOf(direction: Direction, blocks: readonly Placed[]): readonly Stage[] {
  const own = blocks.filter(({ block }) => block.direction === direction);
  const byTier = groupBy(own, ({ place }) => `${place.position} ${place.tier}`);
  const tiers = [...byTier.values()].sort(([a], [b]) => inOrder(a.place, b.place)).map(tierOf);
  if (tiers.length === 0) return [];
  return [
    {
      direction,
      at: 'pod',
      // NP-19: policies see the pod's own address and port, after the Service's translation.
      sees: 'after-translation',
      exempt: direction === 'ingress' ? ['same-pod', 'own-node-in'] : ['same-pod'],
      tiers,
      refusal: 'drop',
    },
  ];
}

function inOrder(a: Place, b: Place): number {
  return a.position - b.position || (a.tier < b.tier ? -1 : a.tier > b.tier ? 1 : 0);
}

function tierOf(blocks: readonly Placed[]): Tier {
  const series = [...groupBy(blocks, ({ block }) => block.order.series ?? '').values()].map(ranksOf);
  return {
    name: blocks[0].place.tier,
    // Each series is a lane: whichever rule decides is the first to match of its own.
    ranks: series.length > 1 ? [{ lanes: series }] : series[0],
    isolation: blocks.flatMap(({ block }) => block.isolation),
  };
}

function ranksOf(blocks: readonly Placed[]): readonly Rank[] {
  const byRank = groupBy(blocks, ({ place }) => place.rank);
  return [...byRank].sort(([a], [b]) => a - b).map(([, sameRank]) => rankOf(sameRank));
}

/** Blocks with an order stand one behind the other in one lane; where the API leaves it open each has a lane of its own. */
function rankOf(blocks: readonly Placed[]): Rank {
  const lanes: Rule[][] = [];
  const ordered: PolicyBlock[] = [];
  for (const { block, place } of blocks) {
    if (place.ties === 'open') lanes.push([...block.rules]);
    else ordered.push(block);
  }
  ordered.sort((a, b) => (a.order.tie < b.order.tie ? -1 : a.order.tie > b.order.tie ? 1 : 0));
  const lane: Rule[] = [];
  for (const { rules } of ordered) lane.push(...rules);
  return { lanes: lane.length > 0 ? [lane, ...lanes] : lanes };
}
