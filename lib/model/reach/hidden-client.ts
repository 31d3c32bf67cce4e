import type { PolicyEngine } from '../policy/engine';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
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
  const { capabilities, podCidr } = cluster.profile;
  const { clientsKeepAddress } = capabilities;
  if (clientsKeepAddress === true || 'pod' in client || client.node !== undefined) return undefined;
  if (clientsKeepAddress === 'local' && by === 'service') return undefined;
  return { addresses: podCidr.isEmpty ? CidrSet.all() : podCidr, label: client.label };
}
