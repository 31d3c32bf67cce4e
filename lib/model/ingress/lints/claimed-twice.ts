import type { Cluster } from '../../cluster/cluster';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame, nameOf } from '../../manifest/blame';
import type { IngressBackend, IngressPath, IngressResource } from '../../manifest/resources';
import { groupBy } from '../../values/group-by';
import { alikeToControllers, mayDivide } from './controller-annotations';
import type { IngressLintRule } from './rule';

type Detail = IngressLintDetail & { readonly code: 'PTL411' };

/** One path of a rule. */
interface Claim {
  readonly ingress: IngressResource;
  readonly host?: string;
  readonly path: IngressPath;
  readonly field: FieldPath;
}

/** PTL411: of two rules for one host and path the API does not say which goes first (ING-08, ING-17). */
export const claimedTwice: IngressLintRule = (cluster) =>
  [...groupBy(cluster.ingresses.flatMap(claimsOf), keyOf).values()].flatMap(([first, ...others]) =>
    others
      .filter((claim) => idOf(claim) !== idOf(first) && !areDivided([first, claim], cluster))
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

function claimsOf(ingress: IngressResource): readonly Claim[] {
  return ingress.rules.flatMap(({ host, paths = [] }, i) =>
    paths.map((path, j): Claim => ({ ingress, host, path, field: ['spec', 'rules', i, 'http', 'paths', j] })),
  );
}

/** ING-06: a slash at the end of a Prefix says nothing. Which class an Ingress has that names none nobody knows here. */
function keyOf({ ingress: { className }, host, path: { path, pathType } }: Claim): string {
  const claimed = pathType === 'Prefix' ? path?.replace(/\/$/, '') : path;
  return JSON.stringify([className, host, pathType, claimed]);
}

/**
 * Whether it can't be meant so. Controllers may watch some namespaces only, may read annotations that tell the two apart, and
 * some take a slash at the end of a Prefix for more (ING-21).
 */
function isSure(first: Claim, second: Claim): boolean {
  const [a, b] = [first.ingress, second.ingress];
  return a.namespace === b.namespace && first.path.path === second.path.path && alikeToControllers(a, b);
}

function areDivided(claims: readonly Claim[], cluster: Cluster): boolean {
  const services = claims.map(({ ingress, path: { backend } }) =>
    cluster.servicesIn(ingress.namespace).find(({ name }) => backend.type === 'service' && name === backend.name),
  );
  return mayDivide(...claims.map(({ ingress }) => ingress), ...services);
}

function idOf({ ingress: { namespace }, path: { backend } }: Claim): string {
  return JSON.stringify([namespace, { ...backend, field: undefined }]);
}

/** `web:http`, or `StorageBucket static`. */
export function backendText(backend: IngressBackend): string {
  return backend.type === 'service' ? `${backend.name}:${backend.port}` : `${backend.kind} ${backend.name}`;
}
