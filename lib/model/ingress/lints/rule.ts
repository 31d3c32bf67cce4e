import type { Cluster } from '../../cluster/cluster';
import type { IngressRequests } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import type { IngressBackend, IngressResource } from '../../manifest/resources';
import { groupBy } from '../../values/group-by';
import { backendsOf } from '../backends';

/** The contract of lints about Ingresses: a pure function, whose findings come in the order of the manifests. */
export type IngressLintRule = (cluster: Cluster) => readonly Lint[];

/** A Service and a port that an Ingress names, at their first place, and all requests that go there. */
export interface Reference {
  readonly ingress: IngressResource;
  readonly backend: IngressBackend & { readonly type: 'service' };
  readonly requests: readonly IngressRequests[];
}

/**
 * A load balancer of AWS reads what to do from an annotation in place of sending to a Service, where the port has this name;
 * the name of the Service is that of the annotation then.
 */
const NO_SERVICE = 'use-annotation';

/** What Ingresses name, each Service and port of each once. */
export function references({ ingresses }: Cluster): readonly Reference[] {
  return ingresses.flatMap((ingress) => {
    const named = backendsOf(ingress).flatMap(({ backend, requests }) =>
      backend.type === 'service' && backend.port !== NO_SERVICE ? [{ backend, requests }] : [],
    );
    const groups = groupBy(named, ({ backend }) => JSON.stringify([backend.name, backend.port]));
    return [...groups.values()].map((group) => ({
      ingress,
      backend: group[0].backend,
      requests: group.map(({ requests }) => requests),
    }));
  });
}
