import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { judge } from '../policy/evaluate';
import { eitherOf, FREE, inSeries, type Outcome } from '../policy/outcome';
import { outcomeIn } from '../policy/rows';
import type { IpFamily } from '../values/ip';
import { TrafficSet } from '../values/traffic-set';
import { ambiguityOf } from './ambiguous-end';
import type { Circumstances } from './flow';
import { type End, peerOf } from './policy-hops';

/**
 * What the policies do to all traffic between two ends at once, in any common family.
 * The pod's own node is left out (NP-30): this serves promises, which can't keep it away.
 */
export function anyTraffic(
  engine: PolicyEngine,
  from: End,
  to: End,
  circumstances: Pick<Circumstances, 'strangersAreOpen'> = {},
): Outcome | undefined {
  if ('pod' in from && 'pod' in to) return betweenPods(engine, from.pod, to.pod, circumstances);
  if (ambiguityOf(from, engine.cluster) || ambiguityOf(to, engine.cluster)) return ANYTHING;
  const families = engine.cluster.families.filter(
    (f) => !peerOf(from, f).addresses.isEmpty && !peerOf(to, f).addresses.isEmpty,
  );
  if (families.length === 0) return undefined;
  return families.map((family) => inFamily(engine, from, to, family, circumstances)).reduce(eitherOf);
}

/** Who is at an address of the pod or Service range nobody can tell, nor what becomes of it. */
const ANYTHING: Outcome = { mayAllow: TrafficSet.all, mayDeny: TrafficSet.all };

/** From the rows, so that a promise about one pod can ask for every other pod of a large cluster. */
function betweenPods(
  { rows }: PolicyEngine,
  from: PodGroup,
  to: PodGroup,
  { strangersAreOpen }: Pick<Circumstances, 'strangersAreOpen'>,
): Outcome | undefined {
  const isOpen = strangersAreOpen && from.provenance === 'stranger';
  const leaving = isOpen ? rows.free(to) : outcomeIn(rows.of('egress', from), to);
  return rows.outcomes.inSeries(leaving, outcomeIn(rows.of('ingress', to), from));
}

function inFamily(
  engine: PolicyEngine,
  from: End,
  to: End,
  family: IpFamily,
  { strangersAreOpen }: Pick<Circumstances, 'strangersAreOpen'>,
): Outcome {
  const isBound = 'pod' in from && !(strangersAreOpen && from.pod.provenance === 'stranger');
  const leaving = isBound ? judge(engine.of('egress', from.pod), from.pod, peerOf(to, family)) : FREE;
  const entering = 'pod' in to ? judge(engine.of('ingress', to.pod), to.pod, peerOf(from, family)) : FREE;
  return inSeries(leaving, entering);
}
