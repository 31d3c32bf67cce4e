import type { PodGroup } from '../cluster/workload';
import { packetPathsOf } from '../fabric/packet-path';
import type { PolicyEngine } from '../policy/engine';
import type { PairOutcome } from '../policy/joint-outcomes';
import type { Rows } from '../policy/rows';
import { BitSet } from '../values/bit-set';
import type { Protocol } from '../values/traffic-set';
import { betweenTwo } from './between-two';
import { type ClassEdge, classEdges } from './class-edges';
import { isAnyGuarded } from './guarded-ends';
import { mayShareNode } from './own-node';

/** Pods that surely get somewhere, and pods that may, which hold the former. */
export interface Passing {
  readonly surely: BitSet;
  readonly perhaps: BitSet;
}

/** Which pods get to a port of a pod, by policy: the class edges, read from their targets. */
export class PodWays {
  private readonly into: readonly (readonly ClassEdge[])[];
  private readonly known = new Map<string, Passing>();
  private readonly onHost: readonly PodGroup[];
  private readonly mayFail: boolean;
  private readonly isGuarded: boolean;

  /** @param pods all that may be a source or a target */
  constructor(
    private readonly engine: PolicyEngine,
    private readonly rows: Rows,
    private readonly pods: readonly PodGroup[],
    edges: readonly ClassEdge[] = classEdges(rows, pods, engine.cluster.pods.length),
  ) {
    this.into = byTarget(edges, engine.cluster.pods.length);
    this.onHost = pods.filter(({ hostNetwork }) => hostNetwork);
    this.mayFail = packetPathsOf(engine.cluster).mayFail;
    this.isGuarded = isAnyGuarded(engine.cluster);
  }

  to(pod: PodGroup, protocol: Protocol, port: number): Passing {
    const key = `${pod.index} ${protocol} ${port}`;
    const known = this.known.get(key) ?? this.besideNodes(pod, protocol, port, this.byEdges(pod, protocol, port));
    this.known.set(key, known);
    return known;
  }

  private byEdges({ index }: PodGroup, protocol: Protocol, port: number): Passing {
    const size = this.engine.cluster.pods.length;
    const [surely, perhaps] = [new BitSet(size), new BitSet(size)];
    for (const { sources, outcome } of this.into[index]) {
      if (!outcome.mayAllow.hasPort(protocol, port)) continue;
      perhaps.unionInPlace(sources);
      if (!outcome.mayDeny.hasPort(protocol, port)) surely.unionInPlace(sources);
    }
    return { surely, perhaps };
  }

  /**
   * NP-30: whoever may share a node with the pod, where one of the two is on the host network, is judged one by one; NET-04:
   * everybody is where nodes may have no way between them, and NET-01: where what guards a node guards the pod.
   */
  private besideNodes(to: PodGroup, protocol: Protocol, port: number, { surely, perhaps }: Passing): Passing {
    const sources =
      this.mayFail || (to.hostNetwork && this.isGuarded)
        ? this.pods
        : (to.hostNetwork ? this.pods : this.onHost).filter((from) => mayShareNode(this.engine.cluster, from, to));
    if (sources.length === 0) return { surely, perhaps };
    const outcomes = sources.map((from) => betweenTwo(this.engine, this.rows, from, to));
    const those = (passes: (outcome: PairOutcome) => boolean) =>
      indices(
        sources.filter((_, i) => outcomes[i] !== undefined && passes(outcomes[i])),
        surely.size,
      );
    const near = indices(sources, surely.size);
    return {
      surely: surely.minus(near).union(those(({ mayDeny }) => !mayDeny.hasPort(protocol, port))),
      perhaps: perhaps.minus(near).union(those(({ mayAllow }) => mayAllow.hasPort(protocol, port))),
    };
  }
}

export function indices(pods: readonly PodGroup[], size: number): BitSet {
  return BitSet.of(
    size,
    pods.map(({ index }) => index),
  );
}

function byTarget(edges: readonly ClassEdge[], size: number): readonly (readonly ClassEdge[])[] {
  const into: ClassEdge[][] = Array.from({ length: size }, () => []);
  for (const edge of edges) {
    edge.targets.forEach((target) => {
      into[target].push(edge);
    });
  }
  return into;
}
