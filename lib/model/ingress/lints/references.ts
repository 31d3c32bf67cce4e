import type { Cluster } from '../../cluster/cluster';
import type { IngressRequests } from '../../finding/ingress-lint';
import type { FieldPath } from '../../finding/origin';
import type { BackendReference, IngressResource, RouteResource } from '../../manifest/resources';
import { groupBy } from '../../values/group-by';
import { backendsOf } from '../backends';

/** A Service and a port that an Ingress or a route names, at their first place, and all requests that go there. */
export interface Reference {
  readonly from: IngressResource | RouteResource;
  /** Where the Service is looked for. */
  readonly namespace: string;
  readonly service: string;
  /** By name or by number; a route gives the number. */
  readonly port: string | number;
  readonly serviceField: FieldPath;
  readonly portField: FieldPath;
  readonly requests: readonly IngressRequests[];
}

/** What Ingresses and routes name, each Service and port of each once. */
export function references({ ingresses, gatewayApi: { routes } }: Cluster): readonly Reference[] {
  return [
    ...ingresses.flatMap((ingress) => once(ofIngress(ingress))),
    ...routes.flatMap((route) => once(ofRoute(route))),
  ];
}

type Single = Omit<Reference, 'requests'> & { readonly requests: readonly IngressRequests[] };

function once(all: readonly Single[]): readonly Reference[] {
  const groups = groupBy(all, ({ namespace, service, port }) => JSON.stringify([namespace, service, port]));
  return [...groups.values()].map((group) => ({ ...group[0], requests: group.flatMap(({ requests }) => requests) }));
}

/**
 * A load balancer of AWS reads what to do from an annotation in place of sending to a Service, where the port has this name;
 * the name of the Service is that of the annotation then.
 */
const NO_SERVICE = 'use-annotation';

function ofIngress(ingress: IngressResource): readonly Single[] {
  return backendsOf(ingress).flatMap(({ backend, requests }) => {
    if (backend.type !== 'service' || backend.port === NO_SERVICE) return [];
    const { name, port, field } = backend;
    return {
      from: ingress,
      namespace: ingress.namespace,
      service: name,
      port,
      serviceField: [...field, 'name'],
      portField: [...field, 'port', typeof port === 'string' ? 'name' : 'number'],
      requests: [requests],
    };
  });
}

/** GW-11: of a rule that has several, each gets a share of the requests. */
function ofRoute(route: RouteResource): readonly Single[] {
  return route.rules.flatMap((rule, i) =>
    rule.backends.filter(isService).map(({ name, namespace = route.namespace, port = 0, field }) => ({
      from: route,
      namespace,
      service: name,
      port,
      serviceField: [...field, 'name'],
      portField: [...field, 'port'],
      requests: requestsOf(route, i),
    })),
  );
}

function isService({ group, kind, port }: BackendReference): boolean {
  return group === '' && kind === 'Service' && port !== undefined;
}

function requestsOf(route: RouteResource, index: number): readonly IngressRequests[] {
  const hosts = route.hostnames.length === 0 ? [undefined] : route.hostnames;
  return hosts.flatMap((host) => pathsOf(route, index).map((path) => ({ host, path })));
}

function pathsOf(route: RouteResource, index: number): readonly (string | undefined)[] {
  switch (route.type) {
    case 'httpRoute':
      return [...new Set(route.rules[index].matches.map(({ path }) => path.value))];
    case 'grpcRoute': {
      const { matches } = route.rules[index];
      return [...new Set(matches.map(({ service = '*', method = '*' }) => `/${service}/${method}`))];
    }
    case 'connectionRoute':
      return [undefined];
  }
}
