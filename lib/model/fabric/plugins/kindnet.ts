import type { KindnetSpec } from '../../cluster/cni/kindnet';
import type { FabricPlugin } from '../plugin';

/** kindnet routes to the block of each node by the address of the node; all nodes of kind are in one network. */
export const kindnetFabric: FabricPlugin<KindnetSpec> = {
  describe: (_, { families }) => ({
    links: families.map((family) => ({
      family,
      within: { by: 'none' },
      across: { by: 'unreachable', because: 'kindnet routes to nodes of its own network only' },
    })),
    blocks: { by: 'node-cidr' },
    nodeTraffic: [],
    masquerade: { outgoing: true, exceptTo: [] },
  }),
};
