import fc from 'fast-check';
import type { Network } from '../../lib/model/network';
import type { Connection } from '../../lib/model/reach/connection';
import { arbitraryCluster } from '../naive/arbitraries';
import { type ClusterDescription, podsOf } from '../naive/cluster';
import type { Manifest } from '../naive/manifests';

const SELECTORS = [{}, { app: 'web' }, { app: 'api' }, { app: 'db' }, { tier: 'front' }, { tier: 'back' }];
const TARGETS = [80, 81, 8080, 'http', 'dns'];

/** Services over the pods of a cluster, of every shape that differs in how a client gets to them. */
export function arbitraryServices(cluster: ClusterDescription): fc.Arbitrary<readonly object[]> {
  const namespaces = [...new Set(podsOf(cluster).map(({ namespace }) => namespace)), 'default'];
  const labels = podsOf(cluster).map((pod) => pod.labels);
  const service = fc.record({
    namespace: fc.constantFrom(...namespaces),
    selector: fc.constantFrom(...SELECTORS, ...labels),
    targetPort: fc.constantFrom(...TARGETS),
    port: fc.constantFrom(80, 443),
    protocol: fc.constantFrom('TCP', 'UDP'),
    more: fc.constantFrom(
      {},
      {},
      {},
      { clusterIP: 'None' },
      { clusterIP: cluster.families[0] === 4 ? '10.96.0.' : 'fd00:96::' },
      { internalTrafficPolicy: 'Local' },
      { publishNotReadyAddresses: true },
    ),
  });
  return fc.array(service, { minLength: 1, maxLength: 3 }).map((services) =>
    services.map(({ namespace, selector, targetPort, port, protocol, more }, i) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `svc-${i}`, namespace },
      spec: { selector, ports: [{ port, targetPort, protocol }], ...addressed(more, i) },
    })),
  );
}

/** Clusters with Services and few policies, so that something gets through; of half of them nobody tells addresses. */
export const clustersWithServices: fc.Arbitrary<ClusterDescription> = arbitraryCluster().chain((cluster) => {
  const isPolicy = ({ kind }: Manifest) => kind.endsWith('Policy');
  const others = cluster.manifests.filter((manifest) => !isPolicy(manifest));
  const some = fc.subarray(cluster.manifests.filter(isPolicy)).map((policies) => policies.slice(0, 2));
  return fc
    .record({ services: arbitraryServices(cluster), policies: some, isPlanned: fc.boolean() })
    .map(({ services, policies, isPlanned }) => ({
      ...cluster,
      manifests: [...(isPlanned ? others.map(planned) : others), ...policies, ...(services as Manifest[])],
    }));
});

/** As somebody writes it, before a cluster has it. */
function planned(manifest: Manifest): Manifest {
  return manifest.kind === 'Pod' ? ({ ...manifest, status: undefined } as Manifest) : manifest;
}

/** No two Services have one address. */
function addressed(spec: { readonly clusterIP?: string }, i: number): object {
  const { clusterIP } = spec;
  return clusterIP === undefined || clusterIP === 'None' ? spec : { ...spec, clusterIP: `${clusterIP}${i + 7}` };
}

/** Where the map of Services is more certain than walks, or says otherwise. */
export interface ServiceMapDisagreement {
  readonly by: 'name' | 'service';
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly map: string;
  readonly walk: string;
}

/** The first workload and Service port of which the map says what walks don't; counts where it says the very same. */
export function serviceMapDisagreementOf(
  network: Network,
  count: (agree: boolean) => void = () => {},
): ServiceMapDisagreement | undefined {
  for (const by of ['name', 'service'] as const) {
    const { connections, unknown } = network.serviceMap(by);
    const [certain, uncertain] = [[...connections], [...unknown]];
    for (const { namespace, name, kind } of network.cluster.workloads.filter((w) => w.provenance === 'declared')) {
      const from = `${namespace}/${name}[${kind}]`;
      for (const service of network.cluster.services) {
        const to = `service/${service.namespace}/${service.name}`;
        for (const { port: own, targetPort, protocol } of service.ports) {
          // SVC-21: behind a headless Service every number leads to the pods, and by name none is the Service's own.
          if (service.headless && typeof targetPort === 'string') continue;
          const port = service.headless ? (targetPort as number) : own;
          const has = (list: readonly Connection[]) =>
            list.some(({ src, dst, traffic }) => src === from && dst === to && traffic.hasPort(protocol, port));
          const map = has(certain) ? 'allowed' : has(uncertain) ? 'unknown' : 'denied';
          const walk = network.reach({ from, to, by, port, protocol }).outcome;
          const isSame = map === (walk === 'partial' ? 'unknown' : walk);
          if (!isSame && map !== 'unknown') return { by, from, to, port, map, walk };
          count(isSame);
        }
      }
    }
  }
  return undefined;
}
