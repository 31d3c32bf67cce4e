import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import { blame, nameOf } from '../../manifest/blame';
import { mayDivide } from './controller-annotations';
import { backendId, backendText, type PathClaim } from './path-claims';
import { type HostPaths, hostsOf, isRuleOf, type Probed, probe } from './probe';
import type { IngressLintRule } from './rule';
import { hasExpressions } from './takes-more';

type Detail = IngressLintDetail & { readonly code: 'PTL412' };

/**
 * PTL412: a path whose requests another rule takes, all of them: of two that differ in case or type alone a controller may not
 * tell the one from the other (ING-18, ING-21).
 */
export const neverWins: IngressLintRule = (cluster) =>
  hostsOf(cluster).flatMap((host) =>
    host.claims.flatMap((claim): readonly Lint[] => {
      const rival = host.claims.find((other) => isRival(claim, other) && takesAllOf(claim, other, host));
      if (!rival) return [];
      const [at] = winsOf(rival, probe(claim, textOf(claim), host.edges()));
      const detail: Detail = {
        code: 'PTL412',
        claimed: { host: claim.host, path: claim.path.path },
        backend: backendText(claim.path.backend),
        controller: at.edge.label,
        rule: hasExpressions(host.claims) ? 'ING-18' : 'ING-21',
        twin: { ...nameOf(rival.ingress), origin: rival.ingress.originOf([...rival.field, 'path']) },
        twinPath: `${textOf(rival)} (${rival.path.pathType})`,
        twinBackend: backendText(rival.path.backend),
      };
      return [{ severity: 'warning', ...blame(claim.ingress, [...claim.field, 'path']), ...detail }];
    }),
  );

function textOf({ path: { path = '/' } }: PathClaim): string {
  return path;
}

/** Paths that differ in case or type alone, and go to different backends; equal ones are another lint. */
function isRival(claim: PathClaim, other: PathClaim): boolean {
  if (claim === other || textOf(claim).toLowerCase() !== textOf(other).toLowerCase()) return false;
  const isEqual = textOf(claim) === textOf(other) && claim.path.pathType === other.path.pathType;
  return !isEqual && backendId(claim) !== backendId(other) && !mayDivide(claim.ingress, other.ingress);
}

/** Whether the other surely goes first at the very path, and below it where the path has anything below. */
function takesAllOf(claim: PathClaim, rival: PathClaim, { edges }: HostPaths): boolean {
  const below = `${textOf(claim).replace(/\/$/, '')}/a`;
  const paths = claim.path.pathType === 'Exact' ? [textOf(claim)] : [textOf(claim), below];
  return paths.every((path) => {
    const wins = winsOf(rival, probe(claim, path, edges()));
    return wins.length > 0 && wins.every(({ routed }) => isBeaten(claim, routed));
  });
}

function winsOf(claim: PathClaim, probes: readonly Probed[]): readonly Probed[] {
  return probes.filter(({ winner }) => isRuleOf(claim, winner));
}

function isBeaten(claim: PathClaim, { considered }: Probed['routed']): boolean {
  return considered.some(({ rule, matched }) => matched === 'yes' && isRuleOf(claim, rule));
}
