import type { Cluster } from '../../cluster/cluster';
import type { PlacedProxy } from '../../cluster/ingress-controller';
import { isPortFor, KNOWN_INGRESS_CONTROLLERS } from '../../cluster/known-ingress-controllers';
import type { PodGroup } from '../../cluster/workload';
import type { ContainerPort } from '../../manifest/resources';
import { frontDoorsOf } from '../../service/front-doors';
import { ServiceTable } from '../../service/service-table';
import type { Doubt } from '../../values/ternary';
import type { GatewayTable, ListenerTable } from './table';

const { gatewayController: TRAEFIK, ports: USUAL } = KNOWN_INGRESS_CONTROLLERS.traefik;

/**
 * GW-02: what a Gateway listens for, by the ports that clients dial. Traefik opens no port for a listener: it takes those alone
 * that are for a port of its own pods, an entry point, and clients get there by whatever port its Service has for it.
 */
export function asDialled(table: GatewayTable, proxy: PlacedProxy | undefined): GatewayTable {
  const { cluster, gateway } = table;
  const isShared = cluster.ingressControllers.some((each) => each === proxy);
  const controllerName = cluster.gatewayApi.classes.get(gateway.className)?.controllerName;
  if (!isShared && controllerName !== TRAEFIK) return table;
  const at = entryPointsOf(proxy?.pods ?? [], cluster);
  return { ...table, listeners: table.listeners.flatMap((each) => dialled(each, at)) };
}

interface EntryPoints {
  /** Of the pods. Never empty. */
  readonly ports: readonly ContainerPort[];
  /** The ports that clients dial, of one of the pods. */
  dialled(port: number): readonly number[];
}

/** Those that its pods have; where these have none, or nobody knows them, those of the Helm chart. */
function entryPointsOf(pods: readonly PodGroup[], cluster: Cluster): EntryPoints {
  const services = new ServiceTable(cluster);
  const doors = pods.flatMap((pod) => frontDoorsOf(pod, services)).filter(({ protocol }) => protocol === 'TCP');
  const own = pods.flatMap((pod) => pod.ports).filter(({ protocol }) => protocol === 'TCP');
  const ports = own.length > 0 ? own : USUAL;
  return {
    ports,
    dialled(port) {
      const known = doors
        .filter((door) => door.port === port)
        .flatMap(({ via, servicePort, nodePort }) => {
          const atNode = via === 'hostNetwork' ? port : nodePort;
          return [servicePort?.port, atNode].filter((each) => each !== undefined);
        });
      return known.length > 0 ? [...new Set(known)] : [usually(port, ports)];
    },
  };
}

/** The port of the Helm chart's Service. */
function usually(port: number, ports: readonly ContainerPort[]): number {
  const entryPoint = [...ports, ...USUAL].find((each) => each.port === port);
  if (entryPoint && isPortFor('http', entryPoint)) return 80;
  return entryPoint && isPortFor('https', entryPoint) ? 443 : port;
}

function dialled(table: ListenerTable, { ports, dialled }: EntryPoints): readonly ListenerTable[] {
  const { served } = table;
  const { listener } = served;
  if (listener.protocol === 'UDP') return [table];
  const isThere = ports.some(({ port }) => port === listener.port);
  const doubts = isThere ? served.doubts : [...served.doubts, noEntryPoint(listener, ports)];
  return dialled(listener.port).map((port) => ({
    ...table,
    served: { ...served, listener: { ...listener, port }, doubts },
  }));
}

function noEntryPoint({ name, port }: { name: string; port: number }, ports: readonly ContainerPort[]): Doubt {
  const known = [...new Set(ports.map((each) => each.port))].sort((a, b) => a - b).join(', ');
  const wouldDecide = `whether Traefik has an entry point on port ${port}, which listener ${name} asks for: those of its pods are ${known}`;
  return { rule: 'GW-02', wouldDecide };
}
