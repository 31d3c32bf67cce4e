import type { CniCapabilities } from '../../cluster/cni/capabilities';
import { arrangeAtPod, type Enforcer } from './enforcer';
import { placeByApi } from './neutral';

/** Weave Net reads NetworkPolicy alone; what it makes of named ports and ranges its capabilities say. */
export function weaveEnforcer(capabilities: CniCapabilities): Enforcer {
  const reads = new Set(['unmodelled', 'NetworkPolicy']);
  return {
    ...capabilities,
    arrange: (blocks) => arrangeAtPod(blocks, (order) => (reads.has(order.tier) ? placeByApi(order) : undefined)),
  };
}
