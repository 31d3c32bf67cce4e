import type { Cluster } from '../../cluster/cluster';
import type { IngressResource } from '../../manifest/resources';
import { parseCidr } from '../../values/cidr';
import { CidrSet } from '../../values/cidr-set';
import { parseIp } from '../../values/ip';
import type { Doubt } from '../../values/ternary';
import type { Answer, Outcome } from '../routing';

/** By their addresses, the clients that an Ingress lets in. */
export interface SourceRanges {
  /** The annotations that say so. */
  readonly told: readonly string[];
  /** `undefined` where one of them is no list of ranges. */
  readonly admits?: CidrSet;
}

/** The annotations of a controller: of clients let in, and of those kept out. */
export interface SourceAnnotations {
  readonly allow?: string;
  readonly deny?: string;
  /** As people know them. */
  readonly told: readonly string[];
}

/** `undefined` where every client is let in. */
export function sourceRanges({ allow, deny, told }: SourceAnnotations, cluster: Cluster): SourceRanges | undefined {
  if (told.length === 0) return undefined;
  const everybody = cluster.families.reduce((all, family) => all.union(CidrSet.all(family)), CidrSet.empty);
  const allowed = allow === undefined ? everybody : rangesIn(allow)?.intersect(everybody);
  const denied = deny === undefined ? CidrSet.empty : rangesIn(deny);
  const admits = allowed && denied && allowed.minus(denied);
  return admits?.covers(everybody) ? undefined : { told, admits };
}

function rangesIn(text: string): CidrSet | undefined {
  let all = CidrSet.empty;
  for (const each of text.split(',').map((part) => part.trim())) {
    const ip = parseIp(each);
    const cidr = parseCidr(each);
    if (ip.ok) all = all.union(CidrSet.ofAddresses([ip.address]));
    else if (cidr.ok) all = all.union(CidrSet.of(cidr.cidr));
    else return undefined;
  }
  return all;
}

/** Whoever is not let in gets a 403. Which clients ask, and whether the proxy sees their addresses (NP-39), nobody knows. */
export function limitedTo(ranges: SourceRanges | undefined, ingress: IngressResource, outcome: Outcome): Outcome {
  if (!ranges) return outcome;
  const refusal: Answer = { type: 'answers', status: 403, because: `${ranges.told.join(' and ')} lets nobody in` };
  if (ranges.admits?.isEmpty) return { answers: [refusal], doubts: [] };
  const because = `${ranges.told.join(' and ')} of the Ingress keeps others out`;
  const answers = [...outcome.answers, { ...refusal, because }];
  return { answers, doubts: [...outcome.doubts, sourceDoubt(ranges, ingress)] };
}

export function sourceDoubt({ told, admits }: SourceRanges, { namespace, name }: IngressResource): Doubt {
  const whom = admits ? `who asks, and by which address the proxy knows them` : 'ranges of addresses there';
  return {
    rule: 'NP-39',
    wouldDecide: `${whom}: ${told.join(' and ')} of Ingress ${namespace}/${name} limits the clients`,
  };
}
