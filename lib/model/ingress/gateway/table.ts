import type { Cluster } from '../../cluster/cluster';
import type {
  ConnectionRouteResource,
  GatewayResource,
  GrpcRouteResource,
  HttpRouteResource,
  RouteResource,
} from '../../manifest/resources';
import { byCodeUnit } from '../../values/by-code-unit';
import type { Doubt } from '../../values/ternary';
import { type Attachment, attachmentOf, referencesTo } from './attachment';
import type { AttachedRoute } from './candidates';
import { certificatesOf, type ListenerCertificates } from './certificates';
import { intersection } from './hostnames';
import { listenersOf, type ServedListener } from './listeners';

type RequestRoute = HttpRouteResource | GrpcRouteResource;

/** A listener with the routes that it takes. */
export interface ListenerTable {
  readonly served: ServedListener;
  readonly certificates: ListenerCertificates;
  readonly requests: readonly AttachedRoute<RequestRoute>[];
  readonly connections: readonly AttachedRoute<ConnectionRouteResource>[];
}

/** A route that means the Gateway, and which no listener takes. */
export interface LooseRoute {
  readonly route: RouteResource;
  readonly refusal: Extract<Attachment, { readonly attached: false }>;
}

/** All that one Gateway listens for, and what is behind it. */
export interface GatewayTable {
  readonly cluster: Cluster;
  readonly gateway: GatewayResource;
  readonly listeners: readonly ListenerTable[];
  readonly loose: readonly LooseRoute[];
}

export function gatewayTable(gateway: GatewayResource, cluster: Cluster): GatewayTable {
  const listeners = listenersOf(gateway, cluster);
  const { routes } = cluster.gatewayApi;
  const tables = listeners.map((served) => tableOf(served, routes, cluster));
  const taken = new Set(
    tables.flatMap(({ requests, connections }) => [...requests, ...connections].map((each) => each.route)),
  );
  const loose = routes.flatMap((route): readonly LooseRoute[] => {
    if (taken.has(route as RequestRoute & ConnectionRouteResource)) return [];
    const refusal = listeners
      .filter((served) => referencesTo(route, served).length > 0)
      .map((served) => attachmentOf(route, served, cluster))
      .filter((each) => each !== undefined && !each.attached)
      .sort((a, b) => CLOSENESS.indexOf(b.reason) - CLOSENESS.indexOf(a.reason))[0];
    return refusal ? [{ route, refusal }] : [];
  });
  return { gateway, listeners: tables, loose, cluster };
}

/** How far a route got at a listener before it was refused. */
export const CLOSENESS = [
  'NoMatchingParent',
  'UnsupportedValue',
  'NotAllowedByListeners',
  'NoMatchingListenerHostname',
];

function tableOf(served: ServedListener, routes: readonly RouteResource[], cluster: Cluster): ListenerTable {
  const attached = routes.flatMap((route) => {
    const attachment = served.conflict ? undefined : attachmentOf(route, served, cluster);
    return attachment?.attached ? [{ route, hosts: attachment.hosts, doubts: attachment.doubts }] : [];
  });
  const requests = attached.filter(
    (each): each is AttachedRoute<RequestRoute> => each.route.type !== 'connectionRoute',
  );
  const connections = attached.filter(
    (each): each is AttachedRoute<ConnectionRouteResource> => each.route.type === 'connectionRoute',
  );
  return {
    served,
    certificates: certificatesOf(served, cluster),
    requests: withoutMixture(requests),
    connections,
  };
}

/**
 * GW-08: where hostnames of an HTTPRoute and of a GRPCRoute meet at a listener it takes the older one alone, of equals the first
 * by name.
 */
function withoutMixture(requests: readonly AttachedRoute<RequestRoute>[]): readonly AttachedRoute<RequestRoute>[] {
  return requests.flatMap((each) => {
    const rivals = requests.filter((other) => other.route.kind !== each.route.kind && meet(each, other));
    if (rivals.some((other) => precedes(other.route, each.route) === true)) return [];
    const open = rivals.filter((other) => precedes(other.route, each.route) === 'unknown');
    return [{ ...each, doubts: [...each.doubts, ...open.map((other) => mixtureDoubt(each.route, other.route))] }];
  });
}

function meet(a: AttachedRoute<RequestRoute>, b: AttachedRoute<RequestRoute>): boolean {
  return a.hosts.some((own) => b.hosts.some((other) => intersection(own.effective, other.effective) !== null));
}

function precedes(a: RouteResource, b: RouteResource): boolean | 'unknown' {
  if (a.createdAt === undefined || b.createdAt === undefined) return 'unknown';
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt;
  return byCodeUnit(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`) < 0;
}

function mixtureDoubt(...routes: readonly RouteResource[]): Doubt {
  const names = routes.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).sort(byCodeUnit);
  return {
    rule: 'GW-08',
    wouldDecide: `which is the older of ${names.join(' and ')}: a listener takes one of them alone`,
  };
}
