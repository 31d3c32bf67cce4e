import { targetText } from '../diagnostics/resolution';
import type { DnsRecord } from '../model/dns/record';
import type { Resolution } from '../model/dns/resolve';

/** The answer as other programs read it: see `schemas/resolution.schema.json`. */
export function resolutionJson(resolution: Resolution): object {
  const { name, result, rcode, answers, queries, resolver, dropped, by, answeredBy, search, isUpstream, doubts } =
    resolution;
  return {
    name,
    result,
    rcode,
    answers: answers.map(recordJson),
    queries: queries.map(({ name, types, search, rcode, answers }) => ({
      name,
      type: types.join(','),
      rcode,
      answers: answers.map(recordJson),
      search: search ?? null,
    })),
    resolver: resolver ?? null,
    dropped: dropped ?? [],
    by,
    answeredBy: answeredBy ?? null,
    search: search ?? null,
    upstream: isUpstream,
    doubts: doubts.map(({ rule, wouldDecide }) => ({ rule, wouldDecide })),
  };
}

/** `data` is null for an address that Kubernetes is yet to choose; `of` tells whose it will be. */
function recordJson({ name, type, data, target }: DnsRecord): object {
  return { name, type, data: data ?? null, ...(target ? { of: targetText(target) } : {}) };
}
