import type { PodGroup } from '../model/cluster/workload';
import { backendsOf } from '../model/ingress/backends';
import { elsewhereDoubt } from '../model/ingress/declared-elsewhere';
import type { ServiceName } from '../model/ingress/routing';
import type { Network } from '../model/network';
import { rememberedOf } from '../model/values/remembered';
import { type Doubt, distinctDoubts } from '../model/values/ternary';
import { TrafficSet } from '../model/values/traffic-set';

/**
 * ING-14, GW-11: Services that rules at the edge name and that no manifest has, though others may declare them: each may lead to
 * any pod of its namespace, unless policies keep all proxies away from it (NP-40).
 */
export function undeclaredBackends(pod: PodGroup, network: Network): readonly Doubt[] {
  const named = undeclaredIn(network).get(pod.namespace.name) ?? [];
  if (named.length === 0 || isShutToProxies(pod, network)) return [];
  return distinctDoubts(named.map((service) => elsewhereDoubt(service, 'ING-14')));
}

const undeclaredIn = rememberedOf((network: Network): ReadonlyMap<string, readonly ServiceName[]> => {
  const { cluster } = network;
  const byNamespace = new Map<string, ServiceName[]>();
  for (const service of [...ofIngresses(network), ...ofRoutes(network)]) {
    const { namespace, name } = service;
    const isDeclared = cluster.servicesIn(namespace).some((each) => each.name === name);
    // Beside Services that are declared it is a slip more often than not; who is spared by that nobody knows.
    if (isDeclared || cluster.isWhole) continue;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), service]);
  }
  return byNamespace;
});

function ofIngresses({ cluster }: Network): readonly ServiceName[] {
  return cluster.ingresses.flatMap((ingress) =>
    backendsOf(ingress).flatMap(({ backend }) =>
      backend.type === 'service' ? [{ namespace: ingress.namespace, name: backend.name, port: backend.port }] : [],
    ),
  );
}

function ofRoutes({ cluster }: Network): readonly ServiceName[] {
  return cluster.gatewayApi.routes.flatMap((route) =>
    route.rules
      .flatMap(({ backends }) => backends)
      .filter(({ kind }) => kind === 'Service')
      .map(({ name, namespace = route.namespace, port }) => ({ namespace, name, port: port ?? 0 })),
  );
}

/** NP-40: whether policies keep all proxies at the edge away from a pod. */
export function isShutToProxies(pod: PodGroup, network: Network): boolean {
  const proxies = network.edges.map(({ controller }) => controller?.pods);
  return proxies.every((pods) =>
    pods?.every((proxy) => {
      const may = network.anyTraffic({ pod: proxy }, { pod })?.mayAllow;
      return may === undefined || !may.intersects(TrafficSet.allPorts);
    }),
  );
}
