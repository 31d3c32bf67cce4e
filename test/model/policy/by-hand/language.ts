import { Cluster } from '../../../../lib/model/cluster/cluster';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import type { PodGroup } from '../../../../lib/model/cluster/workload';
import { parseManifests } from '../../../../lib/model/manifest/parse';
import { EndpointCompiler } from '../../../../lib/model/policy/endpoint-compiler';
import { type EndpointSet, emptyEndpoints, podSet } from '../../../../lib/model/policy/endpoint-set';
import { enforcerOf } from '../../../../lib/model/policy/enforcers';
import { judge } from '../../../../lib/model/policy/evaluate';
import { certaintyOf } from '../../../../lib/model/policy/explain';
import type { Isolation, PolicyBlock, Rule, RuleOrigin, Stage } from '../../../../lib/model/policy/language';
import { networkPolicy } from '../../../../lib/model/policy/network-policy';
import { stagesFor } from '../../../../lib/model/policy/subject-stages';
import { BitSet } from '../../../../lib/model/values/bit-set';
import { CidrSet } from '../../../../lib/model/values/cidr-set';
import type { HttpRequest } from '../../../../lib/model/values/http-set';
import { PortSet } from '../../../../lib/model/values/port-set';
import { certain, doubtful, type Ternary } from '../../../../lib/model/values/ternary';
import { TrafficSet } from '../../../../lib/model/values/traffic-set';
import { ns, pod } from '../../../support/manifests';

/** Pods a to e of one namespace, 10.0.0.1 and on, and what policies can say of them: for policies compiled by hand. */
export class Bench {
  readonly cluster: Cluster;
  readonly compiler: EndpointCompiler;

  constructor(cni: string, manifests: readonly object[] = []) {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((name, i) => pod(`x/${name}`, { ip: `10.0.0.${i + 1}` }));
    const parsed = parseManifests([ns('x'), ...pods, ...manifests].map((object) => ({ object, origin: {} })));
    const { profile } = resolveProfile({ object: { cni, podCidr: '10.0.0.0/16' }, origin: {} });
    this.cluster = new Cluster(parsed.resources, profile);
    this.compiler = new EndpointCompiler(this.cluster, enforcerOf(profile));
  }

  pod(name: string): PodGroup {
    return this.cluster.pods.find((p) => p.podName === name)!;
  }

  pods(...names: string[]): Ternary<EndpointSet> {
    const indices = names.map((name) => this.pod(name).index);
    return certain(podSet(BitSet.of(this.cluster.pods.length, indices)));
  }

  get everyone(): Ternary<EndpointSet> {
    return this.compiler.everyone;
  }

  /** Everybody but these pods: what negated identities match, plaintext from anywhere too. */
  everyoneBut(...names: string[]): Ternary<EndpointSet> {
    const { pods } = this.pods(...names).may;
    const all = this.compiler.everyone.may;
    return certain({ ...all, pods: all.pods.minus(pods) });
  }

  /** What nobody can tell whether it matches. */
  maybe(set: Ternary<EndpointSet>, rule: string): Ternary<EndpointSet> {
    return doubtful(emptyEndpoints(this.cluster.pods.length), set.may, { rule, wouldDecide: 'a service of your own' });
  }

  networkPolicies(): readonly PolicyBlock[] {
    return networkPolicy.compile(this.cluster.networkPolicies, this.compiler);
  }

  /** What becomes of `b>a 80` where these blocks are enforced at the ingress of pods. */
  ingress(blocks: readonly PolicyBlock[], flow: string, request?: HttpRequest): string {
    return this.through(this.compiler.enforcer.arrange(blocks).ingress, flow, request);
  }

  through(stages: readonly Stage[], flow: string, request?: HttpRequest): string {
    const [, from, to, port] = /^(\S+)>(\S+) (\d+)$/.exec(flow)!;
    const subject = this.pod(to);
    const address = /^\d/.test(from);
    const peer = address
      ? { addresses: CidrSet.parse(`${from}/32`) }
      : { pod: this.pod(from), addresses: this.pod(from).domain };
    const outcome = judge(stagesFor(stages, subject), subject, peer, request);
    const traffic = tcp(Number(port)).may;
    return outcome.byRequest?.covers(traffic) ? 'by request' : certaintyOf(outcome, traffic);
  }
}

export function tcp(...ports: number[]): Ternary<TrafficSet> {
  return certain(TrafficSet.of('TCP', PortSet.of(...ports)));
}

export const anyTraffic = certain(TrafficSet.all);

const origin: RuleOrigin = { kind: 'ByHand', namespace: 'x', name: 'p', direction: 'ingress', field: [], origin: {} };

export function rule(
  action: Rule['action'],
  subject: Ternary<EndpointSet>,
  peer: Ternary<EndpointSet>,
  traffic: Ternary<TrafficSet> = anyTraffic,
  requests?: Rule['requests'],
): Rule {
  return { action, subject, peer, traffic, requests, origin, wants: () => ({ peer: '', traffic: '' }) };
}

export function isolation(subject: Ternary<EndpointSet>, traffic = anyTraffic): Isolation {
  return { subject, traffic, origin };
}

export function block(
  order: Partial<PolicyBlock['order']>,
  rules: readonly Rule[],
  isolated: readonly Isolation[] = [],
): PolicyBlock {
  const whole = { tier: 'NetworkPolicy', rank: 0, tie: 'p', ties: 'ordered' as const, ...order };
  return { direction: 'ingress', order: whole, rules, isolation: isolated };
}
