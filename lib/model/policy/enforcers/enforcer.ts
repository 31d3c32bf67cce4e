import type { CniCapabilities } from '../../cluster/cni/capabilities';
import {
  type BlockOrder,
  DATAPATH_TIER,
  type Direction,
  type Isolation,
  type Lane,
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
  const tiers = { egress: new Map<string, OpenTier>(), ingress: new Map<string, OpenTier>() };
  const uncarried: PolicyBlock[] = [];
  for (const block of blocks) {
    if (block.order.tier === DATAPATH_TIER) {
      uncarried.push(block);
      continue;
    }
    const place = placeOf(block.order);
    if (!place) continue;
    const ofDirection = tiers[block.direction];
    const key = `${place.position} ${place.tier}`;
    let tier = ofDirection.get(key);
    if (!tier) {
      tier = new OpenTier(place);
      ofDirection.set(key, tier);
    }
    tier.add(block, place);
  }
  const both = (direction: Direction) => [
    ...datapathOf(direction, uncarried),
    ...stagesOf(direction, [...tiers[direction].values()]),
  ];
  return { egress: both('egress'), ingress: both('ingress') };
}

function datapathOf(direction: Direction, blocks: readonly PolicyBlock[]): readonly Stage[] {
  const isolation = blocks.filter((block) => block.direction === direction).flatMap((block) => block.isolation);
  if (isolation.length === 0) return [];
  const tiers = [{ name: DATAPATH_TIER, ranks: [], isolation }];
  return [{ direction, at: 'pod', sees: 'after-translation', exempt: ['same-pod'], tiers, refusal: 'drop' }];
}

function stagesOf(direction: Direction, open: readonly OpenTier[]): readonly Stage[] {
  const tiers = [...open].sort((a, b) => inOrder(a.place, b.place)).map((tier) => tier.close());
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

/** The rules of one rank, as blocks bring them. */
interface OpenRank {
  /** By the tie of their blocks, which gives them their order. */
  readonly ordered: Map<string, readonly Rule[]>;
  /** Of each block a lane of its own, where the API leaves the order open. */
  readonly lanes: Lane[];
}

/** A tier that its blocks come into one by one: a large cluster has many. */
class OpenTier {
  private readonly series = new Map<string, Map<number, OpenRank>>();
  private readonly isolation: Isolation[] = [];

  /** @param place of its first block */
  constructor(readonly place: Place) {}

  add({ order, rules, isolation }: PolicyBlock, { rank, ties }: Place): void {
    for (const each of isolation) this.isolation.push(each);
    const { ordered, lanes } = this.rankAt(order.series ?? '', rank);
    if (ties === 'open') lanes.push(rules);
    else {
      const before = ordered.get(order.tie);
      ordered.set(order.tie, before ? [...before, ...rules] : rules);
    }
  }

  close(): Tier {
    const series = [...this.series.values()].map((byRank) =>
      [...byRank].sort(([a], [b]) => a - b).map(([, rank]) => closeRank(rank)),
    );
    return {
      name: this.place.tier,
      // Each series is a lane: whichever rule decides is the first to match of its own.
      ranks: series.length > 1 ? [{ lanes: series }] : series[0],
      isolation: this.isolation,
    };
  }

  private rankAt(name: string, number: number): OpenRank {
    let byRank = this.series.get(name);
    if (!byRank) {
      byRank = new Map();
      this.series.set(name, byRank);
    }
    let rank = byRank.get(number);
    if (!rank) {
      rank = { ordered: new Map(), lanes: [] };
      byRank.set(number, rank);
    }
    return rank;
  }
}

/** Blocks with an order stand one behind the other in one lane. */
function closeRank({ ordered, lanes }: OpenRank): Rank {
  const lane: Rule[] = [];
  for (const tie of [...ordered.keys()].sort()) lane.push(...ordered.get(tie)!);
  return { lanes: lane.length > 0 ? [lane, ...lanes] : lanes };
}
