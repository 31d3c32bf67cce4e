import type { Doubt } from '../../../values/ternary';
import type { Rewrite } from '../../routing';
import type { Candidate } from '../controller';
import { annotation } from './annotations';
import { rewriteOf } from './locations';

/** What a backend gets instead of the request's host and path, and what leaves that open. */
export interface Rewritten {
  readonly rewrite?: Rewrite;
  readonly doubts: readonly Doubt[];
}

/** ING-19: the target takes the place of the whole path, with what the groups of the expression captured. */
export function rewritten({ entry: { served, path: declared = '/', type }, match }: Candidate): Rewritten {
  const { ingress } = served;
  const host = annotation(ingress, 'upstream-vhost');
  const target = type === 'path' ? rewriteOf(ingress, declared) : undefined;
  if (target === undefined) return { rewrite: host === undefined ? undefined : { host }, doubts: [] };
  const filled = target.replace(/\$(\d)|\$\{(\d)\}/g, (_, short?: string, long?: string) =>
    captured(match.captured ?? [], Number(short ?? long)),
  );
  // What stands behind ? becomes a part of the query.
  const [path] = filled.split('?', 1);
  const rewrite = host === undefined ? { path } : { host, path };
  if (match.captured && !path.includes('$')) return { rewrite, doubts: [] };
  return {
    rewrite,
    doubts: [{ rule: 'ING-19', wouldDecide: `a rewrite-target without variables of nginx, unlike ${target}` }],
  };
}

/** A group that took no part stands for nothing. */
function captured(groups: readonly (string | undefined)[], number: number): string {
  return groups[number - 1] ?? '';
}
