import type { ServicePort, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { Dialled, End } from '../model/reach/policy-hops';
import { possibleClusterIps } from '../model/service/addresses';
import { endpointsOf, mayHaveOthers, slicesOf } from '../model/service/endpoints';
import { CidrSet } from '../model/values/cidr-set';
import { formatIp, type IpAddress } from '../model/values/ip';
import { PortSet } from '../model/values/port-set';
import type { Doubt } from '../model/values/ternary';
import { TrafficSet } from '../model/values/traffic-set';
import type { Resolved } from './resolve';

/** An address behind a Service that no declared pod has, and what the Service sends there (SVC-08). */
export interface ForeignEnd {
  readonly end: Extract<End, { addresses: CidrSet }>;
  readonly ports: readonly Dialled[];
  readonly service: ServiceResource;
}

/** The addresses behind the Services of an endpoint, and on which ports: all of theirs, or the one that it names. */
export function foreignEndsOf({ cluster }: Network, { services, port: named, label }: Resolved): readonly ForeignEnd[] {
  const isMeant = ({ name, port, protocol }: ServicePort) =>
    !named || ((named.name === name || named.name === port) && (!named.protocol || named.protocol === protocol));
  const found = services
    .filter((service) => slicesOf(service, cluster).length > 0)
    .flatMap((service) =>
      service.ports.filter(isMeant).flatMap((port) =>
        endpointsOf(service, port, cluster).endpoints.flatMap(({ backend }) => {
          if (!('address' in backend)) return [];
          return [{ service, address: backend.address, dialled: { protocol: port.protocol, port: backend.port } }];
        }),
      ),
    );
  const byAddress = new Map<
    string,
    { readonly service: ServiceResource; readonly address: IpAddress; readonly ports: Dialled[] }
  >();
  for (const { service, address, dialled } of found) {
    const key = `${service.namespace}/${service.name} ${formatIp(address)}`;
    const known = byAddress.get(key) ?? { service, address, ports: [] };
    known.ports.push(dialled);
    byAddress.set(key, known);
  }
  return [...byAddress.values()].map(({ service, address, ports }) => {
    const node = cluster.addresses.nodeAt(address)?.name;
    const end = { addresses: CidrSet.ofAddresses([address]), label: `${formatIp(address)} behind ${label}`, node };
    return { end, ports, service };
  });
}

/** NP-20: a rule around the address of the Service may let the packet out before it is translated, or not: nobody says. */
export function mayLeaveUntranslated(network: Network, from: End, { service }: ForeignEnd): boolean {
  const { profile } = network.cluster;
  return 'pod' in from && network.mentions(from.pod, possibleClusterIps(service, profile));
}

/** What a negative promise speaks of there: the ports that are meant, or every port of every protocol. */
export function trafficToForeign({ ports }: ForeignEnd, { port }: Resolved): TrafficSet {
  if (!port) return TrafficSet.allPorts;
  const sets = ports.map((dialled) => TrafficSet.of(dialled.protocol, PortSet.of(dialled.port)));
  return sets.reduce((sum, set) => sum.union(set), TrafficSet.empty);
}

/** Why nobody knows who else is behind the Services of an endpoint; `undefined` where it is known. */
export function othersBehind({ cluster }: Network, { services }: Resolved): Doubt | undefined {
  const open = services.find((service) => mayHaveOthers(service, cluster));
  if (!open) return undefined;
  return { rule: 'SVC-02', wouldDecide: `the endpoints of Service ${open.namespace}/${open.name}, which others write` };
}

/** What no policy of the cluster decides: who gets to addresses behind Services, and who else is behind them. */
export function unguarded(network: Network, resolved: Resolved): readonly Doubt[] {
  const others = othersBehind(network, resolved);
  return [...foreignEndsOf(network, resolved).map(foreignDoubt), ...(others ? [others] : [])];
}

function foreignDoubt({ end }: ForeignEnd): Doubt {
  return { rule: 'SVC-08', wouldDecide: `what guards ${end.label}: policies select pods only` };
}
