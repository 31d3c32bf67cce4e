import type { Cluster } from '../../cluster/cluster';
import type { RouteResource, RouteRuleBase } from '../../manifest/resources';
import type { UrlRequest } from '../request';
import type { Answer, Outcome, Share } from '../routing';
import { resolveBackend } from './backends';
import { applyFilters, type Filtered } from './filters';

/** A rule that took a request, at a listener. */
export interface Taken {
  readonly request: UrlRequest;
  readonly route: RouteResource;
  readonly rule: RouteRuleBase;
  /** Of the listener. */
  readonly port: number;
  /** The path that the rule matched. */
  readonly prefix: string;
}

/**
 * GW-11, GW-12: what becomes of a request that a rule took. INVARIANT: a Service without endpoints is told all the same: whoever
 * follows the request to its end finds that nobody is there, and that the proxy answers 503.
 */
export function outcomeOf(taken: Taken, cluster: Cluster): Outcome {
  const { rule } = taken;
  const filtered = applyFilters(rule.filters, taken);
  const own = filtered.redirect ? { answers: [filtered.redirect], doubts: [] } : forwarded(taken, filtered, cluster);
  if (filtered.doubts.length === 0) return own;
  const refusal: Answer = {
    type: 'answers',
    status: 500,
    because: 'a filter of the rule answers instead of the backend',
  };
  return { answers: [...own.answers, refusal], doubts: [...own.doubts, ...filtered.doubts] };
}

function forwarded(taken: Taken, filtered: Filtered, cluster: Cluster): Outcome {
  const { rule, route } = taken;
  const weighted = rule.backends.filter(({ weight }) => weight > 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  if (weighted.length === 0) {
    const because = rule.backends.length === 0 ? 'the rule has no backend' : 'no backend of the rule has a weight';
    return { answers: [{ type: 'answers', status: invalidStatus(route), because }], doubts: [] };
  }
  const resolved = weighted.map((backend) => ({ backend, found: resolveBackend(backend, route, cluster) }));
  const to = resolved.map(({ backend, found }): Share => {
    const share = backend.weight / total;
    if ('fault' in found) return { share, status: invalidStatus(route), because: found.because };
    if ('elsewhere' in found) return { share, elsewhere: found.elsewhere };
    return { share, service: found.service, port: found.port };
  });
  const doubts = resolved.flatMap(({ found }) => found.doubts);
  return { answers: [together(to, taken, filtered)], doubts };
}

/** One answer of the proxy's own where no share has a Service, and all say the same. */
function together(to: readonly Share[], taken: Taken, filtered: Filtered): Answer {
  const [first] = to;
  if ('status' in first && to.every((each) => 'status' in each && each.status === first.status)) {
    return { type: 'answers', status: first.status, because: first.because };
  }
  const backends = taken.rule.backends.filter(({ weight }) => weight > 0);
  const perBackend = backends.map(({ filters }) => applyFilters(filters, taken));
  if (backends.length === 1 && perBackend[0].redirect) return perBackend[0].redirect;
  const own = perBackend.flatMap((each, i) => notesOf(backends[i].name, each));
  const rewrite = backends.length === 1 ? (perBackend[0].rewrite ?? filtered.rewrite) : filtered.rewrite;
  const notes = [...filtered.notes, ...own];
  return {
    type: 'forwards',
    to,
    rewrite: isChange(rewrite) ? rewrite : undefined,
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function notesOf(name: string, { notes, redirect, rewrite }: Filtered): readonly string[] {
  const parts = [
    ...notes,
    ...(redirect ? [`it is redirected to ${redirect.location}`] : []),
    ...(isChange(rewrite) ? [`it is sent as ${rewrite?.host ?? ''}${rewrite?.path ?? ''}`] : []),
  ];
  return parts.map((part) => `on the way to ${name} ${part}`);
}

function isChange(rewrite: Filtered['rewrite']): boolean {
  return rewrite?.host !== undefined || rewrite?.path !== undefined;
}

/** GW-11: 500; a call of gRPC is told UNAVAILABLE, which is 503 in HTTP. */
function invalidStatus({ kind }: RouteResource): number {
  return kind === 'GRPCRoute' ? 503 : 500;
}
