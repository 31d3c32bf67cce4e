import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { eitherOf, FREE, inSeries, judge, type Outcome } from '../policy/evaluate';
import type { IpFamily } from '../values/ip';
import { type End, peerOf } from './policy-hops';

/**
 * What the policies do to all traffic between two ends at once, in any common family.
 * The pod's own node is left out (NP-30): this serves promises, which can't keep it away. Policies of a stranger's own end
 * count for nothing: it may carry more labels, and have policies, that nobody declared here, and those may open it (NP-04).
 */
export function anyTraffic(engine: PolicyEngine, from: End, to: End): Outcome | undefined {
  const families = engine.cluster.families.filter(
    (f) => !peerOf(from, f).addresses.isEmpty && !peerOf(to, f).addresses.isEmpty,
  );
  if (families.length === 0) return undefined;
  return families.map((family) => inFamily(engine, from, to, family)).reduce(eitherOf);
}

function inFamily(engine: PolicyEngine, from: End, to: End, family: IpFamily): Outcome {
  const leaving = isDeclared(from) ? judge(engine.of('egress', from.pod), from.pod, peerOf(to, family)) : FREE;
  const entering = isDeclared(to) ? judge(engine.of('ingress', to.pod), to.pod, peerOf(from, family)) : FREE;
  return inSeries(leaving, entering);
}

function isDeclared(end: End): end is End & { pod: PodGroup } {
  return 'pod' in end && end.pod.provenance !== 'stranger';
}
