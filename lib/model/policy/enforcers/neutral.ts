import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { BlockOrder } from '../language';
import { arrangeAtPod, type Enforcer, type Place } from './enforcer';

/**
 * NP-43: the administrators' tier, NetworkPolicy, and what administrators say where no NetworkPolicy does.
 * What is not modelled stands before all: it may decide whatever the rest would.
 */
const TIERS = ['unmodelled', 'Admin', 'NetworkPolicy', 'Baseline'];

/** The order that the Kubernetes APIs themselves define, for every plugin that adds none of its own. */
export function neutralEnforcer(capabilities: CniCapabilities): Enforcer {
  return { ...capabilities, arrange: (blocks) => arrangeAtPod(blocks, placeByApi) };
}

/** Where the Kubernetes APIs put a block. */
export function placeByApi(order: BlockOrder): Place | undefined {
  const position = TIERS.indexOf(order.tier);
  return position < 0 ? undefined : { tier: order.tier, position, rank: order.rank, ties: order.ties };
}
