import { blame, nameOf } from '../../manifest/blame';
import { DEFAULT_NAMESPACE } from '../../manifest/kinds/metadata';
import type { ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { type IngressLintRule, type Reference, references } from './rule';
import { hasPort } from './service-ports';

/** PTL402: an Ingress sends to Services of its own namespace, and there is none of the name (ING-14). */
export const serviceOfNobody: IngressLintRule = (cluster) =>
  references(cluster).flatMap((reference) => {
    const { ingress, backend, requests } = reference;
    const here = cluster.servicesIn(ingress.namespace);
    const namesakes = cluster.services.filter(({ name }) => name === backend.name);
    if (here.some(({ name }) => name === backend.name)) return [];
    // Where no Service is declared at all, they are made elsewhere; of a whole cluster nothing is.
    if (!cluster.isWhole && here.length === 0 && namesakes.length === 0) return [];
    const names = here.map(({ name }) => name);
    const severity = cluster.isWhole || isMeant(reference, namesakes) ? ('error' as const) : ('warning' as const);
    return [
      {
        code: 'PTL402' as const,
        severity,
        ...blame(ingress, [...backend.field, 'name']),
        service: backend.name,
        requests,
        namesakes: namesakes.map((each) => ({ ...nameOf(each), origin: each.origin })),
        didYouMean: namesakes.length > 0 ? undefined : nearest(backend.name, names),
      },
    ];
  });

/**
 * Whether the Service of another namespace was meant beyond doubt: it is the only one of the name, and has the port. Objects
 * in `default` may be there only because their manifests name no namespace, and live with the others in the end (NP-44).
 */
function isMeant({ ingress, backend }: Reference, namesakes: readonly ServiceResource[]): boolean {
  if (namesakes.length !== 1 || !hasPort(namesakes[0], backend.port)) return false;
  return [ingress, namesakes[0]].every(({ namespace }) => namespace !== DEFAULT_NAMESPACE);
}
