import type { Cluster } from '../model/cluster/cluster';
import { type ComponentName, componentPort, trafficOf } from '../model/cluster/component-ports';
import type { Network } from '../model/network';
import { componentEnds } from '../model/reach/component-ends';
import type { Dialled, End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { Doubt } from '../model/values/ternary';
import { PROTOCOLS, type TrafficSet } from '../model/values/traffic-set';

/** Something of Kubernetes itself, as an endpoint of a promise. */
export interface ResolvedComponent {
  readonly ends: readonly End[];
  readonly traffic: TrafficSet;
  /** What leaves open whether anybody listens there. */
  readonly doubt?: Doubt;
}

/** NET-01: what it is in one cluster. */
export function componentIn(cluster: Cluster, name: ComponentName): ResolvedComponent & { readonly label: string } {
  const port = componentPort(name, cluster.profile);
  return { label: port.label, ends: componentEnds(cluster, name), traffic: trafficOf(port), doubt: port.doubt };
}

/** `expect(x).toReach(controlPlane.apiServer)`: each of its ports on each of its nodes. A pod's own node is left out (NP-30). */
export function pairsToComponent(
  from: End,
  { ends, traffic, doubt }: ResolvedComponent,
  network: Network,
): readonly PairVerdict[] {
  return ends.map((to) => {
    const denied = network.anyTraffic(from, to)?.mayDeny.intersect(traffic);
    const shown = denied && !denied.isEmpty ? denied : traffic;
    const pair = network.packet(from, to, firstOf(shown), { ownNode: 'left-out' });
    if (!doubt || pair.outcome !== 'allowed') return pair;
    return { ...pair, outcome: 'unknown', doubts: [...pair.doubts, doubt] };
  });
}

function firstOf(traffic: TrafficSet): Dialled {
  // INVARIANT: it is not empty. TCP is what a reader looks for first.
  const protocol = (['TCP', ...PROTOCOLS] as const).find((each) => !traffic.ports(each).isEmpty)!;
  return { protocol, port: traffic.ports(protocol).ranges[0].first };
}
