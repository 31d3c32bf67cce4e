import type { PolicyEngine } from '../policy/engine';
import type { FrontDoor } from '../service/front-doors';
import { CidrSet } from '../values/cidr-set';
import type { Circumstances } from './flow';
import { type End, labelOf, leavingHop, policyHops } from './policy-hops';
import { outcomeOf, type PairVerdict, type PolicyHop } from './verdict';

/**
 * A client's way through a front door to a pod. Behind a masquerading door the pod's policies see a node,
 * of which nobody says which one it is: the pod's own node is always let in (NP-30, NP-39).
 */
export function throughFrontDoor(
  engine: PolicyEngine,
  client: End,
  door: FrontDoor,
  circumstances: Circumstances = {},
): PairVerdict {
  const to: End = { pod: door.pod };
  const dialled = { protocol: door.protocol, port: door.port };
  // NP-19: the client's own egress policies see the pod behind the door, not the door.
  const leaving = 'pod' in client ? leavingHop(engine, client, to, dialled, circumstances) : [];
  const seen = door.sees === 'client' ? client : masqueradingNode(engine);
  const entering = policyHops(engine, seen, to, dialled, door.sees === 'client' ? circumstances : {});
  const hops: readonly PolicyHop[] = [...leaving, ...entering.filter((hop) => hop.hop === 'ingress-policy')];
  const doubts = hops.filter((hop) => hop.decision === 'unknown').flatMap((hop) => hop.doubts);
  const source = 'pod' in client ? client.pod : undefined;
  return { from: labelOf(client), to: labelOf(to), source, target: door.pod, outcome: outcomeOf(hops), hops, doubts };
}

function masqueradingNode(engine: PolicyEngine): End {
  const { nodeCidr } = engine.cluster.profile;
  return { addresses: nodeCidr.isEmpty ? CidrSet.all() : nodeCidr, label: 'a node that forwards', node: '' };
}
