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

/** What a group of the expression captured: `$1`, `${1}`. */
const GROUP = /\$(\d)|\$\{(\d)\}/g;

/** ING-19: the target takes the place of the whole path, with what the groups of the expression captured. */
export function rewritten({ entry: { served, path: declared = '/', type }, match }: Candidate): Rewritten {
  const { ingress } = served;
  const host = annotation(ingress, 'upstream-vhost');
  const target = type === 'path' ? rewriteOf(ingress, declared) : undefined;
  if (target === undefined) return { rewrite: host === undefined ? undefined : { host }, doubts: [] };
  // What stands behind a ? of the target becomes a part of the query; one that was captured stays in the path.
  const [template] = target.split('?', 1);
  const path = template.replace(GROUP, (_, short?: string, long?: string) =>
    captured(match.captured ?? [], Number(short ?? long)),
  );
  const rewrite = host === undefined ? { path } : { host, path };
  if (match.captured && !template.replace(GROUP, '').includes('$')) return { rewrite, doubts: [] };
  return {
    rewrite,
    doubts: [{ rule: 'ING-19', wouldDecide: `a rewrite-target without variables of nginx, unlike ${target}` }],
  };
}

/** A group that took no part stands for nothing. */
function captured(groups: readonly (string | undefined)[], number: number): string {
  return groups[number - 1] ?? '';
}
