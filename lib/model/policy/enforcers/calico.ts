import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { BlockOrder } from '../language';
import { arrangeAtPod, type Enforcer, type Place } from './enforcer';

/** The tiers that Calico keeps for the Kubernetes APIs, by the order in which it walks them. */
const KUBERNETES_TIERS: Readonly<Record<string, { tier: string; position: number; rank?: number }>> = {
  Admin: { tier: 'kube-admin', position: 1_000 },
  // Between Calico's own policies of the tier: those of a lower order come before it, and those of a higher one after it.
  NetworkPolicy: { tier: 'default', position: 1_000_000, rank: 1_000 },
  Baseline: { tier: 'kube-baseline', position: 10_000_000 },
};
/** Where Calico keeps policies of its own that name no tier. */
export const CALICO_DEFAULT_TIER = { tier: 'default', position: 1_000_000 };

/**
 * Calico: tiers by their order, in them policies by order and then by name, so that even those of one order have one.
 * Whether a tier denies at its end is for the blocks to say: one that isolates does.
 */
export function calicoEnforcer(capabilities: CniCapabilities): Enforcer {
  return { ...capabilities, arrange: (blocks) => arrangeAtPod(blocks, place) };
}

function place(order: BlockOrder): Place | undefined {
  if (order.tier === 'unmodelled') return { ...order, position: Number.NEGATIVE_INFINITY };
  const own = KUBERNETES_TIERS[order.tier];
  if (own) return { tier: own.tier, position: own.position, rank: own.rank ?? order.rank, ties: 'ordered' };
  // A tier without an order comes last.
  return { tier: order.tier, position: order.position ?? Number.POSITIVE_INFINITY, rank: order.rank, ties: 'ordered' };
}
