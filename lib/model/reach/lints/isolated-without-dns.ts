import { isDnsPod } from '../../cluster/assumed-dns';
import { type PodGroup, workloadLabel } from '../../cluster/workload';
import { dnsServers } from '../../dns/lookup';
import type { Lint } from '../../finding/lint';
import type { PolicyEngine } from '../../policy/engine';
import type { Rule, RuleOrigin } from '../../policy/language';
import { policyIsolations } from '../../policy/subject-stages';
import { servicesOf } from '../../service/selection';
import { groupBy } from '../../values/group-by';
import { anyTraffic } from '../any-traffic';
import { lookup } from '../lookup-hop';
import type { SureUses } from '../sure-uses';

/**
 * PTL534: policies let a pod send to others that have names, and keep it from looking them up (DNS-29). Pods that may send
 * to nobody, or to addresses only, are shut as somebody meant it.
 */
export function isolatedWithoutDns(engine: PolicyEngine, sureUses: SureUses): readonly Lint[] {
  const { cluster } = engine;
  const found = cluster.pods.flatMap((pod) => {
    if (pod.provenance !== 'declared' || isDnsPod(pod) || !isKeptFromDns(engine, pod, sureUses)) return [];
    const target = namedTarget(engine, pod);
    const by = isolatorOf(engine, pod);
    return target && by ? [{ pod, by, target }] : [];
  });
  return [...groupBy(found, ({ by }) => by)].map(([by, kept]) => {
    const { kind, namespace, name, field, origin } = by;
    const workloads = [...new Set(kept.map(({ pod }) => workloadLabel(pod.workload)))];
    const target = workloadLabel(kept[0].target.workload);
    const object = { kind, namespace, name };
    return { code: 'PTL534', severity: 'warning', object, field, origin, workloads, target };
  });
}

function isKeptFromDns(engine: PolicyEngine, pod: PodGroup, sureUses: SureUses): boolean {
  const [some] = engine.cluster.services;
  if (!some || !hasAllowingRule(engine, pod) || sureUses.asks(pod) || mayAsk(engine, pod)) return false;
  const { decision, problem, ways } = lookup(engine, pod, some);
  const stop = ways.find((way) => way.decision === 'stops');
  return decision === 'stops' && problem === 'denied-by-policy' && stop?.hop === 'egress-policy';
}

/** Whether policies may let a question through to some DNS pod: cheaper to know than the whole way. */
function mayAsk(engine: PolicyEngine, pod: PodGroup): boolean {
  const servers = engine.cluster.profile.dns.nodeLocal ? [] : dnsServers(engine.cluster);
  if (servers === 'unknown') return true;
  return servers.some((server) => anyTraffic(engine, { pod }, server)?.mayAllow.hasPort('UDP', server.udp));
}

/** A declared pod behind a Service to which some egress rule of the pod lets it. */
function namedTarget(engine: PolicyEngine, pod: PodGroup): PodGroup | undefined {
  const { cluster } = engine;
  const allowing = allowingRules(engine, pod);
  return cluster.pods.find(
    (target) =>
      target !== pod &&
      target.provenance === 'declared' &&
      allowing.some(({ peer }) => peer.must.pods.has(target.index)) &&
      servicesOf(target, cluster).length > 0,
  );
}

function hasAllowingRule(engine: PolicyEngine, pod: PodGroup): boolean {
  return engine.of('egress', pod).rules.some(({ action }) => action === 'allow');
}

function allowingRules(engine: PolicyEngine, pod: PodGroup): readonly Rule[] {
  return engine.of('egress', pod).rules.filter(({ action }) => action === 'allow');
}

function isolatorOf(engine: PolicyEngine, pod: PodGroup): RuleOrigin | undefined {
  return policyIsolations(engine.of('egress', pod))[0]?.origin;
}
