import type { Cluster } from '../cluster/cluster';
import type { ServiceResource } from '../manifest/resources';
import { familiesOf, familyDoubt } from '../service/service-families';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';
import type { Hop, PairVerdict } from './verdict';

/** SVC-27: whether a Service has an address in the family that is asked for: surely not, or as far as the doubts leave it. */
export function servesFamily(service: ServiceResource, family: IpFamily | undefined, cluster: Cluster) {
  if (family === undefined) return { isServed: true, doubts: [] };
  const possible = familiesOf(service, cluster).find((each) => each.family === family);
  return { isServed: possible !== undefined, doubts: possible?.isKnown ? [] : [familyDoubt(service)] };
}

/** The same way, where nobody knows whether the Service has an address to dial. */
export function leftOpen(pair: PairVerdict, doubts: readonly Doubt[]): PairVerdict {
  if (doubts.length === 0 || pair.outcome === 'denied') return pair;
  const open = { decision: 'unknown', problem: 'uncertain-endpoints', doubts } as const;
  const hops = pair.hops.map(
    (hop): Hop => (hop.hop === 'service' && hop.decision === 'passes' ? { ...hop, ...open } : hop),
  );
  return { ...pair, outcome: 'unknown', hops, doubts: [...doubts, ...pair.doubts] };
}
