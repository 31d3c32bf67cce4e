import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import { formatIp } from '../values/ip';

/** A variable that the kubelet gives every container of a pod that started after the Service was there (DNS-25). */
export interface ServiceVariable {
  readonly name: string;
  /** `undefined` where it holds an address that Kubernetes is yet to choose. */
  readonly value: string | undefined;
  readonly service: ServiceResource;
}

/**
 * DNS-25: the variables for the Services of the pod's own namespace, and for that of the API server; headless Services and
 * aliases have none. They are there only if the Service was made before the pod, which no manifest tells.
 */
export function serviceVariablesOf(pod: PodGroup, cluster: Cluster): readonly ServiceVariable[] {
  const apiServer = cluster.servicesIn('default').filter(({ name }) => name === 'kubernetes');
  const own = pod.serviceLinks === false ? [] : cluster.servicesIn(pod.namespace.name);
  // A Service of the own namespace that is called like the API server's takes its place.
  const shadowing = own.some(({ name }) => name === 'kubernetes');
  const services = [...own, ...(shadowing ? [] : apiServer)].filter(hasAddress);
  return services.flatMap(variablesOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function hasAddress({ headless, serviceType }: ServiceResource): boolean {
  return !headless && serviceType !== 'ExternalName';
}

function variablesOf(service: ServiceResource): readonly ServiceVariable[] {
  const prefix = variableName(service.name);
  const [address] = service.clusterIps.map(formatIp);
  const host = address?.includes(':') ? `[${address}]` : address;
  const variable = (name: string, value: string | undefined) => ({ name: `${prefix}_${name}`, value, service });
  const url = ({ protocol, port }: ServicePort) => host && `${protocol.toLowerCase()}://${host}:${port}`;
  const [first] = service.ports;
  return [
    variable('SERVICE_HOST', address),
    variable('SERVICE_PORT', String(first.port)),
    variable('PORT', url(first)),
    ...service.ports.flatMap((port) => {
      const link = `PORT_${port.port}_${port.protocol}`;
      return [
        ...(port.name ? [variable(`SERVICE_PORT_${variableName(port.name)}`, String(port.port))] : []),
        variable(link, url(port)),
        variable(`${link}_ADDR`, address),
        variable(`${link}_PORT`, String(port.port)),
        variable(`${link}_PROTO`, port.protocol.toLowerCase()),
      ];
    }),
  ];
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
