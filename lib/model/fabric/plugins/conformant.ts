import type { ConformantSpec } from '../../cluster/cni/conformant';
import type { FabricPlugin } from '../plugin';

/** NET-04: any plugin brings pods together, wherever they run; how it does is its own affair. */
export const conformantFabric: FabricPlugin<ConformantSpec> = {
  describe: () => ({
    links: [],
    blocks: { by: 'unknown' },
    nodeTraffic: [],
    masquerade: { outgoing: 'unknown', exceptTo: [] },
  }),
};
