import { workloadLabel } from '../../cluster/workload';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint, PlacedObject } from '../../finding/lint';
import type { Edge } from '../../ingress/edge';
import type { Offered } from '../../ingress/routing';
import { nameOf } from '../../manifest/blame';
import type { PolicyEngine } from '../../policy/engine';
import { groupBy } from '../../values/group-by';
import { backendOf } from '../url-backend';
import type { PairVerdict, PolicyHop } from '../verdict';

type Detail = IngressLintDetail & { readonly code: 'PTL417' };

/**
 * PTL417: policies keep the proxy at the edge from every pod of a backend. They see the proxy's pods, not the client, and the
 * port of the pods, not that of the Service (NP-40, NP-19).
 */
export function keptFromBackends(engine: PolicyEngine, edges: () => readonly Edge[]): readonly Lint[] {
  const { networkPolicies, clusterPolicies, isWhole } = engine.cluster;
  if (networkPolicies.length + clusterPolicies.length === 0) return [];
  return edges()
    .filter(isKnown)
    .flatMap((edge) => {
      const sure = edge.offers.filter(({ doubts }) => doubts.length === 0);
      const backends = groupBy(sure, ({ service, port, rule: { kind, namespace, name } }) =>
        [service.namespace, service.name, port.port, kind, namespace, name].join(' '),
      );
      return [...backends.values()].flatMap((offers): readonly Lint[] => {
        const [{ rule, service, port }] = offers;
        const stops = stopsOf(backendOf(engine, edge, { share: 1, service, port }).ways);
        if (!stops) return [];
        const severity = isWhole ? 'error' : 'warning';
        return [
          { severity, object: nameOf(rule), field: rule.field, origin: rule.origin, ...detailOf(edge, offers, stops) },
        ];
      });
    });
}

/** Whether it is known that there is such a proxy, and which pods are its own. */
function isKnown({ controller, doubts }: Edge): boolean {
  return controller !== undefined && doubts.length === 0;
}

/** What stops the proxy on each way; `undefined` where some way is open, or none is stopped by a policy. */
function stopsOf(ways: readonly PairVerdict[]): readonly PolicyHop[] | undefined {
  const stops = ways.map(({ hops }) => hops.find(isStop));
  return stops.length > 0 && stops.every((stop) => stop !== undefined) ? stops : undefined;
}

function isStop(hop: PairVerdict['hops'][number]): hop is PolicyHop {
  return hop.hop !== 'lookup' && hop.hop !== 'service' && hop.decision === 'stops';
}

function detailOf({ label, controller }: Edge, offers: readonly Offered[], stops: readonly PolicyHop[]): Detail {
  const [{ service, port }] = offers;
  const [{ hop, traffic }] = stops;
  return {
    code: 'PTL417',
    proxy: label,
    proxyNamespace: controller?.pods[0].namespace.name ?? '',
    urls: offers.map(({ url }) => url),
    service: `${service.namespace}/${service.name}:${port.name ?? port.port}`,
    direction: hop === 'egress-policy' ? 'egress' : 'ingress',
    traffic,
    workloads: [...new Set(stops.map(({ at }) => workloadLabel(at.workload)))],
    policies: policiesOf(stops),
  };
}

function policiesOf(stops: readonly PolicyHop[]): readonly PlacedObject[] {
  const deciding = stops.flatMap(({ decidedBy }) => decidedBy);
  const byName = groupBy(deciding, ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  return [...byName.values()].map(([first]) => ({ ...nameOf(first), origin: first.origin }));
}
