import { componentPort, trafficOf } from '../model/cluster/component-ports';
import type { Edge } from '../model/ingress/edge';
import type { Offered } from '../model/ingress/routing';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { aliasTarget } from '../model/reach/alias';
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
  { service, port }: Pick<Offered, 'service' | 'port'>,
  to: AddressEnd,
  traffic: TrafficSet,
  network: Network,
): readonly { readonly end: End; readonly port: number }[] {
  if (service.serviceType === 'ExternalName') return endsOfName({ service, port }, to, traffic, network);
  const isMeant = ({ backend }: { readonly backend: Backend }) =>
    traffic.hasPort(port.protocol, backend.port) && (!('pod' in backend) || backend.pod.hostNetwork);
  return endpointsOf(service, port, network.cluster)
    .endpoints.filter(isMeant)
    .flatMap(({ backend }) => {
      const end = partLedTo(network, to, backend);
      return end ? [{ end, port: backend.port }] : [];
    });
}

/** SVC-22: of a host outside nobody knows the address, nor of the API server's own Service, which no manifest need have (NP-41). */
function endsOfName(
  { service, port }: Pick<Offered, 'service' | 'port'>,
  to: AddressEnd,
  traffic: TrafficSet,
  network: Network,
): ReturnType<typeof endsBehind> {
  const target = aliasTarget(service, network.cluster);
  if (target.leadsTo === 'service') {
    const { service: meant } = target;
    const asked = meant.ports.filter((each) => meant.headless || each.port === port.port);
    return asked.flatMap((each) => endsBehind({ service: meant, port: each }, to, traffic, network));
  }
  if (to.node === undefined) return [];
  if (isApiServers(service, network)) {
    const asked = componentPort('controlPlane.apiServer', network.cluster.profile);
    const isMeant = port.port === API_SERVER_PORT && traffic.intersects(trafficOf(asked));
    return isMeant ? [{ end: to, port: asked.first }] : [];
  }
  const isOpen = target.leadsTo !== 'nothing' && traffic.hasPort(port.protocol, port.port);
  return isOpen ? [{ end: to, port: port.port }] : [];
}

/** Of its Service. */
const API_SERVER_PORT = 443;

function isApiServers({ externalName = '' }: ServiceResource, { cluster }: Network): boolean {
  const isDeclared = cluster.servicesIn('default').some(({ name }) => name === 'kubernetes');
  return !isDeclared && externalName.replace(/\.$/, '') === `kubernetes.default.svc.${cluster.profile.clusterDomain}`;
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
