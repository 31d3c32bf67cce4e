import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { judge } from '../policy/evaluate';
import { eitherOf, type Outcome } from '../policy/outcome';
import type { SubjectStages } from '../policy/subject-stages';
import { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';
import type { TrafficSet } from '../values/traffic-set';
import { either } from './either-form';
import type { Circumstances } from './flow';
import { type Dialled, type End, policyHops } from './policy-hops';
import type { PolicyHop } from './verdict';

/** NP-39: whom policies may see in place of a client outside, where the network plugin masquerades what comes in. */
const HIDDEN_CLIENT: Doubt = {
  rule: 'NP-39',
  wouldDecide:
    "whether a node on the way puts its address among the pods' in place of the client's: a Service with `externalTrafficPolicy: Local` may keep it",
};

/** The policies of both ends, whichever address they see of a client outside that kube-proxy leaves as it is. */
export function hopsAsSeen(
  engine: PolicyEngine,
  from: End,
  to: End,
  dialled: Dialled,
  circumstances: Circumstances,
  by: 'podIP' | 'service',
): readonly PolicyHop[] {
  const seen = policyHops(engine, from, to, dialled, circumstances);
  const hidden = 'pod' in to ? hiddenClient(engine, from, by) : undefined;
  return hidden ? either(seen, policyHops(engine, hidden, to, dialled, circumstances), HIDDEN_CLIENT) : seen;
}

/** The end that policies may see in place of a client; `undefined` where they see the client, or a node by kube-proxy's doing. */
function hiddenClient({ cluster }: PolicyEngine, client: End, by: 'podIP' | 'service'): End | undefined {
  if ('pod' in client || client.node !== undefined) return undefined;
  if (cluster.profile.capabilities.clientsKeepAddress === 'local' && by === 'service') return undefined;
  const hidden = hiddenAddresses(cluster);
  if (!hidden) return undefined;
  const { families } = client.addresses;
  // NP-38: whoever puts an address in place of another stays in its family.
  return { addresses: families.reduce((all, f) => all.union(hidden.ofFamily(f)), CidrSet.empty), label: client.label };
}

/** By which addresses clients outside may come; `undefined` where they keep their own. */
function hiddenAddresses({ profile, families }: Cluster): CidrSet | undefined {
  if (profile.capabilities.clientsKeepAddress === true) return undefined;
  const inFamily = (family: IpFamily) => {
    const declared = profile.podCidr.ofFamily(family);
    return declared.isEmpty ? CidrSet.all(family) : declared;
  };
  return families.map(inFamily).reduce((all, own) => all.union(own), CidrSet.empty);
}

/** What the policies of a pod do to all that clients outside, who have these addresses of one family, send straight to it. */
export function enteringFromOutside(
  cluster: Cluster,
  own: SubjectStages,
  pod: PodGroup,
  addresses: CidrSet,
  family: IpFamily,
): Outcome {
  const seen = judge(own, pod, { addresses });
  const hidden = hiddenAddresses(cluster);
  return hidden && own.stages.length > 0
    ? eitherOf(seen, judge(own, pod, { addresses: hidden.ofFamily(family) }))
    : seen;
}

/** Whether some of the traffic is open because nobody tells whom the policies of a pod see in place of these clients. */
export function hiddenDoubts(
  cluster: Cluster,
  own: SubjectStages,
  pod: PodGroup,
  addresses: CidrSet,
  traffic: TrafficSet,
): readonly Doubt[] {
  const isChanged = cluster.families.some((family) => {
    const part = addresses.ofFamily(family);
    if (part.isEmpty) return false;
    const seen = judge(own, pod, { addresses: part });
    const { mayAllow, mayDeny } = enteringFromOutside(cluster, own, pod, part, family);
    const added = mayAllow.minus(seen.mayAllow).union(mayDeny.minus(seen.mayDeny));
    return added.intersects(traffic);
  });
  return isChanged ? [HIDDEN_CLIENT] : [];
}
