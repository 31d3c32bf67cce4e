import type { PodGroup } from '../cluster/workload';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { Rule } from '../policy/language';
import { usedAnywhere } from '../service/backends';
import type { Backend } from '../service/endpoints';
import { BitSet } from '../values/bit-set';
import { CidrSet } from '../values/cidr-set';
import { groupBy } from '../values/group-by';
import type { Protocol } from '../values/traffic-set';
import type { Askers } from './askers';
import { indices, type Passing, type PodWays } from './pod-ways';
import { aimsAt, blockRules, hasFamilyOf, isSettledByPolicies } from './settled-by-policies';

/** Who gets to one port of a Service. */
export interface ServiceEdge {
  readonly service: ServiceResource;
  /** What a client dials: the Service's port; that of the pods where the Service is headless (SVC-21). */
  readonly port: number;
  readonly protocol: Protocol;
  /** Pods from which every endpoint is surely reached. */
  readonly surely: BitSet;
  /** Other pods of which nobody can know, or that reach some endpoints and not others (SVC-28). */
  readonly perhaps: BitSet;
}

/** What one client finds, asked hop by hop. */
export type AskOne = (from: PodGroup, service: ServiceResource, port: number, protocol: Protocol) => ServiceAnswer;
export type ServiceAnswer = 'allowed' | 'denied' | 'perhaps';

/**
 * Who gets to which Service, symbolically: for each endpoint the pods that policies let to it, and of all endpoints what
 * they have in common. What is not settled by policies and lookups alone is asked hop by hop.
 */
export class ServiceEdges {
  private readonly everybody: BitSet;
  private readonly nobody: BitSet;
  private readonly kinds: readonly AimingKind[];
  private readonly aiming = new Map<string, BitSet>();

  /** @param waysOf the ways between pods in the families of a Service */
  constructor(
    private readonly engine: PolicyEngine,
    private readonly waysOf: (service: ServiceResource) => PodWays,
    pods: readonly PodGroup[],
    private readonly askers: Askers,
    private readonly ask: AskOne,
  ) {
    this.everybody = indices(pods, engine.cluster.pods.length);
    this.nobody = new BitSet(engine.cluster.pods.length);
    this.kinds = aimingKinds(engine, pods);
  }

  /** One edge for each port that anybody may get to. */
  *all(): Generator<ServiceEdge> {
    for (const service of this.engine.cluster.services) {
      // SVC-22: a mere name leads wherever it is the name of.
      if (service.serviceType === 'ExternalName') continue;
      for (const port of service.ports) {
        const edge = this.edgeTo(service, port);
        if (!edge.surely.isEmpty || !edge.perhaps.isEmpty) yield edge;
      }
    }
  }

  private edgeTo(service: ServiceResource, port: ServicePort): ServiceEdge {
    const { cluster } = this.engine;
    const { endpoints, doubts } = this.engine.services.endpointsOf({ service, port });
    const backends = usedAnywhere(endpoints);
    const dialled = { service, port: dialledPort(service, port, backends), protocol: port.protocol };
    const areKnown = doubts.length === 0 && hasFamilyOf(service, cluster) && this.areDeclared(backends);
    if (!areKnown || !isSettledByPolicies(service, backends, endpoints, cluster))
      return { ...dialled, ...this.askAll(dialled, this.everybody) };

    const ways = this.waysOf(service);
    const each = backends.map(({ pod, port }) => ways.to(pod, dialled.protocol, port));
    const sure = each.map(({ surely }) => surely).reduce((a, b) => a.intersect(b));
    // NP-32: what policies do to a pod that meets itself through a Service nobody knows, unless they let it.
    const open = each.map(({ perhaps }) => perhaps).reduce((a, b) => a.union(b), this.among(backends));
    const surely = sure.intersect(this.askers.surely);
    const perhaps = open.intersect(this.askers.perhaps).minus(surely);
    const asked = this.aimingAt(dialled).union(open.intersect(this.askers.each));
    if (asked.isEmpty) return { ...dialled, surely, perhaps };
    const answered = this.askAll(dialled, asked);
    return {
      ...dialled,
      surely: surely.minus(asked).union(answered.surely),
      perhaps: perhaps.minus(asked).union(answered.perhaps),
    };
  }

  private areDeclared(backends: readonly Backend[]): backends is readonly PodBackend[] {
    return backends.every((backend) => 'pod' in backend && this.everybody.has(backend.pod.index));
  }

  private among(backends: readonly PodBackend[]): BitSet {
    return indices(
      backends.map(({ pod }) => pod),
      this.everybody.size,
    );
  }

  /** NP-20: pods with a rule that names the Service's own address. */
  private aimingAt({ service, protocol, port }: Dialled): BitSet {
    if (service.headless) return this.nobody;
    if (service.clusterIps.length > 0) {
      return this.aimingWithin(CidrSet.ofAddresses(service.clusterIps), protocol, port);
    }
    // Most Services have no address yet, and share a few ports.
    const key = `${protocol} ${port}`;
    const known = this.aiming.get(key) ?? this.aimingWithin(this.engine.cluster.profile.serviceCidr, protocol, port);
    this.aiming.set(key, known);
    return known;
  }

  private aimingWithin(addresses: CidrSet, protocol: Protocol, port: number): BitSet {
    const found = new BitSet(this.nobody.size);
    if (addresses.isEmpty) return found;
    for (const { rules, members } of this.kinds) {
      if (aimsAt(rules, addresses, protocol, port)) found.unionInPlace(members);
    }
    return found;
  }

  private askAll({ service, port, protocol }: Dialled, sources: BitSet): Passing {
    const { pods } = this.engine.cluster;
    const answers = groupBy(sources, (index) => this.ask(pods[index], service, port, protocol));
    const those = (answer: ServiceAnswer) => BitSet.of(sources.size, answers.get(answer) ?? []);
    return { surely: those('allowed'), perhaps: those('perhaps') };
  }
}

type Dialled = Pick<ServiceEdge, 'service' | 'port' | 'protocol'>;
type PodBackend = Extract<Backend, { readonly pod: PodGroup }>;

/** SVC-21: behind a headless Service nobody translates, so that the pods' own port is dialled. */
function dialledPort(service: ServiceResource, port: ServicePort, backends: readonly Backend[]): number {
  return service.headless ? (backends[0]?.port ?? port.port) : port.port;
}

/** Pods with the same egress rules, and those of the rules that name blocks of addresses. */
interface AimingKind {
  readonly rules: readonly Rule[];
  readonly members: BitSet;
}

function aimingKinds(engine: PolicyEngine, pods: readonly PodGroup[]): readonly AimingKind[] {
  return [...groupBy(pods, (pod) => engine.of('egress', pod))].flatMap(([kind, members]) => {
    const rules = blockRules(kind.rules);
    return rules.length === 0 ? [] : [{ rules, members: indices(members, engine.cluster.pods.length) }];
  });
}
