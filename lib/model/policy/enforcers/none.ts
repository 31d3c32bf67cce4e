import type { CniCapabilities } from '../../cluster/cni/capabilities';
import { arrangeAtPod, type Enforcer } from './enforcer';
import { placeByApi } from './neutral';

/**
 * NP-37: nobody reads policies of the Kubernetes APIs. What is not modelled stays: a mesh decides by itself,
 * and who brings policies of another API may have brought their enforcer.
 */
export function noEnforcer(capabilities: CniCapabilities): Enforcer {
  return {
    ...capabilities,
    arrange: (blocks) => arrangeAtPod(blocks, (order) => (order.tier === 'unmodelled' ? placeByApi(order) : undefined)),
  };
}
