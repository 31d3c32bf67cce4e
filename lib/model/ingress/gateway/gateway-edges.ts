import type { Cluster } from '../../cluster/cluster';
import type { GatewayResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { Edge, EdgeListener } from '../edge';
import { asDialled } from './entry-points';
import { entranceDoubts, gatewayProxyOf } from './gateway-proxy';
import { routeThrough } from './gateway-routing';
import { offersOf } from './offers';
import { gatewayTable } from './table';

/** The Gateways of a cluster, each a proxy of its own. */
export function gatewayEdges(cluster: Cluster): readonly Edge[] {
  return cluster.gatewayApi.gateways.map((gateway) => gatewayEdge(gateway, cluster));
}

function gatewayEdge(gateway: GatewayResource, cluster: Cluster): Edge {
  const { namespace, name } = gateway;
  const found = gatewayProxyOf(gateway, cluster);
  const table = asDialled(gatewayTable(gateway, cluster), 'proxy' in found ? found.proxy : undefined);
  return {
    api: 'Gateway',
    label: `Gateway ${namespace}/${name}`,
    gateway: { namespace, name },
    ...('proxy' in found ? { controller: found.proxy } : { unplaced: found.doubt }),
    entrance: entranceDoubts(gateway, cluster),
    listeners: table.listeners.flatMap(({ served: { listener, conflict } }): readonly EdgeListener[] => {
      const { port, hostname, protocol } = listener;
      return isKnown(protocol) && !conflict ? [{ port, hostname, protocol, name: listener.name }] : [];
    }),
    doubts: doubtsOf(gateway, cluster),
    route: (request) => routeThrough(request, table),
    offers: offersOf(table),
  };
}

const PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'] satisfies EdgeListener['protocol'][];

function isKnown(protocol: string): protocol is EdgeListener['protocol'] {
  return PROTOCOLS.includes(protocol);
}

/**
 * A class that no manifest declares is one that the platform has, unless the manifests are all that the cluster has, or the
 * profile names controllers and none of them has it.
 */
function doubtsOf({ className }: GatewayResource, { gatewayApi, profile, isWhole }: Cluster): readonly Doubt[] {
  const { gateways, ingress } = profile;
  const isServed = [...gateways, ...ingress].some((each) => each.className === className);
  if (gatewayApi.classes.has(className) || (!isWhole && (gateways.length === 0 || isServed))) return [];
  const wouldDecide = isWhole
    ? `GatewayClass ${className}, which the manifests of the whole cluster do not have`
    : `GatewayClass ${className}, which no manifest declares, and no controller in the profile's \`gateways\` has`;
  return [{ rule: 'GW-02', wouldDecide }];
}
