import type { CniCapabilities } from '../../cluster/cni/capabilities';
import { arrangeAtPod, type Enforcer } from './enforcer';
import { placeByApi } from './neutral';

/** Weave Net: which kinds it reads, and what it makes of named ports and ranges, its capabilities say. */
export function weaveEnforcer(capabilities: CniCapabilities): Enforcer {
  return { ...capabilities, arrange: (blocks) => arrangeAtPod(blocks, placeByApi) };
}
