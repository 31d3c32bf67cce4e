import { type CalicoSpec, calicoRelease } from '../../../cluster/cni/calico';
import type { IpFamily } from '../../../values/ip';
import type { Doubt } from '../../../values/ternary';

/** Whether somebody has routes to the pods of each node: nodes themselves, or the routers between them. */
export type Knowledge =
  | { readonly known: true }
  | { readonly known: false; readonly because: string }
  | { readonly doubt: Doubt };

const KNOWN: Knowledge = { known: true };
/** The release from which Felix sets routes into IP-in-IP tunnels by itself. */
export const FELIX_ROUTES_IPIP = 33;

const WHICH_NODES: Doubt = {
  rule: 'NET-04',
  wouldDecide: 'a BGP peer of all nodes (one without `nodeSelector`): which nodes the others select is not modelled',
};
const ROUTES_OF_UNDERLAY: Doubt = {
  rule: 'NET-04',
  wouldDecide:
    'whether the network between the nodes has a route to the range of each node, as those of clouds may have',
};
const RELEASE: Doubt = {
  rule: 'NET-04',
  wouldDecide: 'the `version` of Calico: from 3.33 on Felix sets the routes of IP-in-IP without BGP',
};

/** Whether nodes speak BGP, and with whom. */
export function speaksBgp({ bgp }: CalicoSpec): boolean {
  return bgp?.enabled !== false;
}

export function hasMesh(spec: CalicoSpec): boolean {
  return speaksBgp(spec) && spec.bgp?.mesh !== false;
}

/** Whether nodes know the way to the pods of other nodes in their subnet, unwrapped. */
export function routesOfNodes(spec: CalicoSpec): Knowledge {
  if (spec.clusterRoutingMode === 'Felix' || hasMesh(spec)) return KNOWN;
  return routesOfPeers(
    spec,
    'Nobody tells the nodes where the pods of other nodes are: there is no BGP mesh and no peer.',
  );
}

/** Whether they know into which tunnel of IP-in-IP to send. */
export function routesOfTunnels(spec: CalicoSpec): Knowledge {
  const nodes = routesOfNodes(spec);
  if ('doubt' in nodes || nodes.known) return nodes;
  const release = calicoRelease(spec.version);
  if (release === undefined) return { doubt: RELEASE };
  return release >= FELIX_ROUTES_IPIP ? KNOWN : nodes;
}

/** Whether the routers between subnets know the way to pods: only BGP peers tell them. */
export function routesOfRouters(spec: CalicoSpec, family: IpFamily): Knowledge {
  return routesOfPeers(
    spec,
    `Packets of IPv${family} are not wrapped, and nobody tells the routers between the nodes where pods are: there is no BGP peer.`,
  );
}

function routesOfPeers(spec: CalicoSpec, because: string): Knowledge {
  const peers = speaksBgp(spec) ? (spec.bgp?.peers ?? []) : [];
  if (peers.some(({ nodeSelector }) => nodeSelector === undefined || nodeSelector === 'all()')) return KNOWN;
  if (peers.length > 0) return { doubt: WHICH_NODES };
  // Ranges of nodes that Kubernetes gives are what clouds have routes to.
  return spec.ipam === 'host-local' ? { doubt: ROUTES_OF_UNDERLAY } : { known: false, because };
}
