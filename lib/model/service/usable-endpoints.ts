import type { Doubt } from '../values/ternary';
import type { ServiceEndpoint } from './endpoints';
import { hasHints } from './hints';
import type { ProxyMode } from './modes/mode';

/** The endpoints among which one node chooses. */
export interface Usable {
  /** With doubts: some of these, and nobody knows which. */
  readonly endpoints: readonly ServiceEndpoint[];
  readonly mayBeNone: boolean;
  readonly doubts: readonly Doubt[];
}

/** A node as kube-proxy knows its own. */
export interface NodeView {
  /** `undefined`: nobody tells which node it is. */
  readonly name?: string;
  /** `''`: it has none. `undefined`: nobody tells. */
  readonly zone?: string;
}

const CONTESTED: Doubt = {
  rule: 'SVC-05',
  wouldDecide: 'slices that agree about an endpoint: which of them kube-proxy believes differs by node and start',
};
const TOPOLOGY: Doubt = {
  rule: 'SVC-25',
  wouldDecide: "the nodes and zones of the client and of the Service's pods, by which endpoints are preferred",
};
const OTHERS_TOPOLOGY: Doubt = {
  rule: 'SVC-25',
  wouldDecide: 'whether the network plugin prefers endpoints by node and zone, as kube-proxy does',
};
const PLACES: Doubt = {
  rule: 'SVC-13',
  wouldDecide: "the nodes of the client and of the Service's pods: a Local policy keeps to the endpoints of one node",
};

const mayBeReady = ({ ready, isContested }: ServiceEndpoint) => ready || isContested;

/** SVC-05, SVC-25: those that traffic policy Cluster uses on a node. */
export function clusterEndpoints(
  endpoints: readonly ServiceEndpoint[],
  node: NodeView,
  topology: ProxyMode['topology'],
): Usable {
  const ready = endpoints.filter(mayBeReady);
  if (ready.length === 0) return certain(endpoints.filter(({ lastResort }) => lastResort));
  const contested = ready.filter(({ isContested }) => isContested);
  if (contested.length > 0) {
    return { endpoints: ready, mayBeNone: contested.length === ready.length, doubts: [CONTESTED] };
  }
  const isIgnored = topology === 'unknown' && ready.length > 1 && ready.some(({ hints }) => hasHints(hints));
  return isIgnored ? { endpoints: ready, mayBeNone: false, doubts: [OTHERS_TOPOLOGY] } : preferred(ready, node);
}

/** SVC-14: those that traffic policy Local uses on a node; its own that are being deleted go before those of other nodes. */
export function localEndpoints(endpoints: readonly ServiceEndpoint[], { name }: NodeView): Usable {
  const usable = endpoints.filter((endpoint) => mayBeReady(endpoint) || endpoint.lastResort);
  if (usable.length === 0) return certain([]);
  if (name === undefined) {
    const everywhere = usable.filter(({ isOnEachNode, isContested }) => isOnEachNode && !isContested);
    if (everywhere.length === usable.length && usable.every(({ ready }) => ready)) return certain(usable);
    return { endpoints: usable, mayBeNone: everywhere.length === 0, doubts: [PLACES] };
  }
  const here = usable.filter(({ nodeName, isUnplaced }) => isUnplaced || nodeName === name);
  const sure = here.filter(({ isUnplaced, isContested }) => !isUnplaced && !isContested);
  if (sure.length < here.length) {
    return {
      endpoints: here,
      mayBeNone: sure.length === 0,
      doubts: [here.some((e) => e.isContested) ? CONTESTED : PLACES],
    };
  }
  const ready = sure.filter((endpoint) => endpoint.ready);
  return certain(ready.length > 0 ? ready : sure);
}

/**
 * SVC-14: those that a load balancer may come to where nobody tells by which node: it asks the health check port of the nodes
 * and leaves out those without a ready endpoint.
 */
export function balancedEndpoints(endpoints: readonly ServiceEndpoint[]): Usable {
  const ready = endpoints.filter((endpoint) => endpoint.ready && !endpoint.isContested);
  if (ready.length > 0) return { endpoints: ready, mayBeNone: false, doubts: ready.length > 1 ? [PLACES] : [] };
  return localEndpoints(endpoints, {});
}

/** Whether there is an endpoint anywhere that could serve. */
export function hasUsable(endpoints: readonly ServiceEndpoint[]): boolean {
  return endpoints.some((endpoint) => mayBeReady(endpoint) || endpoint.lastResort);
}

/** SVC-25: hints count where every ready endpoint has some of a kind, and one of them names this node, or else its zone. */
function preferred(ready: readonly ServiceEndpoint[], { name, zone }: NodeView): Usable {
  // A preference for some of one is that one.
  if (ready.length === 1 || !ready.some(({ hints }) => hasHints(hints))) return certain(ready);
  const open = { endpoints: ready, mayBeNone: false, doubts: [TOPOLOGY] };
  if (ready.some(({ hints }) => hints.isOpen)) return open;
  if (ready.every(({ hints }) => hints.forNodes)) {
    if (name === undefined) return open;
    const near = ready.filter(({ hints }) => hints.forNodes?.includes(name));
    if (near.length > 0) return certain(near);
  }
  if (ready.every(({ hints }) => hints.forZones)) {
    if (zone === undefined) return open;
    const near = ready.filter(({ hints }) => hints.forZones?.includes(zone));
    if (near.length > 0) return certain(near);
  }
  return certain(ready);
}

function certain(endpoints: readonly ServiceEndpoint[]): Usable {
  return { endpoints, mayBeNone: endpoints.length === 0, doubts: [] };
}
