import type { Cluster } from '../cluster/cluster';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import { append } from '../values/group-by';
import { formatIp, type IpAddress, type IpFamily } from '../values/ip';
import type { Protocol } from '../values/traffic-set';
import { endpointsOf, type PortEndpoints } from './endpoints';

/** A Service port at one of the places where kube-proxy takes packets for it. */
export interface Claim {
  readonly service: ServiceResource;
  readonly port: ServicePort;
  readonly at: 'ClusterIP' | 'externalIP' | 'LoadBalancer' | 'NodePort';
  readonly family?: IpFamily;
}

/**
 * An address of a Service. `via`: `Proxy` where packets are to leave for the load balancer (SVC-18); `nobody` where kube-proxy
 * passes over the Service, as it has no ClusterIP (SVC-21, SVC-22).
 */
export interface ServiceAddress {
  readonly service: ServiceResource;
  readonly at: Claim['at'];
  readonly via: 'VIP' | 'Proxy' | 'nobody';
}

/** What kube-proxy reads of a cluster's Services, by address and by node port; endpoints are worked out once a port. */
export class ServiceTable {
  private readonly byAddress = new Map<string, ServiceAddress[]>();
  private readonly byNodePort = new Map<string, Claim[]>();
  private readonly endpoints = new Map<ServicePort, Map<IpFamily | undefined, PortEndpoints>>();

  constructor(readonly cluster: Cluster) {
    for (const service of cluster.services) {
      const isServed = !service.headless && service.serviceType !== 'ExternalName';
      const via = isServed ? 'VIP' : 'nobody';
      for (const address of service.clusterIps) this.place(address, { service, at: 'ClusterIP', via });
      for (const address of service.externalIps) this.place(address, { service, at: 'externalIP', via });
      for (const { ip, mode, isAskedFor } of service.loadBalancers) {
        // SVC-18: kube-proxy serves what the status tells; only a dump of the cluster would tell of it.
        const isGiven = isServed && !(isAskedFor && cluster.isWhole);
        this.place(ip, { service, at: 'LoadBalancer', via: isGiven ? mode : 'nobody' });
      }
      if (isServed) for (const port of service.ports) this.open(service, port);
    }
  }

  /** The Services that have an address, at whatever port. */
  at(address: IpAddress): readonly ServiceAddress[] {
    return this.byAddress.get(formatIp(address)) ?? [];
  }

  /** SVC-10, SVC-11: the Service ports that answer at an address, a port and a protocol. */
  claims(address: IpAddress, number: number, protocol: Protocol): readonly Claim[] {
    return this.at(address).flatMap(({ service, at, via }) => {
      if (via !== 'VIP') return [];
      const ports = service.ports.filter((port) => port.port === number && port.protocol === protocol);
      return ports.map((port) => ({ service, port, at, family: address.family }));
    });
  }

  /** The Service ports that have a port of the nodes. */
  nodePortClaims(number: number, protocol: Protocol): readonly Claim[] {
    return this.byNodePort.get(`${number}/${protocol}`) ?? [];
  }

  /** SVC-27: the endpoints of a Service port, of one family or of all. */
  endpointsOf({ service, port, family }: Pick<Claim, 'service' | 'port' | 'family'>): PortEndpoints {
    let known = this.endpoints.get(port);
    if (!known) {
      known = new Map();
      this.endpoints.set(port, known);
    }
    const found = known.get(family) ?? endpointsOf(service, port, this.cluster, family);
    known.set(family, found);
    return found;
  }

  private place(address: IpAddress, placed: ServiceAddress): void {
    append(this.byAddress, formatIp(address), placed);
  }

  private open(service: ServiceResource, port: ServicePort): void {
    if (port.nodePort === undefined) return;
    append(this.byNodePort, `${port.nodePort}/${port.protocol}`, { service, port, at: 'NodePort' });
  }
}
