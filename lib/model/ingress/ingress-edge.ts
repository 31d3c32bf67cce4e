import type { Cluster } from '../cluster/cluster';
import type { PlacedController } from '../cluster/ingress-controller';
import { ServiceTable } from '../service/service-table';
import type { Doubt } from '../values/ternary';
import { findBackend } from './backend-outcome';
import { claimOf } from './controllers/conformant';
import type { ControllerRules, RoutingTable } from './controllers/controller';
import { decide } from './decide';
import type { Edge, EdgeListener } from './edge';
import type { UrlRequest } from './request';
import type { Offered, Routed } from './routing';
import { type Entry, entriesOf, type ServedIngress } from './rules';

/** One controller with the Ingresses that it serves. */
export interface Serving {
  readonly rules: ControllerRules;
  readonly label: string;
  readonly placed?: PlacedController;
  readonly served: readonly ServedIngress[];
  /** What leaves open whether there is such a controller. */
  readonly doubts: readonly Doubt[];
}

/** ING-16: Ingresses know of no other ports. */
const LISTENERS: readonly EdgeListener[] = [
  { port: 80, protocol: 'HTTP' },
  { port: 443, protocol: 'HTTPS' },
];

export function ingressEdge({ rules, label, placed, served, doubts }: Serving, cluster: Cluster): Edge {
  const table: RoutingTable = {
    served,
    entries: entriesOf(served),
    services: new ServiceTable(cluster),
    cluster,
    controller: placed?.controller,
  };
  return {
    api: 'Ingress',
    label,
    controller: placed,
    listeners: LISTENERS,
    doubts,
    route: (request) => route(request, table, rules),
    offers: table.entries.flatMap((entry) => offered(entry, table)),
  };
}

function route(request: UrlRequest, table: RoutingTable, rules: ControllerRules): Routed {
  const { answers, doubts, winner, considered } = decide(request, table, rules);
  const claim = claimOf(rules.candidates(request, table), request.host);
  return { answers, doubts, rule: winner?.entry.rule, considered, tls: rules.tls(request, table), claim };
}

/** What leads nowhere is no way in. */
function offered({ served, type, host, path = '/', pathType, backend, rule }: Entry, table: RoutingTable): Offered[] {
  if (backend?.type !== 'service') return [];
  const found = findBackend(backend, served.ingress.namespace, table);
  if ('missing' in found) return [];
  const scheme = served.ingress.tls.length > 0 ? 'https' : 'http';
  const below = type !== 'path' ? '/*' : pathType === 'Exact' ? path : `${path}*`;
  return [{ ...found, url: `${scheme}://${host ?? '*'}${below}`, rule, doubts: served.doubts }];
}
