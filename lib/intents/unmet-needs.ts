import type { Cluster } from '../model/cluster/cluster';
import type { PolicyCapability } from '../model/cluster/cni/capabilities';
import type { NeedLint, UnmetNeed } from '../model/policy/needs';
import { unmetNeedsOf } from '../model/policy/needs';
import type { Broken, Kept } from './checked';
import { objectName } from './diagnose';
import type { NetworkCause } from './finding';
import type { Intent } from './intent';
import { granting, type Judge } from './judge';

/**
 * Promises that break on this network, and would hold on one that does what their policies ask of it, fail for that one reason.
 * Each need is tried by itself; who needs several is told of the most far-reaching.
 */
export function blamedOnNetwork(broken: readonly Broken[], cluster: Cluster, judge: Judge): readonly Broken[] {
  if (broken.length === 0) return [];
  const needs = unmetNeedsOf(cluster);
  if (needs.length === 0) return [];
  const blamed = new Map<Intent, Broken>();
  const tryWith = (capabilities: readonly PolicyCapability[], need: UnmetNeed) => {
    const rest = broken.filter(({ intent }) => !blamed.has(intent));
    if (rest.length === 0) return;
    const checked = judge(granting(cluster.profile, capabilities));
    const still = new Set(checked.flatMap((one) => (one.kept ? [] : [one.intent])));
    for (const one of rest.filter(({ intent }) => !still.has(intent) && !blamed.has(intent))) {
      const kept = checked.filter((each): each is Kept => each.kept && each.intent === one.intent);
      blamed.set(one.intent, blamedOn(culpritOf(kept, need), one));
    }
  };
  for (const need of needs) tryWith([need.capability], need);
  const all = needs.map(({ capability }) => capability);
  if (all.length > 1) tryWith(all, needs[0]);
  return [...blamed.values()];
}

/** The place that asks for it in a policy which would decide. */
function culpritOf(kept: readonly Kept[], { lints }: UnmetNeed): NeedLint {
  const deciding = new Set(kept.flatMap(({ decidedBy }) => decidedBy().map(objectName)));
  return lints.find(({ object }) => deciding.has(objectName(object))) ?? lints[0];
}

function blamedOn(lint: NeedLint, broken: Broken): Broken {
  const cause = { code: lint.code, lint, reliant: [broken.intent] } as NetworkCause;
  return { ...broken, cause, blame: lint.origin, example: undefined, offenders: [], doubts: undefined };
}
