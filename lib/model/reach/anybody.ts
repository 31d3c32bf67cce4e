import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import type { Rule, Stage } from '../policy/language';
import { rulesOf } from '../policy/subject-stages';
import type { TrafficSet } from '../values/traffic-set';

/**
 * Whether the policies of a pod surely let in whoever sends this traffic: any pod, any node and any address outside.
 * A no says nothing. It serves where nobody tells who sends.
 */
export function admitsAnybody(engine: PolicyEngine, pod: PodGroup, traffic: TrafficSet): boolean {
  const isForAnybody = ({ action, subject, traffic: of, peer, requests }: Rule) =>
    action === 'allow' &&
    !requests &&
    subject.must.pods.has(pod.index) &&
    of.must.covers(traffic) &&
    engine.isEverybody(peer.must);
  return engine.of('ingress', pod).stages.every((stage) => {
    const rules = rulesOf([stage]).filter((rule) => rule.traffic.may.intersects(traffic));
    if (rules.some(({ action }) => action !== 'allow')) return false;
    return !isolates(stage, traffic) || rules.some(isForAnybody);
  });
}

function isolates({ tiers }: Stage, traffic: TrafficSet): boolean {
  return tiers.some(({ isolation }) => isolation.some((each) => each.traffic.may.intersects(traffic)));
}
