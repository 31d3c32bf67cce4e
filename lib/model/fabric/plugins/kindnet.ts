import type { KindnetSpec } from '../../cluster/cni/kindnet';
import type { FabricPlugin } from '../plugin';

const BECAUSE = 'kindnet routes to a node by its address, and a router between two nodes knows no pods.';

/** kindnet routes to the block of each node by the address of the node; all nodes of kind are in one network. */
export const kindnetFabric: FabricPlugin<KindnetSpec> = {
  describe: ({ masquerading, noMasqueradeCidr = [] }, { families }) => ({
    links: families.map((family) => ({
      family,
      within: { by: 'none' },
      across: { by: 'unreachable', because: BECAUSE },
    })),
    blocks: { by: 'node-cidr' },
    nodeTraffic: [],
    masquerade: { outgoing: masquerading !== false, exceptTo: [noMasqueradeCidr].flat() },
  }),
};
