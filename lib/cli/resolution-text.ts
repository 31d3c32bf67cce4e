import { doubtText } from '../diagnostics/reason';
import { dataText, targetText } from '../diagnostics/resolution';
import type { Resolution, ResolvedQuery } from '../model/dns/resolve';

/** The answer for people: what the name means, the questions in order, and why. */
export function* resolutionText(resolution: Resolution, from: string | undefined): Iterable<string> {
  yield `${resolution.name}: ${meaningOf(resolution)}`;
  for (const record of resolution.answers) {
    const whose = record.data !== undefined && record.target ? `  ${targetText(record.target)}` : '';
    yield `  ${record.name} ${record.type} ${dataText(record)}${whose}`;
  }
  yield* questions(resolution, from);
  const reason = reasonOf(resolution);
  if (reason !== undefined) yield reason;
  for (const line of resolution.dropped ?? [])
    yield `left out of the pod's resolv.conf, which is full (DNS-20): ${line}`;
  for (const doubt of resolution.doubts) yield `would decide it: ${doubtText(doubt)}`;
}

function meaningOf({ result, rcode, by }: Resolution): string {
  if (result === 'unknown') return rcode === 'unknown' ? 'unknown' : `${rcode}, and nobody knows the rest`;
  if (by === 'address') return 'an address, which needs no DNS';
  if (by === 'hosts') return `${rcode} by the pod's own /etc/hosts, before any server is asked (DNS-24)`;
  switch (result) {
    case 'found':
      return rcode;
    case 'no-data':
      return `${rcode} without an answer: the name is there, but has no such record`;
    case 'not-found':
      return `${rcode}: no manifest makes such a name`;
  }
}

function* questions({ queries, resolver }: Resolution, from: string | undefined): Iterable<string> {
  if (queries.length === 0) return;
  yield '';
  yield from === undefined ? "the cluster's DNS itself is asked" : `${from} asks, as ${resolver} does`;
  const width = Math.max(...queries.map(({ name }) => name.length));
  for (const query of queries)
    yield `  ${rcodeText(query).padEnd(8)}  ${query.name.padEnd(width)}  ${query.types.join(', ')}`;
}

/** NODATA is how people call a NOERROR without a record. */
function rcodeText({ rcode, answers }: ResolvedQuery): string {
  return rcode === 'NOERROR' && answers.length === 0 ? 'NODATA' : rcode;
}

function reasonOf({ name, search, answeredBy, isUpstream, queries }: Resolution): string | undefined {
  if (isUpstream && queries.at(-1)?.rcode === 'unknown') {
    return 'the last name is none of the cluster: it goes to servers outside, and what they answer no manifest tells';
  }
  if (answeredBy === undefined) return undefined;
  if (search === undefined) return `answered by ${answeredBy}`;
  const isCaptured = name.includes('.') ? `, so that \`${name}.\` itself was not asked for (DNS-23)` : '';
  return `answered by ${answeredBy} through the search domain ${search}${isCaptured}`;
}
