import { blame, nameOf } from '../../manifest/blame';
import { DEFAULT_NAMESPACE } from '../../manifest/kinds/metadata';
import type { ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { type Reference, references } from './references';
import type { IngressLintRule } from './rule';
import { hasPort } from './service-ports';

/**
 * PTL402: an Ingress sends to Services of its own namespace (ING-14), a route to those of the namespace that it names, its own
 * by default (GW-11), and there is none of the name.
 */
export const serviceOfNobody: IngressLintRule = (cluster) =>
  references(cluster).flatMap((reference) => {
    const { from, namespace, service, serviceField, requests } = reference;
    const here = cluster.servicesIn(namespace);
    if (here.some(({ name }) => name === service)) return [];
    const namesakes = cluster.services.filter(({ name }) => name === service);
    // Where no Service is declared at all, they are made elsewhere; of a whole cluster nothing is.
    if (!cluster.isWhole && here.length === 0 && namesakes.length === 0) return [];
    const names = here.map(({ name }) => name);
    const severity = cluster.isWhole || isMeant(reference, namesakes) ? ('error' as const) : ('warning' as const);
    return [
      {
        code: 'PTL402' as const,
        severity,
        ...blame(from, serviceField),
        service,
        namespace,
        requests,
        namesakes: namesakes.map((each) => ({ ...nameOf(each), origin: each.origin })),
        didYouMean: namesakes.length > 0 ? undefined : nearest(service, names),
      },
    ];
  });

/**
 * Whether the Service of another namespace was meant beyond doubt: it is the only one of the name, and has the port. Objects
 * in `default` may be there only because their manifests name no namespace, and live with the others in the end (NP-44).
 */
function isMeant({ from, port }: Reference, namesakes: readonly ServiceResource[]): boolean {
  if (namesakes.length !== 1 || !hasPort(namesakes[0], port)) return false;
  return [from, namesakes[0]].every(({ namespace }) => namespace !== DEFAULT_NAMESPACE);
}
