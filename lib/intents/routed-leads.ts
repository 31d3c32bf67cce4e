import type { Edge } from '../model/ingress/edge';
import type { Offered } from '../model/ingress/routing';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import { type Backend, endpointsOf } from '../model/service/endpoints';
import type { CidrSet } from '../model/values/cidr-set';
import type { TrafficSet } from '../model/values/traffic-set';
import { partLedTo } from './node-lead-breaches';

type AddressEnd = Extract<End, { addresses: CidrSet }>;

/** A way through a proxy at the edge to a node, or to what is outside, that may be open. */
export interface RoutedLead {
  readonly via: Edge['api'];
  readonly pair: PairVerdict;
  readonly service: Offered['service'];
}

/**
 * ING-15: a rule at the edge brings whoever is outside to all that its Service sends to, be it a node or a name that leads to
 * one (SVC-08, SVC-22). Whether the proxy gets there is not judged for certain.
 */
export function routedLeads(network: Network, from: End, to: End, traffic: TrafficSet): readonly RoutedLead[] {
  if ('pod' in to) return [];
  return network.edges.flatMap((edge) =>
    edge.offers.flatMap((offered) => {
      const led = endsBehind(offered, to, traffic, network);
      const isShut = led.every((end) => isShutOut(edge, end, offered, network));
      return isShut ? [] : [{ via: edge.api, service: offered.service, pair: perhaps(from, to, offered, edge) }];
    }),
  );
}

/** What of the end the backend sends to; empty where it is surely somebody else. */
function endsBehind(
  { service, port }: Offered,
  to: AddressEnd,
  traffic: TrafficSet,
  network: Network,
): readonly { readonly end: End; readonly port: number }[] {
  // Of a host outside nobody knows the address.
  if (service.serviceType === 'ExternalName') {
    const isNode = to.node !== undefined && traffic.hasPort(port.protocol, port.port);
    const host = service.externalName?.replace(/\.$/, '') ?? '';
    const isInside = host.endsWith(`.${network.cluster.profile.clusterDomain}`);
    return isNode && !isInside ? [{ end: to, port: port.port }] : [];
  }
  const isMeant = ({ backend }: { readonly backend: Backend }) =>
    traffic.hasPort(port.protocol, backend.port) && (!('pod' in backend) || backend.pod.hostNetwork);
  return endpointsOf(service, port, network.cluster)
    .endpoints.filter(isMeant)
    .flatMap(({ backend }) => {
      const end = partLedTo(network, to, backend);
      return end ? [{ end, port: backend.port }] : [];
    });
}

/** NP-40: whether policies, and the firewall of nodes, keep every proxy away. */
function isShutOut(
  { controller }: Edge,
  { end, port: number }: { readonly end: End; readonly port: number },
  { port: { protocol } }: Offered,
  network: Network,
): boolean {
  const pods = controller?.pods ?? [];
  return (
    pods.length > 0 &&
    pods.every(
      (pod) => network.packet({ pod }, end, { protocol, port: number }, { ownNode: 'left-out' }).outcome === 'denied',
    )
  );
}

function perhaps(from: End, to: AddressEnd, { service, url, rule }: Offered, edge: Edge): PairVerdict {
  const route = `${rule.kind} ${rule.namespace}/${rule.name}`;
  const wouldDecide = `${route} without the rule for ${url}, by which ${edge.label} sends requests to what Service ${service.namespace}/${service.name} leads to`;
  const label = 'pod' in from ? edge.label : from.label;
  return { from: label, to: to.label, outcome: 'unknown', hops: [], doubts: [{ rule: 'ING-15', wouldDecide }] };
}
