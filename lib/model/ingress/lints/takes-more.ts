import type { Cluster } from '../../cluster/cluster';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import { blame, nameOf } from '../../manifest/blame';
import { claimsOn } from '../classes';
import { belowElements } from '../paths';
import { mayDivide } from './controller-annotations';
import { backendId, backendText, type PathClaim } from './path-claims';
import { hostsOf, isRuleOf, probe } from './probe';
import type { IngressLintRule } from './rule';

type Detail = IngressLintDetail & { readonly code: 'PTL416' };

/** PTL416: some controllers compare a Prefix by its characters, so that `/foo` takes `/foobar` from another rule (ING-18, ING-21). */
export const takesMore: IngressLintRule = (cluster) =>
  hostsOf(cluster).flatMap(({ claims, edges }) =>
    claims
      .filter((claim) => isPrefix(claim) && (hasExpressions(claims) || mayBeText(claim, cluster)))
      .flatMap((claim): readonly Lint[] => {
        const beyond = `${claim.path.path}bar`;
        const robbed = ownerOf(beyond, claims);
        if (!robbed || backendId(robbed) === backendId(claim) || mayDivide(claim.ingress, robbed.ingress)) return [];
        const taken = probe(claim, beyond, edges()).find(({ winner }) => isRuleOf(claim, winner));
        if (!taken) return [];
        const detail: Detail = {
          code: 'PTL416',
          claimed: { host: claim.host, path: claim.path.path },
          backend: backendText(claim.path.backend),
          example: beyond,
          controller: taken.edge.label,
          compares: hasExpressions(claims) ? 'expressions' : 'text',
          twin: { ...nameOf(robbed.ingress), origin: robbed.ingress.originOf([...robbed.field, 'path']) },
          twinPath: robbed.path.path ?? '/',
          twinBackend: backendText(robbed.path.backend),
        };
        return [{ severity: 'warning', ...blame(claim.ingress, [...claim.field, 'path']), ...detail }];
      }),
  );

function isPrefix({ path: { path, pathType } }: PathClaim): boolean {
  return pathType === 'Prefix' && path !== undefined && !path.endsWith('/');
}

/** Whose requests these are by the elements of the path (ING-06, ING-08). */
function ownerOf(path: string, claims: readonly PathClaim[]): PathClaim | undefined {
  const owners = claims.filter(
    ({ path: own }) => own.pathType === 'Prefix' && belowElements(own.path ?? '/', path).matched === 'yes',
  );
  return owners.sort((a, b) => (b.path.path ?? '/').length - (a.path.path ?? '/').length)[0];
}

/** ING-18: what turns all paths of a host into regular expressions. */
export function hasExpressions(claims: readonly PathClaim[]): boolean {
  return claims.some(({ ingress: { annotations } }) =>
    ['use-regex', 'rewrite-target'].some((name) => annotations.has(`nginx.ingress.kubernetes.io/${name}`)),
  );
}

/** ING-21. */
function mayBeText({ ingress }: PathClaim, cluster: Cluster): boolean {
  return claimsOn(ingress, cluster).some(({ server }) =>
    server.type === 'placed'
      ? server.placed.controller.kind === 'traefik'
      : server.type === 'known' && server.kind === 'traefik',
  );
}
