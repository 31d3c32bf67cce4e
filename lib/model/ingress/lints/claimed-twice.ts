import type { Cluster } from '../../cluster/cluster';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import { blame, nameOf } from '../../manifest/blame';
import { groupBy } from '../../values/group-by';
import { alikeToControllers, mayDivide } from './controller-annotations';
import { backendId, backendText, claimsOf, type PathClaim } from './path-claims';
import type { IngressLintRule } from './rule';

type Detail = IngressLintDetail & { readonly code: 'PTL411' };

/** PTL411: of two rules for one host and path the API does not say which goes first (ING-08, ING-17). */
export const claimedTwice: IngressLintRule = (cluster) =>
  [...groupBy(cluster.ingresses.flatMap(claimsOf), keyOf).values()].flatMap(([first, ...others]) =>
    others
      .filter((claim) => backendId(claim) !== backendId(first) && !areDivided([first, claim], cluster))
      .map((claim): Lint => {
        const { ingress, field } = first;
        const detail: Detail = {
          code: 'PTL411',
          claimed: { host: claim.host, path: claim.path.path },
          backend: backendText(claim.path.backend),
          twin: { ...nameOf(ingress), origin: ingress.originOf([...field, 'path']) },
          twinBackend: backendText(first.path.backend),
        };
        const severity = isSure(first, claim) ? 'error' : 'warning';
        return { severity, ...blame(claim.ingress, [...claim.field, 'path']), ...detail };
      }),
  );

/** ING-06: a slash at the end of a Prefix says nothing. Which class an Ingress has that names none nobody knows here. */
function keyOf({ ingress: { className }, host, path: { path, pathType } }: PathClaim): string {
  const claimed = pathType === 'Prefix' ? path?.replace(/\/$/, '') : path;
  return JSON.stringify([className, host, pathType, claimed]);
}

/**
 * Whether it can't be meant so. Controllers may watch some namespaces only, may read annotations that tell the two apart, and
 * some take a slash at the end of a Prefix for more (ING-21).
 */
function isSure(first: PathClaim, second: PathClaim): boolean {
  const [a, b] = [first.ingress, second.ingress];
  return a.namespace === b.namespace && first.path.path === second.path.path && alikeToControllers(a, b);
}

function areDivided(claims: readonly PathClaim[], cluster: Cluster): boolean {
  const services = claims.map(({ ingress, path: { backend } }) =>
    cluster.servicesIn(ingress.namespace).find(({ name }) => backend.type === 'service' && name === backend.name),
  );
  return mayDivide(...claims.map(({ ingress }) => ingress), ...services);
}
